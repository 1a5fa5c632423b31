import { RowBatch, type BatchSchema } from '../../../src-shared/model/row-batch.ts';
import { releaseMemory } from '../../../src-shared/util/release-memory.ts';
import { bug } from '../../../src-shared/errors/app-error.ts';

export interface PoolSizes {
  readonly blockBytes: number;
  /** Cells a fresh batch has room for. */
  readonly cells: number;
}

const FREE_AT_MOST = 6;

/** Batches of one schema, used again after their release. Memory is bounded by the batches in flight. */
export class BatchPool {
  readonly schema: BatchSchema;
  readonly blockBytes: number;
  readonly #cells: number;
  readonly #free: RowBatch[] = [];
  #isClosed = false;

  constructor(schema: BatchSchema, sizes: PoolSizes) {
    this.schema = schema;
    this.blockBytes = sizes.blockBytes;
    this.#cells = sizes.cells;
  }

  /** An empty batch; the caller owns it and must release it, or hand it on to an owner who does. */
  take(): RowBatch {
    const used = this.#free.pop();
    if (used === undefined) {
      return new RowBatch(this.schema, new Uint8Array(this.blockBytes), {
        cells: this.#cells,
        owner: (batch) => this.#give(batch),
      });
    }
    used.clear();
    return used;
  }

  /** Nothing more is taken. What is free, and what comes back from now on, gives its memory back at once. */
  close(): void {
    this.#isClosed = true;
    for (const { bytes } of this.#free.splice(0)) releaseMemory(bytes);
  }

  #give(batch: RowBatch): void {
    if (this.#isClosed) return releaseMemory(batch.bytes);
    if (this.#free.includes(batch)) throw bug('a batch was released twice');
    if (this.#free.length >= FREE_AT_MOST) return;
    // What masks appended may have made the arena grow; one huge batch must not stay for the whole run.
    if (batch.bytes.length > this.blockBytes * 4) batch.bytes = new Uint8Array(this.blockBytes);
    this.#free.push(batch);
  }
}
