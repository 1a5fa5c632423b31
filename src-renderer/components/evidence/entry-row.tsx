import type { ReactNode } from 'react';
import type { LedgerLine } from '../../../src-shared/contract/evidence.ts';
import { formatMoment } from '../../../src-shared/util/format-moment.ts';
import { formatCount } from '../../../src-shared/util/format-number.ts';
import { text } from '../../text/text.ts';
import { BadIcon } from '../icons.tsx';
import { MiddleEllipsis } from '../middle-ellipsis.tsx';
import { OutcomeMark } from './outcome-mark.tsx';

const words = text.evidence;

/** One entry in a list; without a line yet, its place. */
export function EntryRow({
  id,
  place,
  line,
  top,
  selected,
  brokenFrom,
  onShow,
}: {
  readonly id: string;
  /** From 1. */
  readonly place: number;
  readonly line: LedgerLine | undefined;
  readonly top: number;
  readonly selected: boolean;
  /** The first entry that is wrong: it and what follows it prove nothing. */
  readonly brokenFrom: number | null;
  readonly onShow: () => void;
}): ReactNode {
  const unproven = brokenFrom !== null && line !== undefined && line.seq >= brokenFrom;
  const firstBad = unproven && line.seq === brokenFrom;
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={place + 1}
      aria-selected={selected}
      className={`entry-row${unproven ? ' unproven' : ''}${firstBad ? ' first-bad' : ''}`}
      title={unproven ? words.list.unproven : undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onShow}
    >
      {line === undefined ? <div role="gridcell" aria-label="…" /> : <Cells line={line} />}
    </div>
  );
}

function Cells({ line }: { readonly line: LedgerLine }): ReactNode {
  const { seq, time, who, from, to, rows, outcome } = line;
  return (
    <>
      <div role="gridcell" className="right figures faint">
        {formatCount(seq)}
      </div>
      <div role="gridcell" className="figures second" title={time}>
        {formatMoment(time)}
      </div>
      <div role="gridcell" className="roomy">
        <MiddleEllipsis text={who ?? ''} />
      </div>
      <div role="gridcell" className="what">
        <What line={line} />
      </div>
      <div role="gridcell" className="second roomy">
        <MiddleEllipsis text={from ?? ''} />
      </div>
      <div role="gridcell" className="second wide-only">
        <MiddleEllipsis text={to ?? ''} />
      </div>
      <div role="gridcell" className="right figures" title={rows === null ? undefined : formatCount(rows)}>
        {rows === null ? '' : formatCount(rows)}
      </div>
      <div role="gridcell" className="second wide-only">
        {outcome === null ? '' : words.outcome[outcome]}
      </div>
    </>
  );
}

function What({ line: { type, flaw, outcome } }: { readonly line: LedgerLine }): ReactNode {
  if (flaw !== null) {
    return (
      <>
        <BadIcon size={14} className="tone-bad" />
        <span className="tone-bad ellipsis" title={flaw}>
          {words.list.unreadable}
        </span>
      </>
    );
  }
  return (
    <>
      <OutcomeMark outcome={outcome} />
      <span className="ellipsis" title={outcome === null ? type : `${type}: ${words.outcome[outcome]}`}>
        {type}
      </span>
    </>
  );
}
