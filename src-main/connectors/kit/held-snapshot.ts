import { bug } from '../../../src-shared/errors/app-error.ts';
import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { ReadColumn, TableRead } from '../../../src-shared/model/table-read.ts';
import type { CutHow, ReadHow, Snapshot, SnapshotFacts } from '../../ports/connector.ts';

/** What a product does for an open snapshot; never called twice at once. */
export interface SnapshotWork {
  readonly facts: SnapshotFacts;
  read(read: TableRead, how: ReadHow): AsyncIterable<RowBatch>;
  count(read: TableRead, signal: AbortSignal): Promise<number>;
  /** Absent: this product's tables are not cut. */
  cut?(read: TableRead, key: readonly ReadColumn[], how: CutHow): Promise<readonly string[] | null>;
  /** The snapshot ends in the middle of a read, or of a run: nothing more is said on this connection. */
  abandon(): void;
  /** Ends the transaction, if there still is one. Does not reject. */
  end(): Promise<void>;
}

export interface Holding {
  /** Of the work that the snapshot is for. */
  readonly signal: AbortSignal;
  /** Runs when it has ended. */
  readonly released: () => void;
}

/** A snapshot that is read by one at a time and ends once. After a cancellation nobody waits for the server at its end. */
export class HeldSnapshot implements Snapshot {
  readonly facts: SnapshotFacts;
  readonly #work: SnapshotWork;
  readonly #holding: Holding;
  #reading = false;
  #disposed = false;

  constructor(work: SnapshotWork, holding: Holding) {
    this.facts = work.facts;
    this.#work = work;
    this.#holding = holding;
  }

  async *read(read: TableRead, how: ReadHow): AsyncGenerator<RowBatch> {
    this.#begin();
    try {
      yield* this.#work.read(read, how);
    } finally {
      this.#reading = false;
    }
  }

  count(read: TableRead, signal: AbortSignal): Promise<number> {
    return this.#alone(() => this.#work.count(read, signal));
  }

  cut(read: TableRead, key: readonly ReadColumn[], how: CutHow): Promise<readonly string[] | null> {
    return this.#alone(async () => (await this.#work.cut?.(read, key, how)) ?? null);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    if (this.#reading || this.#holding.signal.aborted) this.#work.abandon();
    await this.#work.end();
    this.#holding.released();
  }

  async #alone<T>(work: () => Promise<T>): Promise<T> {
    this.#begin();
    try {
      return await work();
    } finally {
      this.#reading = false;
    }
  }

  #begin(): void {
    if (this.#reading || this.#disposed) throw bug('a snapshot is read by two at once, or after its end');
    this.#reading = true;
  }
}
