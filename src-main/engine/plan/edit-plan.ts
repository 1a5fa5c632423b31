import { appError, type AppError } from '../../../src-shared/errors/app-error.ts';
import { remarkText } from './column-remark.ts';
import { planSays, type Readable } from './edit-state.ts';
import { spliceOf, tableSplices } from './edit-splice.ts';
import { entryKey, targetOf, type EntryName, type PlanEdit } from './plan-edit.ts';
import { edited, editingOf, readable } from './readable-plan.ts';
import { applySplice, type Splice } from './yaml-splice.ts';

/**
 * The plan file `base` with `edits` made, in their order. Comments, order, blanks and quotes stay byte for byte where
 * nothing changed, and an edit back to what `base` says is no edit: tick and untick give `base`. Keep `base` and the list
 * of edits until the file is saved. An edit that does not fit the file is `PLAN/INVALID`.
 */
export function editPlan(base: string, edits: readonly PlanEdit[]): string {
  const start = readable(base);
  // What is written is compared with what is read back.
  const asWritten = (edit: PlanEdit): PlanEdit =>
    edit.kind === 'remark' && edit.remark !== null ? { ...edit, remark: remarkText(edit.remark) } : edit;
  const unsaid = effective(edits.map(asWritten)).filter((edit) => !planSays(start, edit));
  let now = start;
  for (const run of inRuns(unsaid)) now = applyRun(now, run);
  return now.document.text;
}

/** The last edit of each kind and place, in the order of the last change; a table comes and goes before its own edits. */
function effective(edits: readonly PlanEdit[]): readonly PlanEdit[] {
  const last = new Map<string, PlanEdit>();
  for (const edit of edits) {
    if (edit.kind !== 'table') last.delete(targetOf(edit));
    last.set(targetOf(edit), edit);
  }
  const gone = new Set(
    [...last.values()].flatMap((edit) => (edit.kind === 'table' && !edit.chosen ? [keyOf(edit.table)] : [])),
  );
  return [...last.values()].filter((edit) => !('entry' in edit) || !gone.has(keyOf(edit.entry)));
}

const keyOf = (entry: EntryName): string => JSON.stringify([...entryKey(entry)]);

/** What is made in one go: a schema of 10,000 tables is ticked at once, and a thousand columns are masked at once. */
function inRuns(edits: readonly PlanEdit[]): readonly (readonly PlanEdit[])[] {
  const runs: PlanEdit[][] = [];
  for (const edit of edits) {
    const run = runs.at(-1);
    const first = run?.[0];
    if (run !== undefined && first !== undefined && isLike(edit, first)) run.push(edit);
    else runs.push([edit]);
  }
  return runs;
}

/** Tables that come, or go; or what is changed inside of entries. */
function isLike(edit: PlanEdit, first: PlanEdit): boolean {
  if (edit.kind === 'table') return first.kind === 'table' && first.chosen === edit.chosen;
  return 'entry' in edit && 'entry' in first;
}

function applyRun(start: Readable, run: readonly PlanEdit[]): Readable {
  if (run.length === 1) return run.reduce(applyEdit, start);
  const tables = run.filter((edit) => edit.kind === 'table');
  if (tables.length === 0)
    return applyToEntries(
      start,
      run.filter((edit) => 'entry' in edit),
    );
  const splices = tableSplices(tables, editingOf(start));
  return splices === null ? run.reduce(applyEdit, start) : spliced(start, splices);
}

/** Edits of several entries, one of each entry at a time: they stand apart in the text, so they are one change of it. */
function applyToEntries(start: Readable, edits: readonly (PlanEdit & { readonly entry: EntryName })[]): Readable {
  const waiting = [...Map.groupBy(edits, ({ entry }) => keyOf(entry)).values()].map((own) => ({
    own,
    at: 0,
    steps: 0,
  }));
  for (let now = start; ;) {
    const splices: Splice[] = [];
    for (const queue of waiting) {
      let edit = queue.own[queue.at];
      for (; edit !== undefined && planSays(now, edit); edit = queue.own[queue.at]) {
        queue.at += 1;
        queue.steps = 0;
      }
      if (edit === undefined) continue;
      queue.steps += 1;
      if (queue.steps > MAX_STEPS) throw unfollowed(edit);
      splices.push(spliceOf(edit, editingOf(now)));
    }
    if (splices.length === 0) return now;
    now = spliced(now, splices);
  }
}

/** Makes changes that stand apart, the last place first. */
function spliced(start: Readable, splices: readonly Splice[]): Readable {
  const { body } = editingOf(start);
  const text = splices.toSorted((a, b) => b.from - a.from).reduce((now, each) => applySplice(now, each), body);
  return readable(start.document.mark + text);
}

/** A block takes a step for each of its keys; more than this is no plan. */
const MAX_STEPS = 200;

function applyEdit(start: Readable, edit: PlanEdit): Readable {
  let now = start;
  for (let step = 0; step < MAX_STEPS; step++) {
    if (planSays(now, edit)) return now;
    const editing = editingOf(now);
    now = readable(edited(now.document, () => spliceOf(edit, editing)));
  }
  throw unfollowed(edit);
}

const unfollowed = ({ kind }: PlanEdit): AppError =>
  appError('PLAN/INVALID', {
    message: 'The plan is written in a way that this edit cannot follow.',
    remedy: 'Change it by hand.',
    context: { edit: kind },
  });
