import { isMap, isScalar } from 'yaml';
import { appError, bug } from '../../../src-shared/errors/app-error.ts';
import { remarkText } from './column-remark.ts';
import { planSays, type Readable } from './edit-state.ts';
import { spliceOf, tableSplices, type Editing } from './edit-splice.ts';
import { parsePlan } from './parse-plan.ts';
import { entryKey, targetOf, type EntryName, type PlanEdit } from './plan-edit.ts';
import { pairOf, type PlanDocument } from './plan-document.ts';
import * as splice from './yaml-splice.ts';

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

/** Tables that come, or go, side by side are one change of the text: a schema of 10,000 is ticked at once. */
function inRuns(edits: readonly PlanEdit[]): readonly (readonly PlanEdit[])[] {
  const runs: PlanEdit[][] = [];
  for (const edit of edits) {
    const run = runs.at(-1);
    const first = run?.[0];
    const joins = edit.kind === 'table' && first?.kind === 'table' && first.chosen === edit.chosen;
    if (run !== undefined && joins) run.push(edit);
    else runs.push([edit]);
  }
  return runs;
}

/** A purpose that is not filled in yet, the one thing `plan new` leaves open, does not keep a plan from being edited. */
export function readable(text: string): Readable {
  const { plan, document, findings } = parsePlan(text);
  if (plan !== null) return { plan, document };
  const value = parsePlan(withPurpose(text, document));
  if (value.plan !== null) return { plan: { ...value.plan, purpose: '' }, document };
  const first = findings.find(({ severity }) => severity === 'error');
  throw appError('PLAN/INVALID', {
    message: `The plan cannot be edited: ${first?.message ?? 'it is not readable.'}`,
    remedy: 'Correct it by hand first; `plan check` shows every finding.',
    context: { line: first?.line ?? 1 },
  });
}

function withPurpose(text: string, { tree, mark }: PlanDocument): string {
  const map = tree.contents;
  if (tree.errors.length > 0 || !isMap(map)) return text;
  const pair = pairOf(map, 'purpose');
  if (pair === undefined || !isScalar(pair.value) || String(pair.value.value).trim() !== '') return text;
  return edited({ text, mark }, (body) => splice.replaceValue(body, pair, '"-"'));
}

function applyRun(start: Readable, run: readonly PlanEdit[]): Readable {
  const tables = run.filter((edit) => edit.kind === 'table');
  if (tables.length < 2) return run.reduce(applyEdit, start);
  const splices = tableSplices(tables, editingOf(start));
  if (splices === null) return run.reduce(applyEdit, start);
  const text = splices.reduce((body, each) => splice.applySplice(body, each), editingOf(start).body);
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
  throw appError('PLAN/INVALID', {
    message: 'The plan is written in a way that this edit cannot follow.',
    remedy: 'Change it by hand.',
    context: { edit: edit.kind },
  });
}

function editingOf({ plan, document: { text, mark, tree } }: Readable): Editing {
  if (isMap(tree.contents)) return { plan, root: tree.contents, body: text.slice(mark.length) };
  throw bug('a plan was read that is no map');
}

function edited({ text, mark }: Pick<PlanDocument, 'text' | 'mark'>, make: (body: string) => splice.Splice): string {
  const body = text.slice(mark.length);
  return mark + splice.applySplice(body, make(body));
}
