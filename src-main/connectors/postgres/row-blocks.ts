import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { BatchPool } from '../kit/batch-pool.ts';
import { PIECE_HEADROOM } from './copy-split-long.ts';
import type { BlockSizes, FramingOutput } from './framing.ts';

/** The blocks that rows of a read are gathered in, one after the other. */
export class RowBlocks {
  /** Rows whose last byte has arrived. */
  rows = 0;
  /** What a block holds, bytes. */
  readonly limit: number;
  /** The block that is being filled; null: none is. */
  open: RowBatch | null = null;
  readonly #pool: BatchPool;
  readonly #rowsAtMost: number;
  readonly #bytesAtMost: number;
  readonly #out: FramingOutput;

  constructor(pool: BatchPool, { blockBytes, pieces }: BlockSizes, out: FramingOutput) {
    this.#pool = pool;
    this.limit = blockBytes;
    this.#rowsAtMost = pieces?.rows ?? Infinity;
    this.#bytesAtMost = pieces?.bytes ?? Infinity;
    this.#out = out;
  }

  /** The open block, or a new one. */
  take(): RowBatch {
    return (this.open ??= this.#pool.take());
  }

  /** Makes an empty block one piece of a long row. */
  openPiece(block: RowBatch): void {
    block.fragment = true;
    block.tail = PIECE_HEADROOM;
  }

  /** The block that the next bytes of a row go into; a long row goes on in a new piece when one is full. */
  next(isLong: boolean): RowBatch {
    if (isLong && this.open !== null && this.open.tail >= this.limit) this.give();
    if (this.open !== null) return this.open;
    const block = this.take();
    if (isLong) this.openPiece(block);
    return block;
  }

  /** So many rows and bytes are enough for a block. */
  isEnough(rows: number, bytes: number): boolean {
    return rows >= this.#rowsAtMost || bytes >= this.#bytesAtMost;
  }

  /** The last byte of a row is in the block. */
  endRow(block: RowBatch, isLong: boolean): void {
    this.rows++;
    block.rows++;
    if (isLong || this.isEnough(block.rows, block.tail)) this.give();
  }

  give(): void {
    const block = this.open;
    this.open = null;
    if (block !== null) this.#out.block(block);
  }

  /** Gives out a block that is not full. */
  flush(): void {
    if (this.open !== null && this.open.rows > 0) this.give();
  }

  /** Gives the unfinished block back to the pool. */
  discard(): void {
    this.open?.release();
    this.open = null;
  }
}
