import { randomInt, randomUUID } from 'node:crypto';
import { chmodSync, closeSync, constants, fsyncSync, linkSync, lstatSync, openSync, unlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import type { Held, Locks } from '../ports/lock.ts';
import { errnoOf, writeError } from './errors.ts';
import { FILE_MODE } from './node-file-writer.ts';

const SQLITE_BUSY = 5;
const FIRST_PAUSE_MS = 1;
const LONGEST_PAUSE_MS = 16;

/**
 * Locks held by an open `BEGIN IMMEDIATE`. Nothing is ever written to the file and no journal appears beside it; when the
 * process dies, the kernel drops the lock with the process's file descriptors.
 *
 * POSIX record locks belong to the process: closing *any* descriptor of the file drops them all. So nothing in this
 * process may open a lock file except SQLite, which knows this and keeps its own descriptors apart.
 */
export function createLocks(): Locks {
  return { acquire };
}

async function acquire(path: string, timeoutMs: number): Promise<Held | null> {
  const deadline = performance.now() + timeoutMs;
  let pauseMs = FIRST_PAUSE_MS;
  for (;;) {
    const database = tryLock(path);
    if (database !== null) return { path, [Symbol.dispose]: () => release(database) };
    const leftMs = deadline - performance.now();
    if (leftMs <= 0) return null;
    // Waiters that were late must not stay in step with each other.
    await delay(Math.min(leftMs, randomInt(1, pauseMs + 1)));
    pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
  }
}

function tryLock(path: string): DatabaseSync | null {
  let database: DatabaseSync | undefined;
  try {
    makeLockFile(path);
    database = new DatabaseSync(path, { timeout: 0 });
    // The journal of a transaction that writes nothing stays in memory: no second file, nothing to recover.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN IMMEDIATE');
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return null;
    throw writeError(error, path);
  }
}

/** Closing rolls back. */
function release(database: DatabaseSync): void {
  if (database.isOpen) database.close();
}

/** Appears by link(2) from a file that is closed already, so that its own descriptor never has to be closed. */
function makeLockFile(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) return;
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  const descriptor = openSync(temporary, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, FILE_MODE);
  fsyncSync(descriptor);
  closeSync(descriptor);
  // A strange umask may have taken the owner's own bits.
  chmodSync(temporary, FILE_MODE);
  try {
    linkSync(temporary, path);
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
  } finally {
    unlinkSync(temporary);
  }
}
