/** Between the driver's answer and who reads it: batches in the order of the rows, and no more of them than are asked for. */
import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { ReadColumn, TableRead } from '../../../src-shared/model/table-read.ts';
import { BatchPool } from '../kit/batch-pool.ts';
import { BatchWriter } from '../kit/batch-writer.ts';
import { batchSchema } from './batch-schema.ts';

const BLOCK_BYTES = 1024 * 1024;
const BLOCK_CELLS = 16_384;
/** Batches that wait for their reader before the wire is left alone. */
const READY_AT_MOST = 2;

export class RowFeed {
  readonly columns: readonly ReadColumn[];
  /** What is read, for messages. */
  readonly source: string;
  readonly writer: BatchWriter;
  /** Rows that were read to their end. */
  rows = 0;
  /** Runs once when nobody wants the rows any more: the server is told then. */
  onUnwanted: () => void = () => undefined;
  #ready: RowBatch[] = [];
  /** Nobody wants the rows any more: what still comes is thrown away. */
  #isDiscarding = false;
  #failure: Error | null = null;
  #ended = false;
  #changed = Promise.withResolvers<void>();

  constructor({ source, columns }: Pick<TableRead, 'source' | 'columns'>) {
    this.columns = columns;
    this.source = source.kind === 'table' ? `${source.table.namespace}.${source.table.name}` : 'the query';
    this.writer = new BatchWriter(new BatchPool(batchSchema(columns), { blockBytes: BLOCK_BYTES, cells: BLOCK_CELLS }));
  }

  /** The next batch, the caller's; null: there are no more. */
  async next(): Promise<RowBatch | null> {
    for (;;) {
      const batch = this.#ready.shift();
      if (batch !== undefined) {
        this.#change();
        return batch;
      }
      if (this.#ended && this.#failure !== null) throw this.#failure;
      if (this.#ended) return null;
      await this.#changed.promise;
    }
  }

  /** Takes what the writer has finished. True: there is no room for more until somebody reads. */
  collect(): boolean {
    const before = this.#ready.length;
    this.#take();
    if (this.#ready.length !== before) this.#change();
    return this.#ready.length >= READY_AT_MOST && !this.#isDiscarding;
  }

  /** Settles when there is room for more. */
  async room(): Promise<void> {
    while (this.collect()) await this.#changed.promise;
  }

  /** A value cannot be carried: the read fails with `error`, and the rest is not wanted. */
  fail(error: Error): void {
    if (this.#isDiscarding) return;
    this.#failure ??= error;
    this.discard();
  }

  discard(): void {
    if (this.#isDiscarding || this.#ended) return;
    this.#isDiscarding = true;
    for (const batch of this.#ready.splice(0)) batch.release();
    this.#change();
    this.onUnwanted();
  }

  get isUnwanted(): boolean {
    return this.#isDiscarding;
  }

  /** The answer is over, with the failure it ended in. */
  end(failure: Error | null): void {
    if (this.#ended) return;
    this.#failure ??= failure;
    if (this.#failure === null && !this.#isDiscarding) this.writer.finish();
    else this.writer.discard();
    this.#ended = true;
    this.#take();
    this.#change();
  }

  #take(): void {
    for (let batch = this.writer.shift(); batch !== undefined; batch = this.writer.shift()) {
      if (this.#isDiscarding) batch.release();
      else this.#ready.push(batch);
    }
  }

  #change(): void {
    const { resolve } = this.#changed;
    this.#changed = Promise.withResolvers<void>();
    resolve();
  }
}
