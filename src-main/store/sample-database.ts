import { readFile, chmod } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isAppError } from '../../src-shared/errors/app-error.ts';
import type { Store } from '../ports/store.ts';

/** Makes the sample database from its seed, unless it is there. Of two processes that do it at once, one wins. */
export async function makeSampleDatabase(store: Store, path: string, seed: string): Promise<void> {
  if ((await store.read.stat(path)) !== null) return;
  await store.makeFolder(dirname(path));
  const draft = `${path}.${process.pid}.new`;
  await store.remove(draft);
  // The store creates the file, so that it is 0600 from its first byte on.
  await using file = await store.create(draft);
  await file.close();
  const database = new DatabaseSync(draft);
  try {
    database.exec(await readFile(seed, 'utf8'));
  } finally {
    database.close();
  }
  await chmod(draft, 0o600);
  try {
    await store.renameNew(draft, path);
  } catch (error) {
    await store.remove(draft);
    if (!isAppError(error, 'SPOOL/EXISTS')) throw error;
  }
}
