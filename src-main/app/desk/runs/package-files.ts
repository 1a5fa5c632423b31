import { join } from 'node:path';
import type { RunDetail } from '../../../../src-shared/contract/runs.ts';
import type { Core } from '../../core.ts';

/** What lies at the top of a package, a folder as one line; null: it is not there any more. */
export async function listPackage(core: Core, folder: string): Promise<RunDetail['packageFiles']> {
  const entries = await core.store.read.list(folder);
  if (entries === null) return null;
  return Promise.all(
    entries.map(async ({ name, kind, size }) => {
      if (kind !== 'folder') return { name, bytes: size, files: null };
      const inside = (await core.store.read.list(join(folder, name))) ?? [];
      return { name: `${name}/`, bytes: inside.reduce((sum, file) => sum + file.size, 0), files: inside.length };
    }),
  );
}
