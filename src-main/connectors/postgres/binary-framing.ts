/**
 * Takes rows of COPY BINARY out of raw socket chunks. Rows keep the headers of their messages, so that all whole rows of a
 * chunk go into a block in one copy; what stands around them (signature, flags, extension, the end mark) is taken off.
 * https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format"
 */
import { LONG_CELL_BYTES } from '../../../src-shared/model/row-batch.ts';
import type { BatchPool } from '../kit/batch-pool.ts';
import { malformed } from './copy-split.ts';
import { COPY_DATA, MESSAGE_HEADER, takeOther, type BlockSizes, type Framing, type FramingOutput } from './framing.ts';
import { RowBlocks } from './row-blocks.ts';

/** A longer row travels in pieces: written out, with two characters for a byte, one of its cells could be a long one. */
export const LONG_BINARY_ROW = LONG_CELL_BYTES / 2;
const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
/** The signature, the flags, the length of the extension. */
const HEAD_BYTES = SIGNATURE.length + 8;
/** Flags of which a reader must know the meaning. */
const CRITICAL_FLAGS = 0xffff0000;
const EXTENSION_AT_MOST = 64 * 1024;
/** -1 in place of the number of cells. */
const END_BYTES = 2;
/** The number of cells, and the length of one. */
const ROW_AT_LEAST = 6;

export class BinaryFraming implements Framing {
  readonly #out: FramingOutput;
  readonly #blocks: RowBlocks;
  #state: 'head' | 'rows' | 'end' = 'head';
  /** Bytes of the current row that have not arrived. */
  #rowLeft = 0;
  #long = false;
  #pending: Buffer = Buffer.alloc(0);

  constructor(pool: BatchPool, sizes: BlockSizes, out: FramingOutput) {
    this.#out = out;
    this.#blocks = new RowBlocks(pool, sizes, out);
  }

  get rows(): number {
    return this.#blocks.rows;
  }

  get isWhole(): boolean {
    return this.#state === 'end';
  }

  push(arrived: Buffer): void {
    const chunk = this.#pending.length === 0 ? arrived : Buffer.concat([this.#pending, arrived]);
    this.#pending = Buffer.alloc(0);
    let at = 0;
    while (at < chunk.length) {
      if (this.#rowLeft > 0) {
        at = this.#continueRow(chunk, at);
        continue;
      }
      if (at + MESSAGE_HEADER > chunk.length) break;
      if (chunk[at] === COPY_DATA) {
        const next = this.#takeData(chunk, at);
        if (next === at) break;
        at = next;
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

  /** Takes one message or more; returns `at` when what has arrived is too short to tell. */
  #takeData(chunk: Buffer, at: number): number {
    const size = chunk.readInt32BE(at + 1) - 4;
    if (size < 0) throw malformed();
    if (this.#state === 'head') return this.#takeHead(chunk, at, size);
    if (size === END_BYTES) return this.#takeEnd(chunk, at, at + MESSAGE_HEADER);
    const next = this.#takeWholeRows(chunk, at);
    if (next > at) return next;
    this.#beginRow(size);
    return at + MESSAGE_HEADER;
  }

  #takeHead(chunk: Buffer, at: number, size: number): number {
    const head = at + MESSAGE_HEADER;
    if (size < HEAD_BYTES) throw malformed();
    if (head + HEAD_BYTES > chunk.length) return at;
    const flags = chunk.readUInt32BE(head + SIGNATURE.length);
    const extension = chunk.readUInt32BE(head + SIGNATURE.length + 4);
    const isSigned = chunk.subarray(head, head + SIGNATURE.length).equals(SIGNATURE);
    const left = size - HEAD_BYTES - extension;
    if (!isSigned || (flags & CRITICAL_FLAGS) !== 0 || extension > EXTENSION_AT_MOST || left < 0) throw malformed();
    const body = head + HEAD_BYTES + extension;
    if (left === END_BYTES) return this.#takeEnd(chunk, at, body);
    if (body > chunk.length) return at;
    this.#state = 'rows';
    if (left > 0) this.#beginRow(left);
    return body;
  }

  #takeEnd(chunk: Buffer, at: number, body: number): number {
    if (body + END_BYTES > chunk.length) return at;
    if (this.#state === 'end' || chunk.readInt16BE(body) !== -1) throw malformed();
    this.#state = 'end';
    return body + END_BYTES;
  }

  /** All short rows that have arrived whole, in one copy for each block. */
  #takeWholeRows(chunk: Buffer, start: number): number {
    if (this.#state !== 'rows') throw malformed();
    let from = start;
    let at = start;
    let rows = 0;
    let block = this.#blocks.take();
    const copy = (): void => {
      chunk.copy(block.bytes, block.tail, from, at);
      block.tail += at - from;
      block.rows += rows;
      this.#blocks.rows += rows;
      from = at;
      rows = 0;
    };
    while (at + MESSAGE_HEADER <= chunk.length && chunk[at] === COPY_DATA) {
      const end = at + 1 + chunk.readInt32BE(at + 1);
      const size = end - at - MESSAGE_HEADER;
      if (size < ROW_AT_LEAST || size > LONG_BINARY_ROW || end > chunk.length) break;
      if (block.tail + end - from > this.#blocks.limit) {
        copy();
        this.#blocks.flush();
        block = this.#blocks.take();
      }
      at = end;
      rows++;
      if (this.#blocks.isEnough(block.rows + rows, block.tail + at - from)) {
        copy();
        this.#blocks.give();
        block = this.#blocks.take();
      }
    }
    copy();
    return at;
  }

  #beginRow(size: number): void {
    if (size < ROW_AT_LEAST || this.#state !== 'rows') throw malformed();
    this.#rowLeft = size;
    this.#long = size > LONG_BINARY_ROW;
    if (this.#long || this.#blocks.take().tail + MESSAGE_HEADER + size > this.#blocks.limit) this.#blocks.flush();
    const block = this.#blocks.take();
    if (this.#long) return this.#blocks.openPiece(block);
    block.bytes[block.tail] = COPY_DATA;
    new DataView(block.bytes.buffer, block.bytes.byteOffset).setUint32(block.tail + 1, size + 4);
    block.tail += MESSAGE_HEADER;
  }

  #continueRow(chunk: Buffer, at: number): number {
    const block = this.#blocks.next(this.#long);
    const room = this.#long ? this.#blocks.limit - block.tail : this.#rowLeft;
    const size = Math.min(room, this.#rowLeft, chunk.length - at);
    chunk.copy(block.bytes, block.tail, at, at + size);
    block.tail += size;
    this.#rowLeft -= size;
    if (this.#rowLeft === 0) this.#blocks.endRow(block, this.#long);
    return at + size;
  }
}
