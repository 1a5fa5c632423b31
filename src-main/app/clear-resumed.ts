import { basename, join } from 'node:path';
import type { ExportResult } from './export-result.ts';
import type { Core } from './core.ts';
import { findLeftOver } from './left-over.ts';
import { logFailure } from './log-failure.ts';
import { removeEmptyPackage } from './remove-empty-package.ts';
import { readCheckpoints } from './run-checkpoints.ts';
import type { RunFacts } from './run-records.ts';

/**
 * Once a run has succeeded, what the runs it went on with left in their hidden folders is worth nothing: files that this one
 * has now itself, beginnings of files, and the papers of a package that was never named. Whatever else is there stays; sealed
 * packages are not touched.
 */
export async function clearResumed(core: Core, result: ExportResult, earlier: readonly RunFacts[]): Promise<void> {
  const { state, package: sealed } = result;
  if (state !== 'succeeded' || sealed === null) return;
  for (const { folder, run } of await hiddenFolders(core, earlier)) {
    try {
      for (const { path } of (await findLeftOver(core, folder))?.files ?? []) {
        const mine = join(sealed, path.replace(/\.partial$/, ''));
        if ((await core.store.read.stat(mine))?.kind === 'file') await core.store.remove(join(folder, path));
      }
      await removeEmptyPackage(core, folder, run);
    } catch (error) {
      logFailure(core, 'run', error);
    }
  }
}

/** What runs wrote their packages in, and where whole parts were set aside. */
async function hiddenFolders(
  core: Core,
  runs: readonly RunFacts[],
): Promise<readonly Pick<RunFacts, 'folder' | 'run'>[]> {
  const found: Pick<RunFacts, 'folder' | 'run'>[] = [];
  for (const { folder, run } of runs) {
    const { cut } = await readCheckpoints(core, run);
    const parts = [...cut.values()].flatMap((table) => [...table.parts.values()].map((part) => part.folder));
    for (const each of new Set([folder, ...parts])) {
      if (basename(each).endsWith(`-${run}.partial`)) found.push({ folder: each, run });
    }
  }
  return found;
}
