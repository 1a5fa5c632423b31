import { appError } from '../../src-shared/errors/app-error.ts';
import type { Held } from '../ports/lock.ts';
import { changeLock } from '../store/home-paths.ts';
import type { Core } from './core.ts';

const TIMEOUT_MS = 10_000;

/**
 * Lets one process at a time change records of a document together with their secrets: of two that add one name, the one
 * that comes first has both record and secret. Whoever holds it asks nobody: others are waiting.
 */
export async function lockRecords(core: Core, document: string): Promise<Held> {
  const held = await core.locks.acquire(changeLock(document), TIMEOUT_MS);
  if (held !== null) return held;
  throw appError('HOME/BUSY', {
    message: 'Another Waybill process has been changing the saved names of this home for ten seconds.',
    remedy: 'Try again when the other process is done.',
    context: { path: document },
  });
}
