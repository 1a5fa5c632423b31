import { basename, join } from 'node:path';
import type { Core } from './core.ts';
import { logFailure } from './log-failure.ts';

/**
 * Removes the hidden folder of a run that wrote nothing. Only the two folders the run made itself, and only while they
 * hold nothing; whatever else is there stays, and a failure to remove is no failure of the run.
 */
export async function removeEmptyPackage(core: Core, folder: string, run: string): Promise<void> {
  if (!basename(folder).endsWith(`-${run}.partial`)) return;
  const data = join(folder, 'data');
  try {
    const inside = (await core.store.read.list(folder)) ?? [];
    if (inside.some(({ name, kind }) => name !== 'data' || kind !== 'folder')) return;
    if (((await core.store.read.list(data)) ?? []).length > 0) return;
    await core.store.remove(data);
    await core.store.remove(folder);
  } catch (error) {
    logFailure(core, 'run', error);
  }
}
