import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { inspectFile } from './inspect-file.ts';

/** With the change counter of the last transaction. https://sqlite.org/fileformat2.html#the_database_header */
const HEADER_BYTES = 100;
/** What a reader takes its snapshot from. https://sqlite.org/walformat.html#the_wal_index_header */
const WAL_INDEX_HEADER_BYTES = 48;
const SHOWN = 12;

/**
 * A name of what the file holds now, another one after each transaction that was written; null: it cannot be told. Only for a
 * process that has the file not open with SQLite: closing any descriptor of a file drops the locks that a process has on it.
 */
export function fileMoment(file: string): string | null {
  try {
    const { path, mode } = inspectFile(file);
    const state =
      mode === 'wal'
        ? beginningOf(`${path}-shm`, WAL_INDEX_HEADER_BYTES)
        : Buffer.concat([beginningOf(path, HEADER_BYTES), Buffer.from(timesOf(path))]);
    const { ino } = statSync(path, { bigint: true });
    return createHash('sha256').update(`${mode} ${ino} `).update(state).digest('hex').slice(0, SHOWN);
  } catch {
    return null;
  }
}

function timesOf(path: string): string {
  const { size, mtimeNs } = statSync(path, { bigint: true });
  return `${size} ${mtimeNs}`;
}

function beginningOf(path: string, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  const descriptor = openSync(path, 'r');
  try {
    return bytes.subarray(0, readSync(descriptor, bytes, 0, size, 0));
  } finally {
    closeSync(descriptor);
  }
}
