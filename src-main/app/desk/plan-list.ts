import { join } from 'node:path';
import type { PlanState, PlanSummary } from '../../../src-shared/contract/plans.ts';
import type { TablePair } from '../../../src-shared/contract/parts.ts';
import { appError, isAppError } from '../../../src-shared/errors/app-error.ts';
import { detectPersonal } from '../../engine/classify/detect-personal.ts';
import { newPlan } from '../../engine/plan/new-plan.ts';
import { writeNewFile } from '../author-plan.ts';
import type { Desk } from './desk.ts';
import { nameOfFile, planStateOf, readPlanText, requirePlanPath } from './plan-files.ts';

const MAX_RECENT = 40;
const MAX_NAME = 80;
const NOT_IN_NAMES = /[^\p{L}\p{N}._-]/gu;

/** The plans that were opened here, the last one first. */
export async function listPlans(desk: Desk): Promise<PlanSummary[]> {
  const { recentPlans } = await desk.settings.read();
  return Promise.all(recentPlans.map((path) => summaryOf(desk, path)));
}

async function summaryOf(desk: Desk, path: string): Promise<PlanSummary> {
  try {
    const { name, connection, savedAt } = planStateOf(await readPlanText(desk.core, path));
    return { path, name, connection, modified: savedAt, exists: true };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { path, name: nameOfFile(path), connection: null, modified: null, exists: error.code !== 'PLAN/ABSENT' };
  }
}

export async function rememberPlan(desk: Desk, path: string): Promise<void> {
  const { recentPlans } = await desk.settings.read();
  if (recentPlans[0] === path) return;
  await desk.settings.update((now) => ({
    ...now,
    recentPlans: [path, ...now.recentPlans.filter((known) => known !== path)].slice(0, MAX_RECENT),
  }));
  desk.changes.touch();
}

/** Takes a plan off the list; the file stays. */
export async function forgetPlan(desk: Desk, path: string): Promise<void> {
  await desk.settings.update((now) => ({ ...now, recentPlans: now.recentPlans.filter((known) => known !== path) }));
  desk.changes.touch();
}

export async function openDraft(desk: Desk, given: string): Promise<PlanState> {
  const file = await readPlanText(desk.core, given);
  desk.openings.begin(file.path, file);
  await rememberPlan(desk, file.path);
  return planStateOf(file);
}

interface NewDraft {
  readonly connection: string;
  readonly name: string;
  readonly tables: readonly TablePair[];
  readonly path?: string | undefined;
}

/** Writes a new plan with these tables, suspected columns commented, and opens it. */
export async function createPlan(
  desk: Desk,
  { connection, name, tables, path }: NewDraft,
  signal: AbortSignal,
): Promise<PlanState> {
  const { catalog } = await desk.catalogs.get(connection, { refresh: false, signal });
  const wanted = new Set(tables.map((pair) => JSON.stringify(pair)));
  const chosen = catalog.namespaces
    .flatMap((namespace) => namespace.tables)
    .filter((table) => wanted.has(JSON.stringify([table.namespace, table.name])));
  const { limits } = await desk.settings.read();
  const text = newPlan({ connection, name, tables: chosen, detect: detectPersonal, ...limits });
  const place = path ?? (await freePath(desk, name));
  await desk.core.store.makeFolder(desk.core.home.plansFolder);
  await writeNew(desk, place, text);
  return openDraft(desk, place);
}

/** Keeps a plan whose place is unknown, e.g. one that was dropped on a browser's window, under a free name. */
export async function keepPlan(
  desk: Desk,
  { fileName, text }: { readonly fileName: string; readonly text: string },
): Promise<PlanState> {
  await desk.core.store.makeFolder(desk.core.home.plansFolder);
  const name = nameOfFile(fileName).replaceAll(NOT_IN_NAMES, '-').slice(0, MAX_NAME);
  const place = await freePath(desk, name === '' || name.startsWith('.') ? `plan${name}` : name);
  await writeNew(desk, place, text);
  return openDraft(desk, place);
}

/** Saves the text as another file and goes on with that one. */
export async function savePlanAs(
  desk: Desk,
  { path, to }: { readonly path: string; readonly to: string },
): Promise<PlanState> {
  const { text } = await readPlanText(desk.core, path);
  await writeNew(desk, to, text);
  return openDraft(desk, to);
}

async function writeNew(desk: Desk, path: string, text: string): Promise<void> {
  requirePlanPath(path);
  if ((await desk.core.store.read.stat(path)) !== null) {
    throw appError('PLAN/EXISTS', {
      message: `There is already a file ${path}.`,
      remedy: 'Choose another name; a plan never replaces a file.',
    });
  }
  await writeNewFile(desk.core, path, text);
}

/** In the home's folder of plans, with a number where the name is taken. */
async function freePath(desk: Desk, name: string): Promise<string> {
  for (let number = 1; ; number++) {
    const path = join(desk.core.home.plansFolder, `${name}${number === 1 ? '' : `-${number}`}.plan.yaml`);
    if ((await desk.core.store.read.stat(path)) === null) return path;
  }
}
