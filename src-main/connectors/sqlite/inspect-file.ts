import { closeSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { appError } from '../../../src-shared/errors/app-error.ts';
import { translateError } from './errors.ts';

/**
 * How the file can be read without writing next to it.
 * - `wal`: a WAL is there; its shared memory is read, never written (`readonly_shm`).
 * - `still`: nobody writes; read without locks (`immutable`), and watched.
 */
export interface SourceFile {
  /** Symbolic links resolved: SQLite looks for the companions next to the real file. */
  readonly path: string;
  readonly mode: 'wal' | 'still';
}

/** Finds the database file and how to read it; refuses what cannot be read without a write. Opens nothing but a journal. */
export function inspectFile(file: string): SourceFile {
  const path = real(file);
  // Before SQLite sees it: opening a pipe or a device would hang or have effects.
  if (!statSync(path).isFile()) {
    throw appError('SOURCE/DATABASE_ABSENT', {
      message: `${file} is a folder, a device or the like, and no database file.`,
      remedy: 'Correct the file of the connection.',
      context: { file },
    });
  }
  if (hasHotJournal(path)) {
    throw appError('SOURCE/UNREACHABLE', {
      message: `A writer is at work on ${file}, or crashed in the middle of a transaction: its journal is still there.`,
      remedy: 'Wait for the writer, or open the database once with its own program to roll back, then run again.',
      context: { file },
    });
  }
  const wal = sizeOf(`${path}-wal`);
  const shared = sizeOf(`${path}-shm`);
  if ((wal ?? 0) > 0 && shared === null) {
    throw appError('SOURCE/UNREACHABLE', {
      message: `${file} has a WAL but no shared memory file: it cannot be read completely without writing next to it.`,
      remedy: 'Open and close it once with its own program, so that the WAL is merged, then run again.',
      context: { file },
    });
  }
  return { path, mode: wal !== null && shared !== null ? 'wal' : 'still' };
}

function real(file: string): string {
  try {
    return realpathSync(file);
  } catch (error) {
    throw translateError(error);
  }
}

/** Size of a file; null: it is not there. */
export function sizeOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.size ?? null;
}

/** A journal whose header was zeroed or which is empty belongs to a finished transaction. https://sqlite.org/lockingv3.html */
export function hasHotJournal(path: string): boolean {
  const journal = `${path}-journal`;
  if ((sizeOf(journal) ?? 0) === 0) return false;
  try {
    const descriptor = openSync(journal, 'r');
    try {
      const first = new Uint8Array(1);
      return readSync(descriptor, first, 0, 1, 0) === 1 && first[0] !== 0;
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    // Finished between the two looks; anything else must not pass for "no journal".
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw translateError(error);
  }
}
