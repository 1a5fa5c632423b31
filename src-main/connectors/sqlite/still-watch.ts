import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { appError } from '../../../src-shared/errors/app-error.ts';
import { translateError } from './errors.ts';
import { hasHotJournal, sizeOf } from './inspect-file.ts';

/** Offset of the file change counter in the header. https://sqlite.org/fileformat2.html#file_change_counter */
const COUNTER_AT = 24;
const HEADER_BYTES = 100;

/** Notices that somebody wrote a file that is read without locks. */
export class StillWatch {
  /** The file change counter when the watch began. */
  readonly changeCounter: number;
  readonly #path: string;
  readonly #descriptor: number;
  readonly #before: string;

  /** Begin before SQLite opens the file. */
  constructor(path: string) {
    this.#path = path;
    try {
      this.#descriptor = openSync(path, 'r');
    } catch (error) {
      throw translateError(error);
    }
    this.#before = this.#state();
    this.changeCounter = this.#header().getUint32(COUNTER_AT);
  }

  /** Throws `SOURCE/CATALOG_DRIFT` when the file was written, or is being written, since the watch began. */
  verify(): void {
    const wal = (sizeOf(`${this.#path}-wal`) ?? 0) > 0;
    if (!wal && !hasHotJournal(this.#path) && this.#state() === this.#before) return;
    throw appError('SOURCE/CATALOG_DRIFT', {
      message: 'Another program wrote the database file while it was read.',
      remedy:
        'Run again while nobody writes, read a copy, or switch the database to WAL, beside which reading is safe.',
      context: { file: this.#path },
    });
  }

  close(): void {
    // Closing any descriptor drops the locks this process holds on the file (POSIX). It holds none: a reader process has one
    // handle at a time, and the one beside this watch takes no locks.
    closeSync(this.#descriptor);
  }

  #state(): string {
    const { size, mtimeNs, ino } = fstatSync(this.#descriptor, { bigint: true });
    return `${ino} ${size} ${mtimeNs} ${this.#header().getUint32(COUNTER_AT)}`;
  }

  #header(): DataView {
    const bytes = new Uint8Array(HEADER_BYTES);
    try {
      readSync(this.#descriptor, bytes, 0, HEADER_BYTES, 0);
    } catch (error) {
      throw translateError(error);
    }
    return new DataView(bytes.buffer);
  }
}
