import { useEffect, useId, useState, type KeyboardEvent } from 'react';
import type { LedgerLine } from '../../../src-shared/contract/evidence.ts';
import { useFixedRows, type FixedRows } from '../use-fixed-rows.ts';
import { moveOf } from './move-in-list.ts';

const ROW_HEIGHT = 26;

/** What a list of entries is drawn from. */
export interface EntryListSource {
  readonly size: number | null;
  readonly matching: number;
  readonly lineAt: (index: number) => LedgerLine | undefined;
  readonly indexOf: (wanted: (line: LedgerLine) => boolean) => number | null;
  readonly look: (first: number, last: number) => void;
}

export interface EntryListState {
  readonly box: FixedRows['box'];
  readonly rows: FixedRows['lines'];
  /** Place of the chosen entry; null: it is not in the list, or none is chosen. */
  readonly at: number | null;
  readonly idOf: (index: number) => string;
  readonly press: (event: KeyboardEvent) => void;
}

export interface EntryListAsk {
  readonly source: EntryListSource;
  readonly chosen: number | null;
  readonly onChoose: (seq: number | null) => void;
}

/** Choosing and scrolling in a list of entries, by keys too; the entry stays chosen while others arrive. */
export function useEntryList({ source, chosen, onChoose }: EntryListAsk): EntryListState {
  const { matching, lineAt, look } = source;
  const id = useId();
  // A place that was gone to before its line was there.
  const [pending, setPending] = useState<number | null>(null);
  const { box, lines: rows, show } = useFixedRows({ count: matching, rowHeight: ROW_HEIGHT, overscan: 12 });
  const at = chosen === null ? null : placeOf(source, chosen);
  const [first, last] = [rows.range?.startIndex ?? 0, rows.range?.endIndex ?? 0];
  useEffect(() => look(first, last), [look, first, last]);
  useEffect(() => {
    if (at === null) return;
    const isNear = at >= first - 1 && at <= last + 1;
    if (isNear) show(at);
    else show(at, 'center');
    // Only when another entry is chosen: scrolling by hand is not undone.
  }, [chosen, at === null]); // oxlint-disable-line react-hooks/exhaustive-deps
  const arrived = pending === null ? undefined : lineAt(pending);
  useEffect(() => {
    if (arrived === undefined) return;
    setPending(null);
    onChoose(arrived.seq);
  }, [arrived, onChoose]);
  const goTo = (index: number): void => {
    const place = Math.max(0, Math.min(matching - 1, index));
    const line = lineAt(place);
    if (line !== undefined) return onChoose(line.seq);
    show(place);
    setPending(place);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || matching === 0) return;
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1);
    const move = moveOf(event.key, { from: pending ?? at, page, last: matching - 1 });
    if (move === undefined && event.key !== 'Escape') return;
    event.preventDefault();
    if (move === undefined) onChoose(null);
    else goTo(move);
  };
  return { box, rows, at, idOf: (index) => `${id}-${index}`, press };
}

/** Without a filter an entry's place follows from its number, wherever its page is. */
function placeOf({ size, matching, indexOf }: EntryListSource, seq: number): number | null {
  const found = indexOf((line) => line.seq === seq);
  if (found !== null) return found;
  return size !== null && size === matching && seq < size ? size - 1 - seq : null;
}
