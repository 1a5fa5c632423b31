import { AppError } from '../../src-shared/errors/app-error.ts';
import { equalBytes } from '../../src-shared/proof/equal-bytes.ts';
import type { WritableLedger } from './persist-append.ts';
import { MAX_CHECKPOINT_BYTES, type Committed } from './read-committed.ts';

/**
 * After a failed append, under the lock still held: removes lines that no checkpoint counts, so that the ledger does not
 * later tell of something whose record was reported as failed. Where that fails too, the next opening decides.
 */
export async function takeBack({ home, paths }: WritableLedger, committed: Committed): Promise<void> {
  const { store } = home;
  try {
    const note = await store.read.file(paths.checkpoint, MAX_CHECKPOINT_BYTES);
    // The failure came after the new checkpoint got its name: now the lines belong to the ledger.
    if (note === null || !equalBytes(note, committed.note)) return;
    await using entries = await store.openAppend(paths.entries);
    if (entries.size > committed.state.bytes) await entries.truncate(committed.state.bytes);
    await entries.sync();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}
