import { isMap, isScalar } from 'yaml';
import { appError, bug } from '../../../src-shared/errors/app-error.ts';
import type { Readable } from './edit-state.ts';
import type { Editing } from './edit-splice.ts';
import { parsePlan } from './parse-plan.ts';
import { pairOf, type PlanDocument } from './plan-document.ts';
import * as splice from './yaml-splice.ts';

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

/** A text that was read, ready to be changed. */
export function editingOf({ plan, document: { text, mark, tree } }: Readable): Editing {
  if (isMap(tree.contents)) return { plan, root: tree.contents, body: text.slice(mark.length) };
  throw bug('a plan was read that is no map');
}

/** The text with one change made, its byte order mark kept. */
export function edited(
  { text, mark }: Pick<PlanDocument, 'text' | 'mark'>,
  make: (body: string) => splice.Splice,
): string {
  const body = text.slice(mark.length);
  return mark + splice.applySplice(body, make(body));
}
