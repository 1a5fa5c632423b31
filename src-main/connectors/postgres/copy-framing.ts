/** Takes rows of COPY text out of raw socket chunks: the payloads of CopyData go into blocks, one copy, no object per row. */
import type { BatchPool } from '../kit/batch-pool.ts';
import { malformed } from './copy-split.ts';
import { COPY_DATA, MESSAGE_HEADER, takeOther, type BlockSizes, type Framing, type FramingOutput } from './framing.ts';
import { RowBlocks } from './row-blocks.ts';

/** Below this a loop copies faster than a call. */
const SHORT_COPY = 48;

export class CopyFraming implements Framing {
  /** COPY text ends with its last row. */
  readonly isWhole = true;
  readonly #out: FramingOutput;
  readonly #blocks: RowBlocks;
  /** Bytes of the current row that have not arrived. */
  #rowLeft = 0;
  #long = false;
  /** The beginning of a message that a chunk's end cut off; rows only keep their header here. */
  #pending: Buffer = Buffer.alloc(0);

  constructor(pool: BatchPool, sizes: BlockSizes, out: FramingOutput) {
    this.#out = out;
    this.#blocks = new RowBlocks(pool, sizes, out);
  }

  get rows(): number {
    return this.#blocks.rows;
  }

  push(arrived: Buffer): void {
    let chunk = arrived;
    if (this.#pending.length > 0) {
      chunk = Buffer.concat([this.#pending, arrived]);
      this.#pending = Buffer.alloc(0);
    }
    let at = 0;
    while (at < chunk.length) {
      if (this.#rowLeft > 0) {
        at = this.#continueRow(chunk, at);
        continue;
      }
      if (at + MESSAGE_HEADER > chunk.length) break;
      if (chunk[at] === COPY_DATA) {
        const size = chunk.readInt32BE(at + 1) - 4;
        if (size < 0) throw malformed();
        at += MESSAGE_HEADER;
        if (size > 0) this.#beginRow(size);
        continue;
      }
      const other = takeOther(chunk, at, this.#out);
      if (other === 'ready') return;
      if (other === null) break;
      at = other;
    }
    if (at < chunk.length) this.#pending = Buffer.from(chunk.subarray(at));
  }

  flush(): void {
    this.#blocks.flush();
  }

  discard(): void {
    this.#blocks.discard();
  }

  #beginRow(size: number): void {
    this.#rowLeft = size;
    this.#long = size > this.#blocks.limit;
    if (this.#long || this.#blocks.take().tail + size > this.#blocks.limit) this.#blocks.flush();
    const block = this.#blocks.take();
    if (this.#long) this.#blocks.openPiece(block);
  }

  #continueRow(chunk: Buffer, at: number): number {
    const block = this.#blocks.next(this.#long);
    const room = this.#long ? this.#blocks.limit - block.tail : this.#rowLeft;
    const size = Math.min(room, this.#rowLeft, chunk.length - at);
    const to = block.tail;
    if (size <= SHORT_COPY) for (let i = 0; i < size; i++) block.bytes[to + i] = chunk[at + i] as number;
    else chunk.copy(block.bytes, to, at, at + size);
    block.tail = to + size;
    this.#rowLeft -= size;
    if (this.#rowLeft === 0) this.#blocks.endRow(block, this.#long);
    return at + size;
  }
}
