import { join } from 'node:path';
import type { Core } from './core.ts';

/** What a run left in its hidden folder: no package, and read by nothing. */
export interface LeftOver {
  /** Absolute path of the hidden folder. */
  readonly folder: string;
  /** Everything in it that is no folder; paths relative to it, `/` between parts. */
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
}

/** The hidden folder that a run wrote its package in, when it is still there; null: nothing was left. */
export async function findLeftOver(core: Core, folder: string): Promise<LeftOver | null> {
  if (!folder.endsWith('.partial') || (await core.store.read.stat(folder))?.kind !== 'folder') return null;
  return { folder, files: await filesIn(core, folder, '') };
}

async function filesIn(core: Core, folder: string, below: string): Promise<LeftOver['files']> {
  const found: LeftOver['files'][number][] = [];
  for (const { name, kind, size } of (await core.store.read.list(join(folder, below))) ?? []) {
    const path = below === '' ? name : `${below}/${name}`;
    if (kind === 'folder') found.push(...(await filesIn(core, folder, path)));
    else found.push({ path, bytes: size });
  }
  return found;
}
