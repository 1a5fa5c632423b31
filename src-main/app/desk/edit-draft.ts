import type { PlanEditRequest, PlanState } from '../../../src-shared/contract/plans.ts';
import { appError, isAppError } from '../../../src-shared/errors/app-error.ts';
import { PLAN_MAX_BYTES } from '../../../src-shared/model/plan.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import { editPlan } from '../../engine/plan/edit-plan.ts';
import { completeEdits } from './complete-edits.ts';
import type { PlanEdit } from '../../engine/plan/plan-edit.ts';
import { keepShape } from '../open-plan.ts';
import { compileDraft } from './compile-draft.ts';
import type { Desk } from './desk.ts';
import {
  digestOf,
  planStateOf,
  readDraft,
  readPlanText,
  requireSame,
  writePlanText,
  type PlanText,
} from './plan-files.ts';

interface OnBase {
  readonly path: string;
  /** Digest of the text that the change was made on. */
  readonly base: string;
}

/** Makes edits on the text that the page has seen, or refuses with `PLAN/CHANGED_OUTSIDE`. */
export async function editDraft(
  desk: Desk,
  { path, base, edits }: OnBase & { readonly edits: readonly PlanEditRequest[] },
  signal: AbortSignal,
): Promise<PlanState> {
  const file = await readPlanText(desk.core, path);
  requireSame(file, base);
  const filled = await completeEdits(desk, { connection: connectionOf(file), edits }, signal);
  return desk.openings.oneByOne(file.path, async () => {
    const now = await readPlanText(desk.core, path);
    requireSame(now, base);
    const opening = desk.openings.of(now.path, now);
    const { text, made } = edited(now.text, { base: opening.base, before: opening.edits, edits: filled });
    const written = await replaceText(desk, now, text);
    desk.openings.moveOn(opening, { ...written, edits: made });
    return planStateOf(written);
  });
}

/** On the text of the opening where that works, so that what is taken back leaves no trace; else on the text of now. */
function edited(
  now: string,
  { base, before, edits }: { base: string; before: readonly PlanEdit[]; edits: readonly PlanEdit[] },
): { readonly text: string; readonly made: readonly PlanEdit[] } {
  if (before.length > 0) {
    try {
      return { text: editPlan(base, [...before, ...edits]), made: [...before, ...edits] };
    } catch (error) {
      if (!isAppError(error)) throw error;
    }
  }
  return { text: editPlan(now, edits), made: before.length > 0 ? [] : edits };
}

/** Replaces the whole text: undo, and what a person typed into the file. */
export async function writeDraft(
  desk: Desk,
  { path, base, text }: OnBase & { readonly text: string },
): Promise<PlanState> {
  const { path: place } = await readPlanText(desk.core, path);
  return desk.openings.oneByOne(place, async () => {
    const now = await readPlanText(desk.core, path);
    requireSame(now, base);
    const opening = desk.openings.of(now.path, now);
    const written = await replaceText(desk, now, text);
    desk.openings.moveOn(opening, { ...written, edits: [] });
    return planStateOf(written);
  });
}

/** Signs off the catalog as it is now. It is read anew for this: nobody accepts what was there this morning. */
export async function acceptDraft(desk: Desk, { path, base }: OnBase, signal: AbortSignal): Promise<PlanState> {
  const file = await readPlanText(desk.core, path);
  requireSame(file, base);
  const connection = connectionOf(file);
  if (connection !== null) await desk.catalogs.get(connection, { refresh: true, signal });
  const { result } = await compileDraft(desk, path, { accept: 'any', signal });
  if (result.catalog === null) return planStateOf(file);
  await keepShape(desk.core, result.catalog.shape);
  return editDraft(desk, { path, base, edits: [{ kind: 'catalog', digest: result.catalog.digest }] }, signal);
}

async function replaceText(desk: Desk, now: PlanText, text: string): Promise<PlanText> {
  if (text === now.text) return now;
  if (utf8(text).length > PLAN_MAX_BYTES) {
    throw appError('PLAN/INVALID', {
      message: 'The plan would be larger than 1 MiB.',
      remedy: 'Use patterns such as public.* for many tables.',
    });
  }
  desk.openings.write(now.path, digestOf(utf8(text)));
  return writePlanText(desk.core, now.path, text);
}

const connectionOf = ({ text }: PlanText): string | null => readDraft(text).parsed.plan?.connection ?? null;
