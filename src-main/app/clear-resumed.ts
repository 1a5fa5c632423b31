import { basename, join } from 'node:path';
import type { ExportResult } from './execute-export.ts';
import type { Core } from './core.ts';
import { logFailure } from './log-failure.ts';
import { removeEmptyPackage } from './remove-empty-package.ts';
import { readCheckpoints } from './run-checkpoints.ts';
import type { RunFacts } from './run-records.ts';

/**
 * Once a run has succeeded, what the runs it went on with left in their hidden folders is worth nothing: files that this one
 * has now itself, and beginnings of files. Whatever else is there stays; sealed packages are not touched.
 */
export async function clearResumed(core: Core, result: ExportResult, earlier: readonly RunFacts[]): Promise<void> {
  if (result.state !== 'succeeded') return;
  const mine = new Set(result.tables.flatMap(({ resources }) => resources.map(({ path }) => basename(path))));
  for (const { folder, run } of await hiddenFolders(core, earlier)) {
    try {
      const data = join(folder, 'data');
      for (const { name, kind } of (await core.store.read.list(data)) ?? []) {
        if (kind === 'file' && mine.has(name.replace(/\.partial$/, ''))) await core.store.remove(join(data, name));
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
