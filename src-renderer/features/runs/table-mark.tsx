import type { ReactNode } from 'react';
import type { RunTable } from '../../../src-shared/contract/runs.ts';
import { BadIcon, OkIcon, PauseIcon, PendingIcon, WarnIcon, WorkingIcon, type Icon } from '../../components/icons.tsx';
import { text } from '../../text/text.ts';

const words = text.runs.tableState;

/** How a table of a run stands: icon, word, and why where there is a why. */
export function TableMark({
  table,
  hasEnded = false,
}: {
  readonly table: RunTable;
  /** Its run goes on no more: nothing is waited for. */
  readonly hasEnded?: boolean;
}): ReactNode {
  const { icon: StateIcon, tone, word, why } = markOf(table, hasEnded);
  return (
    <>
      <span className={`status ${tone}`} title={why === '' ? undefined : why}>
        <StateIcon size={14} />
        {word}
      </span>
      {why === '' ? null : (
        <span className="second ellipsis why" title={why}>
          {why}
        </span>
      )}
    </>
  );
}

interface Mark {
  readonly icon: Icon;
  readonly tone: string;
  readonly word: string;
  readonly why: string;
}

function markOf({ state, verdict, why, notReached }: RunTable, hasEnded: boolean): Mark {
  // Nothing went wrong with it.
  if (notReached) return { icon: PendingIcon, tone: 'faint', word: words.notRead, why: '' };
  if (verdict === null && hasEnded) return { icon: PendingIcon, tone: 'faint', word: words.noResult, why: '' };
  if (state === 'waiting') return { icon: PendingIcon, tone: 'faint', word: words.waiting, why: '' };
  if (state === 'reading') return { icon: WorkingIcon, tone: 'tone-accent', word: words.reading, why: '' };
  if (state === 'paused') return { icon: PauseIcon, tone: 'second', word: words.paused, why: '' };
  if (state === 'checking') return { icon: WorkingIcon, tone: 'second', word: words.checking, why: '' };
  if (verdict === 'complete') return { icon: OkIcon, tone: 'tone-ok', word: words.complete, why: '' };
  if (verdict === 'unproven') return { icon: WarnIcon, tone: 'tone-warn', word: words.unproven, why: why ?? '' };
  return { icon: BadIcon, tone: 'tone-bad', word: words.incomplete, why: why ?? '' };
}
