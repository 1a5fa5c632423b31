import { pathToFileURL } from 'node:url';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { SqlStatement } from '../../../src-shared/model/table-read.ts';
import { authorize } from './authorize.ts';
import type { StoredValue } from './cell-writers.ts';
import { translateError } from './errors.ts';
import { inspectFile, type SourceFile } from './inspect-file.ts';
import { StillWatch } from './still-watch.ts';

/** How long the library waits for a lock. */
const LOCK_MS = 500;
/** https://sqlite.org/rescode.html#toobig */
const TOO_BIG = 18;
const MODES = { wal: 'mode=ro&readonly_shm=1', still: 'mode=ro&immutable=1' } as const;

/** One open handle on the file, for one operation or one snapshot. */
export class OpenDatabase implements Disposable {
  readonly mode: SourceFile['mode'];
  /** As SQLite names it: `UTF-8`, `UTF-16le`, `UTF-16be`. */
  readonly encoding: string;
  readonly #handle: DatabaseSync;
  readonly #watch: StillWatch | null;

  constructor(handle: DatabaseSync, mode: SourceFile['mode'], watch: StillWatch | null) {
    this.#handle = handle;
    this.mode = mode;
    this.#watch = watch;
    this.encoding = String(this.ask('select encoding from pragma_encoding')[0]?.[0]);
  }

  /** A name of the point in time that is read. */
  get moment(): string {
    if (this.#watch !== null) return `file change counter ${this.#watch.changeCounter}`;
    return `WAL, schema version ${String(this.ask('select schema_version from pragma_schema_version')[0]?.[0])}`;
  }

  prepare(text: string): StatementSync {
    try {
      const statement = this.#handle.prepare(text);
      statement.setReadBigInts(true);
      statement.setReturnArrays(true);
      return statement;
    } catch (error) {
      throw this.#translate(error);
    }
  }

  /** All rows of a small result. */
  ask(text: string, values: SqlStatement['values'] = []): StoredValue[][] {
    const statement = this.prepare(text);
    return this.guard(() => statement.all(...asInputs(values)) as unknown as StoredValue[][]);
  }

  /** Rows one by one, as arrays, with BigInts. Return the iterator when it is not read to the end. */
  iterate({ text, values }: SqlStatement): Iterator<StoredValue[]> {
    const statement = this.prepare(text);
    return this.guard(() => statement.iterate(...asInputs(values)) as unknown as Iterator<StoredValue[]>);
  }

  /** The only row of a statement whose values are at most `bytes` long; null: one is longer. */
  askWithin(bytes: number, statement: StatementSync, values: readonly SQLInputValue[]): StoredValue[] | null {
    const { limits } = this.#handle;
    const usual = limits.length;
    limits.length = bytes;
    try {
      return statement.get(...values) as unknown as StoredValue[];
    } catch (error) {
      if (error instanceof Error && 'errcode' in error && error.errcode === TOO_BIG) return null;
      throw this.#translate(error);
    } finally {
      limits.length = usual;
    }
  }

  /** Runs what calls the library; a failure of a file that was written meanwhile is told as that. */
  guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.#translate(error);
    }
  }

  begin(): void {
    this.guard(() => this.#handle.exec('begin'));
    // BEGIN alone takes no snapshot: the first read does.
    this.ask('select count(*) from main.sqlite_schema');
  }

  /** Throws `SOURCE/CATALOG_DRIFT` when what was read since the opening may be torn. */
  verify(): void {
    this.#watch?.verify();
  }

  [Symbol.dispose](): void {
    // Closing ends an open transaction too.
    if (this.#handle.isOpen) this.#handle.close();
    this.#watch?.close();
  }

  #translate(error: unknown): Error {
    try {
      this.verify();
    } catch (drift) {
      return translateError(drift);
    }
    return translateError(error);
  }
}

const asInputs = (values: SqlStatement['values']): SQLInputValue[] => [...values];

/** Opens the file read-only and proves by a first read that it is a database. */
export function openDatabase(file: string): OpenDatabase {
  const found = inspectFile(file);
  try {
    return open(found);
  } catch (error) {
    // The last writer may have closed, and taken the WAL with it, between the look and the opening.
    const now = inspectFile(file);
    if (found.mode === 'wal' && now.mode === 'still') return open(now);
    throw error;
  }
}

function open({ path, mode }: SourceFile): OpenDatabase {
  const watch = mode === 'still' ? new StillWatch(path) : null;
  let handle: DatabaseSync | undefined;
  try {
    // The link's `?` and `#` are encoded: a file name cannot add parameters.
    handle = new DatabaseSync(`${pathToFileURL(path).href}?${MODES[mode]}`, {
      readOnly: true,
      allowExtension: false,
      enableDoubleQuotedStringLiterals: false,
      defensive: true,
      timeout: LOCK_MS,
      limits: { attach: 0 },
    });
    handle.exec('pragma query_only = 1; pragma trusted_schema = off; pragma cell_size_check = on');
    handle.prepare('select count(*) from main.sqlite_schema').get();
    handle.setAuthorizer(authorize);
    return new OpenDatabase(handle, mode, watch);
  } catch (error) {
    handle?.close();
    watch?.close();
    throw translateError(error);
  }
}
