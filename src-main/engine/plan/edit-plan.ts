import { isMap, isScalar } from 'yaml';
import { appError } from '../../../src-shared/errors/app-error.ts';
import type { Plan } from '../../../src-shared/model/plan.ts';
import { planSays } from './edit-state.ts';
import { spliceOf } from './edit-splice.ts';
import { parsePlan } from './parse-plan.ts';
import { targetOf, type PlanEdit } from './plan-edit.ts';
import { pairOf, type PlanDocument } from './plan-document.ts';
import * as splice from './yaml-splice.ts';

/**
 * The plan file `base` with `edits` made, in their order. Comments, order, blanks and quotes stay byte for byte where
 * nothing changed, and an edit back to what `base` says is no edit: tick and untick give `base`. Keep `base` and the list
 * of edits until the file is saved. An edit that does not fit the file is `PLAN/INVALID`.
 */
export function editPlan(base: string, edits: readonly PlanEdit[]): string {
  const last = new Map<string, PlanEdit>();
  for (const edit of edits) {
    // Set anew, so that the order is that of the last change.
    last.delete(targetOf(edit));
    last.set(targetOf(edit), edit);
  }
  const { plan } = readable(base);
  let text = base;
  for (const edit of last.values()) if (!planSays(plan, edit)) text = applyEdit(text, edit);
  return text;
}

interface Readable {
  readonly plan: Plan;
  readonly document: PlanDocument;
}

/** A purpose that is not filled in yet, the one thing `plan new` leaves open, does not keep a plan from being edited. */
function readable(text: string): Readable {
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

function applyEdit(text: string, edit: PlanEdit): string {
  const { plan, document } = readable(text);
  if (planSays(plan, edit)) return text;
  const root = document.tree.contents;
  if (!isMap(root)) return text;
  const result = edited(document, (body) => spliceOf(edit, { plan, root, body }));
  const after = readable(result);
  if (planSays(after.plan, edit)) return result;
  throw appError('PLAN/INVALID', {
    message: 'The plan is written in a way that this edit cannot follow.',
    remedy: 'Change it by hand.',
    context: { edit: edit.kind },
  });
}

function edited({ text, mark }: Pick<PlanDocument, 'text' | 'mark'>, make: (body: string) => splice.Splice): string {
  const body = text.slice(mark.length);
  return mark + splice.applySplice(body, make(body));
}
