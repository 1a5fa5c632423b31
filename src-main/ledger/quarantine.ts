import { isAppError } from '../../src-shared/errors/app-error.ts';
import type { FileWriter, Store } from '../ports/store.ts';
import type { LedgerPaths } from './ledger-paths.ts';
import { join } from 'node:path';
import type { TreeState } from './tree-state.ts';

/**
 * Moves the bytes beyond `state` out of the entries into `torn-<size>-<time>.bin`: first the copy, durable, then the cut.
 * Gives the number of bytes moved.
 */
export async function quarantineTail(
  store: Store,
  paths: LedgerPaths,
  where: { state: TreeState; now: Date },
): Promise<number> {
  const { state } = where;
  await using entries = await store.openAppend(paths.entries);
  const torn = entries.size - state.bytes;
  await using copy = await createTorn(store, paths.folder, where);
  for await (const block of store.read.blocks(paths.entries, state.bytes)) await copy.write(block);
  await copy.sync();
  await copy.close();
  await entries.truncate(state.bytes);
  await entries.sync();
  await entries.close();
  return torn;
}

async function createTorn(store: Store, folder: string, where: { state: TreeState; now: Date }): Promise<FileWriter> {
  for (let milliseconds = where.now.getTime(); ; milliseconds++) {
    const time = new Date(milliseconds).toISOString().replaceAll(/[-:.]/g, '');
    try {
      return await store.create(join(folder, `torn-${where.state.frontier.size}-${time}.bin`));
    } catch (error) {
      if (!isAppError(error, 'SPOOL/EXISTS')) throw error;
    }
  }
}
