import { bug } from '../../../src-shared/errors/app-error.ts';
import type { Catalog } from '../../../src-shared/model/catalog.ts';
import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { SecretText } from '../../../src-shared/model/secret-text.ts';
import type { ReadColumn, TableRead } from '../../../src-shared/model/table-read.ts';
import type { OpenContext, ServerFacts, Session, Snapshot } from '../../ports/connector.ts';
import { throwIfAborted } from '../kit/abort.ts';
import { countRows } from './count-rows.ts';
import { describeColumns } from './describe-columns.ts';
import { openDatabase, type OpenDatabase } from './open-database.ts';
import type { SqliteOptions } from './options.ts';
import { readCatalog } from './read-catalog.ts';
import { readFacts } from './read-facts.ts';
import { readRows } from './read-rows.ts';
import { openSnapshot } from './snapshot.ts';

/** Proves that the file can be read. */
export async function openSession(
  { file }: SqliteOptions,
  _password: SecretText | null,
  { signal, statementTimeoutMs }: OpenContext,
): Promise<Session> {
  throwIfAborted(signal);
  using db = openDatabase(file);
  db.verify();
  return new SqliteSession(file, statementTimeoutMs);
}

/**
 * Each operation has a handle of its own: whether a WAL is there may change between two of them, and so may the file
 * under a handle that was promised it would not.
 */
class SqliteSession implements Session {
  readonly #file: string;
  readonly #statementTimeoutMs: number;
  #busy = false;

  constructor(file: string, statementTimeoutMs: number) {
    this.#file = file;
    this.#statementTimeoutMs = statementTimeoutMs;
  }

  facts(signal: AbortSignal): Promise<ServerFacts> {
    return this.#once(signal, (db) => readFacts(db, this.#file));
  }

  catalog(filter: { readonly namespace?: string }, signal: AbortSignal): Promise<Catalog> {
    return this.#once(signal, (db) => readCatalog(db, filter.namespace ?? null));
  }

  describe(sql: string, params: TableRead['params'], signal: AbortSignal): Promise<readonly ReadColumn[]> {
    return this.#once(signal, (db) => describeColumns(db, { sql, params }));
  }

  count(read: TableRead, signal: AbortSignal): Promise<number> {
    return this.#once(signal, (db) => countRows(db, read, signal));
  }

  async *preview(read: TableRead, signal: AbortSignal): AsyncGenerator<RowBatch> {
    this.#take();
    try {
      using db = openDatabase(this.#file);
      db.begin();
      yield* readRows(db, read, { signal, statementTimeoutMs: this.#statementTimeoutMs });
    } finally {
      this.#busy = false;
    }
  }

  async snapshot(reads: readonly TableRead[], signal: AbortSignal): Promise<Snapshot> {
    throwIfAborted(signal);
    this.#take();
    const released = (): void => {
      this.#busy = false;
    };
    try {
      return openSnapshot({ file: this.#file, reads, statementTimeoutMs: this.#statementTimeoutMs, released });
    } catch (error) {
      released();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Nothing is held between operations.
  }

  /** Work in a short read transaction, proven not to be torn. */
  async #once<T>(signal: AbortSignal, work: (db: OpenDatabase) => T | Promise<T>): Promise<T> {
    throwIfAborted(signal);
    this.#take();
    try {
      using db = openDatabase(this.#file);
      db.begin();
      const result = await work(db);
      db.verify();
      return result;
    } finally {
      this.#busy = false;
    }
  }

  #take(): void {
    if (this.#busy) throw bug('a session is used by two at once');
    this.#busy = true;
  }
}
