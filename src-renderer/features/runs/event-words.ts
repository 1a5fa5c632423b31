import type { RunEventLine, RunHappening } from '../../../src-shared/contract/runs.ts';
import { formatDuration } from '../../../src-shared/util/format-duration.ts';
import { formatClock } from '../../../src-shared/util/format-moment.ts';
import { formatBytes, formatCount } from '../../../src-shared/util/format-number.ts';
import { text } from '../../text/text.ts';
import { remedyOnScreen } from '../../text/error-on-screen.ts';
import { seenText } from '../../text/seen-text.ts';

export type EventTone = 'plain' | 'ok' | 'warn' | 'bad';

export interface EventWords {
  readonly tone: EventTone;
  readonly table: string;
  readonly text: string;
}

const words = text.runs.event;
const countOf = (rows: number | null): string => (rows === null ? text.everywhere.unknown : formatCount(rows));

/** What happened in a run, in words. */
export function wordsOf(what: RunHappening): EventWords {
  switch (what.kind) {
    case 'started':
      return plain(words.started(formatCount(what.ledgerSeq)));
    case 'snapshot':
      return plain(words.snapshot(what.id));
    case 'reading':
      return plain(words.reading(what.estimatedRows === null ? null : formatCount(what.estimatedRows)), what.table);
    case 'retry':
      return { tone: 'warn', table: what.table, text: words.retry(seenText(what.error.message)) };
    case 'checking':
      return plain(words.checking(formatCount(what.rows), formatBytes(what.bytes)), what.table);
    case 'verdict':
      return verdictWords(what);
    case 'failed':
      // A person wanted it: no table of it failed.
      if (what.error.code === 'RUN/CANCELLED') return plain(words.stopped, what.table ?? '');
      return { tone: 'bad', table: what.table ?? '', text: failureText(what.error) };
    case 'cancelling':
      return { tone: 'warn', table: '', text: words.cancelling };
    case 'queued':
      return plain(words.queued(what.window, formatClock(what.until)));
    case 'begins':
      return plain(words.begins(formatDuration(what.queuedMs)));
    case 'paused':
      return { tone: 'warn', table: '', text: words.paused(formatClock(what.until), what.afterStatement) };
    case 'continued':
      return plain(words.continued[what.reason](formatDuration(what.pausedMs)));
    case 'blocked':
      return { tone: 'warn', table: '', text: words.blocked(what.by) };
    case 'unblocked':
      return plain(words.unblocked(formatDuration(what.ms)));
    case 'delivering':
      return plain(words.delivering(what.target));
    case 'delivered':
      return { tone: 'ok', table: '', text: deliveredText(what) };
    case 'ended':
      return plain(endedText(what));
  }
}

const plain = (said: string, table = ''): EventWords => ({ tone: 'plain', table, text: said });

function verdictWords(what: Extract<RunHappening, { kind: 'verdict' }>): EventWords {
  const { table, verdict, why, sourceRows, writtenRows, rereadRows } = what;
  if (verdict === 'complete') return { tone: 'ok', table, text: words.equal(countOf(sourceRows)) };
  if (verdict === 'unproven') return { tone: 'warn', table, text: words.unproven(why ?? '') };
  const said = words.unequal(countOf(sourceRows), countOf(writtenRows), countOf(rereadRows));
  return { tone: 'bad', table, text: said };
}

function failureText({ code, message, remedy }: Extract<RunHappening, { kind: 'failed' }>['error']): string {
  const todo = remedyOnScreen(code, remedy);
  return seenText(`${code}: ${message}${todo === undefined ? '' : ` → ${todo}`}`);
}

function deliveredText({ state, target, uri }: Extract<RunHappening, { kind: 'delivered' }>): string {
  return state === 'confirmed' ? words.already(target) : words.delivered(target, uri ?? '');
}

function endedText({ state, ledgerSeq }: Extract<RunHappening, { kind: 'ended' }>): string {
  return ledgerSeq === null ? words.ended(state) : words.endedAt(state, formatCount(ledgerSeq));
}

/** All events as text, for the clipboard: oldest first. */
export function eventsAsText(events: readonly RunEventLine[]): string {
  return events
    .map(({ time, what }) => {
      const { table, text: said } = wordsOf(what);
      return [time, table, said].filter((part) => part !== '').join('  ');
    })
    .join('\n');
}
