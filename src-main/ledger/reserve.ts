import { randomBytes } from 'node:crypto';
import { isAppError } from '../../src-shared/errors/app-error.ts';
import type { Store } from '../ports/store.ts';

/** Kept free so that the end of a failed export still fits on a full disk. */
const RESERVE_BYTES = 1024 * 1024;

/** Makes the reserve when it is missing. On a full disk there is none, and that is no reason not to work. */
export async function keepReserve(store: Store, path: string): Promise<void> {
  const found = await store.read.stat(path);
  if (found !== null && found.size >= RESERVE_BYTES) return;
  try {
    // Random: a file system that compresses would keep no space for zeroes.
    await store.replace(path, new Uint8Array(randomBytes(RESERVE_BYTES)));
  } catch (error) {
    if (!isAppError(error, 'SPOOL/DISK_FULL')) throw error;
  }
}

/** Does `work`; when the disk is full, gives the reserve's space back to the disk and does `again`. */
export async function withReserve<T>(
  place: { readonly store: Store; readonly path: string },
  work: () => Promise<T>,
  again: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isAppError(error, 'SPOOL/DISK_FULL') || (await place.store.read.stat(place.path)) === null) throw error;
    await place.store.remove(place.path);
    return await again();
  }
}
