import type { RunDetail, RunTable } from '../../../src-shared/contract/runs.ts';
import { formatCount } from '../../../src-shared/util/format-number.ts';
import { text } from '../../text/text.ts';
import { remedyOnScreen } from '../../text/error-on-screen.ts';
import { seenText } from '../../text/seen-text.ts';

export interface Verdict {
  readonly tone: 'ok' | 'warn' | 'bad' | 'plain';
  /** One of the words of the interface. */
  readonly word: string;
  readonly rest: string;
  /** What is missing and why, a table or a sentence each; the first few. */
  readonly why: readonly { readonly table: string | null; readonly text: string; readonly remedy: string | null }[];
  /** Further ones. */
  readonly more: number;
}

const SHOWN = 3;
const head = text.runs.head;
const words = text.runs.state;

/** What a finished run leads with. */
export function verdictOf(run: RunDetail): Verdict {
  const whole = formatCount(run.complete + run.unproven);
  const all = formatCount(run.tables);
  switch (run.state) {
    case 'succeeded':
      return run.unproven === 0 ? complete(run) : unproven(run);
    case 'interrupted':
      return {
        tone: 'warn',
        word: words.interrupted,
        rest: head.interrupted,
        why: [said(run.ended === null ? head.interruptedUnsaid : head.interruptedWhy)],
        more: 0,
      };
    case 'cancelled': {
      const kept = said(run.package === null ? head.nothingKept : head.cancelledKept);
      return { tone: 'plain', word: words.cancelled, rest: head.cancelled(whole, all), why: [kept], more: 0 };
    }
    case 'partial':
    case 'failed':
    case 'indeterminate':
    case 'running':
    case 'queued':
    case 'paused': {
      const rest = run.complete + run.unproven === 0 ? head.failed : head.incomplete(whole, all);
      const word = run.state === 'failed' ? words.failed : words.incomplete;
      return { tone: 'bad', word, rest, ...missingOf(run) };
    }
  }
}

const said = (sentence: string): Verdict['why'][number] => ({ table: null, text: sentence, remedy: null });

function complete(run: RunDetail): Verdict {
  const all = formatCount(run.tables);
  const files = run.tableList.reduce((sum, table) => sum + table.files, 0);
  const why = head.completeWhy(formatCount(run.totals.rows), text.runs.fileCount(formatCount(files)));
  return { tone: 'ok', word: words.complete, rest: head.complete(all, all), why: [...partOf(run), said(why)], more: 0 };
}

/** A verdict on some tables is none on the plan. */
function partOf({ planTables, tables }: RunDetail): Verdict['why'] {
  return planTables === null ? [] : [said(head.partOfPlan(formatCount(tables), formatCount(planTables)))];
}

function unproven(run: RunDetail): Verdict {
  const found = run.tableList.filter(({ verdict }) => verdict === 'unproven');
  const rest = head.unproven(formatCount(found.length), formatCount(run.tables));
  return { tone: 'warn', word: words.unproven, rest, ...shownOf(found.map(whyOf)) };
}

function missingOf(run: RunDetail): Pick<Verdict, 'why' | 'more'> {
  const missing = run.tableList.filter(({ verdict }) => verdict === 'incomplete').map(whyOf);
  const { error } = run;
  if (missing.length > 0 || error === null) return shownOf(missing);
  return shownOf([
    {
      table: null,
      text: seenText(`${error.code}: ${error.message}`),
      remedy: remedyOnScreen(error.code, error.remedy) ?? null,
    },
  ]);
}

function shownOf(all: Verdict['why']): Pick<Verdict, 'why' | 'more'> {
  return { why: all.slice(0, SHOWN), more: Math.max(0, all.length - SHOWN) };
}

function whyOf({ name, why, error }: RunTable): Verdict['why'][number] {
  return {
    table: name,
    text: seenText(withoutName(why ?? '', name)),
    remedy: error === null ? null : (remedyOnScreen(error.code, error.remedy) ?? null),
  };
}

/** Errors begin with their table, which stands before them here: `orders: …`, `totals (line 5 of the plan): …`. */
function withoutName(why: string, name: string): string {
  if (why.startsWith(`${name}: `)) return why.slice(name.length + 2);
  return why.startsWith(`${name} (`) ? why.slice(name.length + 1) : why;
}

const RANK = { incomplete: 0, unproven: 1, complete: 2 } as const;

/** Whatever is not complete first, else in the order of the plan. */
export function worstFirst(tables: readonly RunTable[]): readonly RunTable[] {
  return tables.toSorted(
    (a, b) => (a.verdict === null ? 0 : RANK[a.verdict]) - (b.verdict === null ? 0 : RANK[b.verdict]),
  );
}
