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
  /** The snapshot ends in the middle of a read: nothing more can be said on this connection. */
  abandon(): void;
  /** Ends the transaction, if there still is one. Does not reject. */
  end(): Promise<void>;
}

/** A snapshot that is read by one at a time and ends once; `released` runs when it has ended. */
export class HeldSnapshot implements Snapshot {
  readonly facts: SnapshotFacts;
  readonly #work: SnapshotWork;
  readonly #released: () => void;
  #reading = false;
  #disposed = false;

  constructor(work: SnapshotWork, released: () => void) {
    this.facts = work.facts;
    this.#work = work;
    this.#released = released;
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
    if (this.#reading) this.#work.abandon();
    await this.#work.end();
    this.#released();
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
