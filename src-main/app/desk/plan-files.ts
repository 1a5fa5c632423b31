import { createHash } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { appError, isAppError } from '../../../src-shared/errors/app-error.ts';
import type { PlanState } from '../../../src-shared/contract/plans.ts';
import type { Finding } from '../../../src-shared/model/finding.ts';
import { PLAN_MAX_BYTES, type Plan } from '../../../src-shared/model/plan.ts';
import { fromUtf8, utf8 } from '../../../src-shared/util/utf8.ts';
import { readable } from '../../engine/plan/readable-plan.ts';
import { parsePlan, type ParsedPlan } from '../../engine/plan/parse-plan.ts';
import type { Core } from '../core.ts';
import { requireWholePath } from '../evidence/require-whole-path.ts';

export interface PlanText {
  readonly path: string;
  readonly text: string;
  /** `sha256:<hex>` of the file's bytes. */
  readonly digest: string;
  readonly modifiedMs: number;
}

/**
 * A page names the files that are read and written here: none but whole paths that are named as plans, so that no page comes
 * by another file of the person's, whatever its own code has become.
 */
export function requirePlanPath(path: string): void {
  requireWholePath(path);
  if (/\.ya?ml$/i.test(path)) return;
  throw appError('PLAN/UNREADABLE', {
    message: `${path} is not named as a plan file.`,
    remedy: 'Give it a name that ends in .plan.yaml.',
    context: { path },
  });
}

export async function readPlanText(core: Core, given: string): Promise<PlanText> {
  requirePlanPath(given);
  const path = resolve(given);
  const found = await core.store.read.stat(path);
  const bytes = found?.kind === 'file' ? await core.store.read.file(path, PLAN_MAX_BYTES) : null;
  if (bytes === null || found === null) {
    throw appError('PLAN/ABSENT', {
      message: `There is no plan file ${path}.`,
      remedy: 'It may have been moved or renamed; open it where it is now.',
    });
  }
  const text = fromUtf8(bytes);
  if (text === undefined) {
    throw appError('PLAN/UNREADABLE', { message: `${path} is not UTF-8 text.`, remedy: 'Save the plan as UTF-8.' });
  }
  return { path, text, digest: digestOf(bytes), modifiedMs: found.modifiedMs };
}

/** Replaces the text whole. Gives what was written: another program may have written again, and that is not ours. */
export async function writePlanText(core: Core, path: string, text: string): Promise<PlanText> {
  const bytes = utf8(text);
  await core.store.replace(path, bytes);
  const modifiedMs = (await core.store.read.stat(path))?.modifiedMs ?? core.clock.now().getTime();
  return { path, text, digest: digestOf(bytes), modifiedMs };
}

/** `sha256:<hex>` of a file's bytes. */
export const digestOf = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** Refuses to work on a text that is no longer the one on disk. */
export function requireSame(file: PlanText, base: string): void {
  if (file.digest === base) return;
  throw appError('PLAN/CHANGED_OUTSIDE', {
    message: `${file.path} was changed by another program since it was read here.`,
    remedy: 'Look at the difference; keep yours, or take theirs. Nothing was overwritten.',
    context: { path: file.path },
  });
}

export interface DraftPlan {
  /** null: the text is no plan. Its purpose is empty where none is said yet. */
  readonly parsed: ParsedPlan;
  /** Why it cannot run although it can be worked on: the purpose that is not said yet. */
  readonly open: readonly Finding[];
}

/** Reads a plan that is being made: a purpose that is missing is told, and keeps nobody from going on. */
export function readDraft(text: string): DraftPlan {
  const parsed = parsePlan(text);
  if (parsed.plan !== null) return { parsed, open: [] };
  const plan = withoutPurpose(text);
  if (plan === null) return { parsed, open: [] };
  const isError = ({ severity }: Finding): boolean => severity === 'error';
  const findings = parsed.findings.filter((finding) => !isError(finding));
  return { parsed: { ...parsed, plan, findings }, open: parsed.findings.filter(isError) };
}

function withoutPurpose(text: string): Plan | null {
  try {
    return readable(text).plan;
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}

/** A plan file as screens show it. */
export function planStateOf({ path, text, digest, modifiedMs }: PlanText): PlanState {
  const { parsed, open } = readDraft(text);
  return {
    path,
    text,
    digest,
    name: parsed.plan?.name ?? nameOfFile(path),
    connection: parsed.plan?.connection ?? null,
    plan: parsed.plan,
    findings: [...parsed.findings, ...open],
    savedAt: new Date(modifiedMs).toISOString(),
  };
}

export const nameOfFile = (path: string): string => basename(path).replace(/(?:\.plan)?\.ya?ml$/i, '');
