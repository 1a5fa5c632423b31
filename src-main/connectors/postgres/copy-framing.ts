/** Takes rows of COPY text out of raw socket chunks: the payloads of CopyData go into blocks, one copy, no object per row. */
import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { BatchPool } from '../kit/batch-pool.ts';
import { PIECE_HEADROOM } from './copy-split-long.ts';
import { malformed } from './copy-split.ts';
import { COPY_DATA, MESSAGE_HEADER, takeOther, type BlockSizes, type Framing, type FramingOutput } from './framing.ts';

/** Below this a loop copies faster than a call. */
const SHORT_COPY = 48;

export class CopyFraming implements Framing {
  rows = 0;
  /** COPY text ends with its last row. */
  readonly isWhole = true;
  readonly #pool: BatchPool;
  readonly #limit: number;
  readonly #rowsAtMost: number;
  readonly #bytesAtMost: number;
  readonly #out: FramingOutput;
  #block: RowBatch | null = null;
  /** Bytes of the current row that have not arrived. */
  #rowLeft = 0;
  #long = false;
  /** The beginning of a message that a chunk's end cut off; rows only keep their header here. */
  #pending: Buffer = Buffer.alloc(0);

  constructor(pool: BatchPool, { blockBytes, pieces }: BlockSizes, out: FramingOutput) {
    this.#pool = pool;
    this.#limit = blockBytes;
    this.#rowsAtMost = pieces?.rows ?? Infinity;
    this.#bytesAtMost = pieces?.bytes ?? Infinity;
    this.#out = out;
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
    if (this.#block !== null && this.#block.rows > 0) this.#give();
  }

  discard(): void {
    this.#block?.release();
    this.#block = null;
  }

  #beginRow(size: number): void {
    this.#rowLeft = size;
    this.#long = size > this.#limit;
    if (this.#block !== null && (this.#long || this.#block.tail + size > this.#limit)) this.flush();
    this.#block ??= this.#pool.take();
    if (this.#long) this.#openPiece(this.#block);
  }

  #openPiece(block: RowBatch): void {
    block.fragment = true;
    block.tail = PIECE_HEADROOM;
  }

  #continueRow(chunk: Buffer, at: number): number {
    let block = this.#block ?? this.#pool.take();
    if (this.#long && block.tail >= this.#limit) {
      this.#give();
      block = this.#pool.take();
      this.#openPiece(block);
    }
    this.#block = block;
    const room = this.#long ? this.#limit - block.tail : this.#rowLeft;
    const size = Math.min(room, this.#rowLeft, chunk.length - at);
    const to = block.tail;
    if (size <= SHORT_COPY) for (let i = 0; i < size; i++) block.bytes[to + i] = chunk[at + i] as number;
    else chunk.copy(block.bytes, to, at, at + size);
    block.tail = to + size;
    this.#rowLeft -= size;
    if (this.#rowLeft === 0) this.#endRow(block);
    return at + size;
  }

  #endRow(block: RowBatch): void {
    this.rows++;
    block.rows++;
    if (this.#long || block.rows >= this.#rowsAtMost || block.tail >= this.#bytesAtMost) this.#give();
  }

  #give(): void {
    const block = this.#block;
    this.#block = null;
    if (block !== null) this.#out.block(block);
  }
}
