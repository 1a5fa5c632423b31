/**
 * Turns the payload of one row, which arrives in pieces that end anywhere, into fragment batches (row-batch.md §5). A
 * cell of up to 1 MiB is never cut, so a fragment ends before a cell that does not fit, or inside a longer one.
 */
import { CELL_CUT, CELL_NULL, LONG_CELL_BYTES, type RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { BatchPool } from '../kit/batch-pool.ts';
import { malformed } from './malformed.ts';
import { finishCell } from './respell.ts';

/** A long cell begins in a fragment only where at least so much of it fits. */
const WORTH_BEGINNING = 4096;

export class LongRow {
  readonly #pool: BatchPool;
  readonly #finishes: Uint8Array;
  readonly #emit: (batch: RowBatch) => void;
  #batch: RowBatch;
  #column = 0;
  readonly #prefix = new Uint8Array(9);
  #prefixBytes = 0;
  /** Bytes of the cell at hand still to come; -1: its length comes next. */
  #left = -1;
  #start = 0;

  constructor(pool: BatchPool, finishes: Uint8Array, emit: (batch: RowBatch) => void) {
    this.#pool = pool;
    this.#finishes = finishes;
    this.#emit = emit;
    this.#batch = this.#fresh();
  }

  write(bytes: Uint8Array, from: number, to: number): void {
    let at = from;
    while (at < to) {
      if (this.#left < 0) {
        this.#prefixByte(bytes[at++] as number);
        continue;
      }
      const size = Math.min(this.#left, to - at, this.#room());
      this.#batch.bytes.set(bytes.subarray(at, at + size), this.#batch.tail);
      this.#batch.tail += size;
      this.#left -= size;
      at += size;
      if (this.#left === 0) this.#endCell();
      else if (this.#room() === 0) this.#cut();
    }
  }

  /** The row's last packet is over. */
  end(): void {
    if (this.#column !== this.#finishes.length || this.#left >= 0 || this.#prefixBytes > 0) throw malformed();
    this.#batch.rows = 1;
    this.#emit(this.#batch);
  }

  release(): void {
    this.#batch.release();
  }

  #fresh(): RowBatch {
    const batch = this.#pool.take();
    batch.fragment = true;
    batch.firstColumn = this.#column;
    return batch;
  }

  #room(): number {
    return this.#pool.blockBytes - this.#batch.tail;
  }

  #prefixByte(byte: number): void {
    if (this.#column >= this.#finishes.length) throw malformed();
    this.#prefix[this.#prefixBytes++] = byte;
    const first = this.#prefix[0] as number;
    if (first === 0xfb) return this.#null();
    if (first === 0xff) throw malformed();
    const width = first < 0xfb ? 0 : first === 0xfe ? 8 : first - 0xfa;
    if (this.#prefixBytes <= width) return;
    let size = first;
    if (width > 0) {
      size = 0;
      for (let i = width; i > 0; i--) size = size * 256 + (this.#prefix[i] as number);
    }
    this.#prefixBytes = 0;
    this.#beginCell(size);
  }

  #null(): void {
    this.#prefixBytes = 0;
    this.#add(this.#batch.tail, this.#batch.tail, CELL_NULL);
    this.#column++;
  }

  #beginCell(size: number): void {
    const needed = size <= LONG_CELL_BYTES ? size : WORTH_BEGINNING;
    if (needed + 1 > this.#room()) {
      this.#emit(this.#batch);
      this.#batch = this.#fresh();
    }
    // One byte before each cell, for finishCell.
    this.#start = ++this.#batch.tail;
    this.#left = size;
    if (size === 0) this.#endCell();
  }

  #endCell(): void {
    const batch = this.#batch;
    const cell = this.#add(this.#start, batch.tail, 0);
    if (!(batch.continues && cell === 0)) finishCell(batch, cell, this.#finishes[this.#column] as number);
    this.#left = -1;
    this.#column++;
  }

  /** The block is full inside a cell: what belongs to a torn character moves on. */
  #cut(): void {
    const full = this.#batch;
    const isText = this.#pool.schema.columns[this.#column]?.form === 'utf8';
    const end = isText ? wholeCharacters(full.bytes, this.#start, full.tail) : full.tail;
    this.#add(this.#start, end, CELL_CUT);
    const torn = full.bytes.subarray(end, full.tail);
    const next = this.#fresh();
    next.continues = true;
    next.bytes.set(torn, 0);
    next.tail = torn.length;
    this.#start = 0;
    full.tail = end;
    this.#emit(full);
    this.#batch = next;
  }

  #add(start: number, end: number, flag: number): number {
    const batch = this.#batch;
    const cell = batch.cells++;
    batch.ensureCells(batch.cells);
    batch.starts[cell] = start;
    batch.ends[cell] = end;
    batch.flags[cell] = flag;
    return cell;
  }
}

/** The last position up to `end` that tears no UTF-8 character; `end` itself where the bytes are not UTF-8. */
function wholeCharacters(bytes: Uint8Array, start: number, end: number): number {
  let lead = end - 1;
  while (lead > start && end - lead < 4 && ((bytes[lead] as number) & 0xc0) === 0x80) lead--;
  const first = bytes[lead] as number;
  const size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
  return lead + size > end && lead > start ? lead : end;
}
