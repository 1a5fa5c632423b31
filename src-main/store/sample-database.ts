import { readFile, chmod } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isAppError } from '../../src-shared/errors/app-error.ts';
import type { Store } from '../ports/store.ts';
import { databaseError } from './errors.ts';

/**
 * Makes the sample database from its seed, unless it is there. Of two processes that do it at once, one wins. One that
 * fails leaves nothing, so that the next start tries again.
 */
export async function makeSampleDatabase(store: Store, path: string, seed: string): Promise<void> {
  if ((await store.read.stat(path)) !== null) return;
  await store.makeFolder(dirname(path));
  const draft = `${path}.${process.pid}.new`;
  try {
    await store.remove(draft);
    await fill(store, draft, seed);
    await store.renameNew(draft, path);
  } catch (error) {
    // The database deletes its journal when it can; after a full disk it may not have.
    for (const left of [draft, `${draft}-journal`]) await store.remove(left);
    if (isAppError(error, 'SPOOL/EXISTS')) return;
    await removeIfEmpty(store, dirname(path));
    throw databaseError(error, path);
  }
}

async function fill(store: Store, draft: string, seed: string): Promise<void> {
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
}

async function removeIfEmpty(store: Store, folder: string): Promise<void> {
  try {
    await store.remove(folder);
  } catch (error) {
    if (!isAppError(error, 'SPOOL/EXISTS')) throw error;
  }
}
