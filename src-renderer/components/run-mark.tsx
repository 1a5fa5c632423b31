import type { ReactNode } from 'react';
import type { RunSummary } from '../../src-shared/contract/runs.ts';
import { formatCount } from '../../src-shared/util/format-number.ts';
import { text } from '../text/text.ts';
import { BadIcon, OkIcon, PauseIcon, PendingIcon, StopIcon, WarnIcon, WorkingIcon, type Icon } from './icons.tsx';
import { formatPercent } from './percent.ts';

interface Mark {
  readonly icon: Icon;
  /** A class of colour. */
  readonly tone: string;
  readonly word: string;
}

/** How a run stands, as icon and word. The verdict words of a run that has ended are its own three. */
export function markOf(run: RunSummary): Mark {
  const words = text.runs.state;
  switch (run.state) {
    case 'running':
      return { icon: WorkingIcon, tone: 'tone-accent', word: runningWord(run) };
    case 'succeeded':
      return run.unproven > 0
        ? { icon: WarnIcon, tone: 'tone-warn', word: words.unproven }
        : { icon: OkIcon, tone: 'tone-ok', word: words.complete };
    case 'partial':
      return { icon: BadIcon, tone: 'tone-bad', word: incompleteWord(run) };
    case 'failed':
      return { icon: BadIcon, tone: 'tone-bad', word: words.failed };
    case 'interrupted':
      return { icon: WarnIcon, tone: 'tone-warn', word: words.interrupted };
    case 'indeterminate':
      return { icon: WarnIcon, tone: 'tone-warn', word: words.indeterminate };
    case 'cancelled':
      return { icon: StopIcon, tone: 'second', word: words.cancelled };
    case 'paused':
      return { icon: PauseIcon, tone: 'second', word: run.cancelling ? words.cancelling : words.paused };
    case 'queued':
      return { icon: PendingIcon, tone: 'second', word: run.cancelling ? words.cancelling : words.queued };
  }
}

function runningWord({ here, cancelling, progress }: RunSummary): string {
  if (!here) return text.runs.state.elsewhere;
  if (cancelling) return text.runs.state.cancelling;
  return progress === null ? text.runs.state.running : text.runs.state.runningShare(formatPercent(progress));
}

function incompleteWord({ tables, complete, unproven }: RunSummary): string {
  return text.runs.state.incompleteOf(formatCount(complete + unproven), formatCount(tables));
}

/** The state of a run: icon, word and colour. */
export function RunMark({ run, size = 14 }: { readonly run: RunSummary; readonly size?: number }): ReactNode {
  const { icon: StateIcon, tone, word } = markOf(run);
  return (
    <span className={`status figures ${tone}`}>
      <StateIcon size={size} />
      {word}
    </span>
  );
}
