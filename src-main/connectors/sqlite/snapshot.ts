import { bug } from '../../../src-shared/errors/app-error.ts';
import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { TableRead } from '../../../src-shared/model/table-read.ts';
import type { ReadHow, Snapshot, SnapshotFacts } from '../../ports/connector.ts';
import { checkDrift } from './check-drift.ts';
import { countRows } from './count-rows.ts';
import { openDatabase, type OpenDatabase } from './open-database.ts';
import { readRows } from './read-rows.ts';

export interface SnapshotRequest {
  readonly file: string;
  readonly reads: readonly TableRead[];
  readonly statementTimeoutMs: number;
  /** Runs when the snapshot is disposed. */
  readonly released: () => void;
}

/**
 * One read transaction on a handle of its own. Beside a WAL the library itself keeps it consistent; without one every
 * read and count ends with a proof that nobody wrote the file since the snapshot began.
 */
export function openSnapshot(request: SnapshotRequest): Snapshot {
  const db = openDatabase(request.file);
  try {
    db.begin();
    checkDrift(db, request.reads);
    db.verify();
    return new SqliteSnapshot(db, request);
  } catch (error) {
    db[Symbol.dispose]();
    throw error;
  }
}

class SqliteSnapshot implements Snapshot {
  readonly facts: SnapshotFacts;
  readonly #db: OpenDatabase;
  readonly #request: SnapshotRequest;
  #reading = false;
  #disposed = false;

  constructor(db: OpenDatabase, request: SnapshotRequest) {
    this.#db = db;
    this.#request = request;
    this.facts = { id: db.moment, unproven: request.reads.map(() => null) };
  }

  async *read(read: TableRead, { signal }: ReadHow): AsyncGenerator<RowBatch> {
    this.#begin();
    try {
      yield* readRows(this.#db, read, { signal, statementTimeoutMs: this.#request.statementTimeoutMs });
    } finally {
      this.#reading = false;
    }
  }

  async count(read: TableRead, signal: AbortSignal): Promise<number> {
    this.#begin();
    try {
      return await countRows(this.#db, read, signal);
    } finally {
      this.#reading = false;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#db[Symbol.dispose]();
    this.#request.released();
  }

  #begin(): void {
    if (this.#reading || this.#disposed) throw bug('a snapshot is read by two at once, or after its end');
    this.#reading = true;
  }
}
