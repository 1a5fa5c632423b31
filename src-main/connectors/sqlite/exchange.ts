import { bug, type AppError } from '../../../src-shared/errors/app-error.ts';
import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { BatchPool } from '../kit/batch-pool.ts';

type Outcome = { readonly value: unknown } | { readonly error: AppError };

/** One task under way: the batches that came and were not pulled yet, and how it ended. Nothing but an answer ends it well. */
export class Exchange {
  readonly id: number;
  /** Settles, never with an error, when the reader is free for another task or dead. */
  readonly over: Promise<void>;
  readonly #pool: BatchPool | null;
  readonly #batches: RowBatch[] = [];
  readonly #end: () => void;
  #outcome: Outcome | undefined;
  #isAbandoned = false;
  #wake: (() => void) | undefined;

  constructor(id: number, pool: BatchPool | null) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.id = id;
    this.over = promise;
    this.#end = resolve;
    this.#pool = pool;
  }

  get isOver(): boolean {
    return this.#outcome !== undefined;
  }

  take(tail: number): RowBatch {
    if (this.#pool === null) throw bug('the reader process sent rows that nobody asked for');
    const batch = this.#pool.take();
    batch.reserve(tail);
    return batch;
  }

  deliver(batch: RowBatch): void {
    if (this.#isAbandoned) batch.release();
    else this.#batches.push(batch);
    this.#wake?.();
  }

  settle(outcome: Outcome): void {
    this.#outcome ??= outcome;
    if ('error' in this.#outcome) this.#drop();
    this.#wake?.();
    this.#end();
  }

  /** Nobody pulls any more: what is here and what still comes is dropped. */
  abandon(): void {
    this.#isAbandoned = true;
    this.#drop();
  }

  /** The next batch, now the caller's; null: the read is over and whole. */
  async next(): Promise<RowBatch | null> {
    for (;;) {
      const batch = this.#batches.shift();
      if (batch !== undefined) return batch;
      if (this.#outcome !== undefined) break;
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      await promise;
    }
    if ('error' in this.#outcome) throw this.#outcome.error;
    return null;
  }

  async answer(): Promise<unknown> {
    await this.over;
    if (this.#outcome === undefined) throw bug('a task was over without an outcome');
    if ('error' in this.#outcome) throw this.#outcome.error;
    return this.#outcome.value;
  }

  #drop(): void {
    for (const batch of this.#batches.splice(0)) batch.release();
  }
}
