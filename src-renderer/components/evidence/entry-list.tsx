import type { ReactNode } from 'react';
import { text } from '../../text/text.ts';
import { EmptyState, LoadingState } from '../states.tsx';
import { EntryRow } from './entry-row.tsx';
import { useEntryList, type EntryListAsk } from './use-entry-list.ts';
import './evidence.css';

const words = text.evidence.list;

const HEADS: readonly (readonly [title: string, className: string])[] = [
  [words.seq, 'right'],
  [words.time, ''],
  [words.who, 'roomy'],
  [words.what, 'what'],
  [words.from, 'roomy'],
  [words.to, 'wide-only'],
  [words.rows, 'right'],
  [words.outcome, 'wide-only'],
];

/** Entries of a ledger, newest first. Only the rows in sight are drawn and fetched. */
export function EntryList({
  brokenFrom,
  narrow,
  ...ask
}: EntryListAsk & {
  /** The first entry that is wrong; null: none is known to be. */
  readonly brokenFrom: number | null;
  /** The detail stands beside it: *To* and *Outcome* are left out. */
  readonly narrow: boolean;
}): ReactNode {
  const { source, chosen, onChoose } = ask;
  const list = useEntryList(ask);
  return (
    <div className="entry-frame">
      <div className={narrow ? 'entry-list narrow' : 'entry-list'}>
        <div
          className="column entry-grid"
          role="grid"
          aria-label={words.label}
          aria-rowcount={source.matching + 1}
          aria-activedescendant={list.at === null ? undefined : list.idOf(list.at)}
          tabIndex={0}
          onKeyDown={list.press}
        >
          <div role="rowgroup">
            <div role="row" aria-rowindex={1} className="entry-head">
              {HEADS.map(([title, className]) => (
                <div key={title} role="columnheader" className={className}>
                  {title}
                </div>
              ))}
            </div>
          </div>
          <div ref={list.box} className="scroll grow" role="rowgroup">
            <div role="presentation" style={{ height: list.rows.getTotalSize(), position: 'relative' }}>
              {list.rows.getVirtualItems().map(({ index, start }) => {
                const line = source.lineAt(index);
                return (
                  <EntryRow
                    key={index}
                    id={list.idOf(index)}
                    place={index + 1}
                    line={line}
                    top={start}
                    selected={line !== undefined && line.seq === chosen}
                    brokenFrom={brokenFrom}
                    onShow={() => line !== undefined && onChoose(line.seq)}
                  />
                );
              })}
            </div>
          </div>
        </div>
        <Nothing source={source} />
      </div>
    </div>
  );
}

function Nothing({ source: { size, matching } }: Pick<EntryListAsk, 'source'>): ReactNode {
  if (size === null) return <LoadingState what={text.ledger.reading} />;
  if (matching > 0) return null;
  return <EmptyState title={words.nothingMatches}>{size === 0 ? null : words.changeFilter}</EmptyState>;
}
