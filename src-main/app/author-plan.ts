import { dirname } from 'node:path';
import { appError } from '../../src-shared/errors/app-error.ts';
import { utf8 } from '../../src-shared/util/utf8.ts';
import { detectPersonal } from '../engine/classify/detect-personal.ts';
import { chooseTables } from '../engine/plan/choose-tables.ts';
import { editPlan } from '../engine/plan/edit-plan.ts';
import { newPlan } from '../engine/plan/new-plan.ts';
import { openConnection } from './connections.ts';
import type { Core } from './core.ts';
import { keepShape, type OpenPlan } from './open-plan.ts';

/** The text of a new plan: every column of the tables that match, suspected personal ones commented. */
export async function authorPlan(
  core: Core,
  connection: string,
  how: { readonly globs: readonly string[]; readonly signal: AbortSignal },
): Promise<string> {
  await using open = await openConnection(core, connection, { signal: how.signal });
  const catalog = await open.session.catalog({}, how.signal);
  return newPlan({ connection, tables: chooseTables(catalog, how.globs), detect: detectPersonal });
}

/** That a file of this path can be made: said before the work for it is done. */
export async function requireNewFile({ store }: Core, path: string): Promise<void> {
  const folder = dirname(path);
  const found = await store.read.stat(folder);
  if (found === null || found.kind === 'file') {
    throw appError('SPOOL/ABSENT', {
      message: found === null ? `There is no folder ${folder}.` : `${folder} is a file, not a folder.`,
      remedy: 'Make the folder first, or choose another place.',
      context: { path: folder },
    });
  }
  if ((await store.read.stat(path)) === null) return;
  throw appError('SPOOL/EXISTS', {
    message: `Something of that name is already there: ${path}.`,
    remedy: 'Choose another name, or move the existing one away.',
    context: { path },
  });
}

/** Writes text to a file that must not exist yet. */
export async function writeNewFile(core: Core, path: string, text: string): Promise<void> {
  await using file = await core.store.create(path);
  await file.write(utf8(text));
  await file.sync();
}

/** Signs off the catalog of now: its digest goes into the plan file, its shape is kept for later differences. */
export async function acceptCatalog(core: Core, open: OpenPlan): Promise<void> {
  const { catalog } = open.result;
  if (catalog === null) return;
  await keepShape(core, catalog.shape);
  const edited = editPlan(open.text, [{ kind: 'catalog', digest: catalog.digest }]);
  if (edited !== open.text) await core.store.replace(open.path, utf8(edited));
}
