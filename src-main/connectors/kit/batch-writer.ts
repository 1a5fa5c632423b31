/**
 * Writes the values a driver hands out into RowBatches, cell by cell, without a row object. A row that does not fit one
 * block, above all one with a cell over 1 MiB, leaves as fragments (docs/spec/row-batch.md §5).
 */
import { isPlainRange, PLAIN_BYTES } from '../../../src-shared/model/plain-bytes.ts';
import { CELL_CUT, CELL_NULL, CELL_PLAIN, type RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { CellForm } from '../../../src-shared/model/logical-type.ts';
import { bug } from '../../../src-shared/errors/app-error.ts';
import type { BatchPool } from './batch-pool.ts';

const SHORT = 64;
const encoder = new TextEncoder();

export class BatchWriter {
  readonly #pool: BatchPool;
  readonly #columns: number;
  readonly #ready: RowBatch[] = [];
  #batch: RowBatch;
  #column = 0;
  /** First cell and first byte of the unfinished row in `#batch`. */
  #rowCell = 0;
  #rowByte = 0;
  /** The beginning of a value that comes in parts, until it is over or known to be a long one. */
  #held: Uint8Array | null = null;
  #heldBytes = 0;
  /** Where the piece of a long value in parts begins in `#batch`; -1: no long value is open. */
  #pieceStart = -1;

  constructor(pool: BatchPool) {
    this.#pool = pool;
    this.#columns = pool.schema.columns.length;
    this.#batch = pool.take();
  }

  /** The next full batch, now the caller's; undefined: go on writing. */
  shift(): RowBatch | undefined {
    return this.#ready.shift();
  }

  /** After the last row: makes what is left available to {@link shift}. */
  finish(): void {
    if (this.#column !== 0) throw bug('the last row has too few cells');
    if (this.#batch.cells > 0) this.#ready.push(this.#batch);
    else this.#batch.release();
  }

  /** Gives all buffers back after a failure. */
  discard(): void {
    for (const batch of this.#ready.splice(0)) batch.release();
    this.#batch.release();
  }

  writeNull(): void {
    this.#cell(this.#batch.tail, this.#batch.tail, CELL_NULL);
    this.#endCell();
  }

  /** A cell from its canonical text. */
  writeText(text: string): void {
    if (text.length <= SHORT && this.#batch.tail + text.length <= this.#pool.blockBytes && this.#writeAscii(text))
      return;
    const bound = text.length * 3;
    if (bound > this.#pool.blockBytes - this.#batch.tail) return this.writeBytes(encoder.encode(text));
    const start = this.#batch.tail;
    const end = start + encoder.encodeInto(text, this.#batch.bytes.subarray(start)).written;
    this.#batch.tail = end;
    this.#cell(start, end, plainFlag(this.#batch.bytes, start, end));
    this.#endCell();
  }

  /** A cell from the bytes of its canonical text, or of a `raw` value. Copies them. */
  writeBytes(bytes: Uint8Array): void {
    if (bytes.length > this.#pool.blockBytes) return this.#writeLong(bytes);
    this.#makeRoom(bytes.length);
    const start = this.#append(bytes);
    const raw = this.#pool.schema.columns[this.#column]?.form === 'raw';
    this.#cell(start, this.#batch.tail, raw ? 0 : plainFlag(this.#batch.bytes, start, this.#batch.tail));
    this.#endCell();
  }

  /**
   * Adds to a cell that comes in parts; {@link endParts} ends it. Parts hold whole characters or pairs of hex digits. Memory
   * stays flat: what exceeds one block leaves as fragments.
   */
  writePart(bytes: Uint8Array): void {
    if (this.#pieceStart < 0) {
      if (this.#heldBytes + bytes.length <= this.#pool.blockBytes) return this.#hold(bytes);
      if (this.#batch.rows > 0) this.#splitOffRows();
      this.#makeRoom(this.#pool.blockBytes);
      this.#pieceStart = this.#batch.tail;
      if (this.#held !== null) this.#addPiece(this.#held.subarray(0, this.#heldBytes));
      this.#heldBytes = 0;
    }
    this.#addPiece(bytes);
  }

  endParts(): void {
    if (this.#pieceStart < 0) {
      const bytes = this.#held?.subarray(0, this.#heldBytes) ?? new Uint8Array(0);
      this.#heldBytes = 0;
      return this.writeBytes(bytes);
    }
    this.#cell(this.#pieceStart, this.#batch.tail, 0);
    this.#pieceStart = -1;
    this.#endCell();
  }

  #hold(bytes: Uint8Array): void {
    this.#held ??= new Uint8Array(this.#pool.blockBytes);
    this.#held.set(bytes, this.#heldBytes);
    this.#heldBytes += bytes.length;
  }

  #addPiece(bytes: Uint8Array): void {
    const form = this.#pool.schema.columns[this.#column]?.form ?? 'raw';
    for (let from = 0; from < bytes.length;) {
      const room = this.#pool.blockBytes - this.#batch.tail;
      const to = bytes.length - from <= room ? bytes.length : cutBefore(bytes, from + room, form);
      this.#append(bytes.subarray(from, to));
      from = to;
      if (from === bytes.length) return;
      this.#cell(this.#pieceStart, this.#batch.tail, CELL_CUT);
      this.#emitFragment(true);
      this.#pieceStart = this.#batch.tail;
    }
  }

  /** Short ASCII without leaving JavaScript; false (nothing written) at the first other character. */
  #writeAscii(text: string): boolean {
    const bytes = this.#batch.bytes;
    const start = this.#batch.tail;
    let plain = text.length > 0 && text.charCodeAt(0) !== 0x20 && text.charCodeAt(text.length - 1) !== 0x20;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 0x7f) return false;
      if (PLAIN_BYTES[code] === 0) plain = false;
      bytes[start + i] = code;
    }
    this.#batch.tail = start + text.length;
    this.#cell(start, this.#batch.tail, plain ? CELL_PLAIN : 0);
    this.#endCell();
    return true;
  }

  #writeLong(bytes: Uint8Array): void {
    const form = this.#pool.schema.columns[this.#column]?.form ?? 'raw';
    if (this.#batch.rows > 0) this.#splitOffRows();
    let from = 0;
    while (bytes.length - from > this.#pool.blockBytes) {
      this.#makeRoom(this.#pool.blockBytes);
      const to = cutBefore(bytes, from + this.#pool.blockBytes, form);
      const start = this.#append(bytes.subarray(from, to));
      this.#cell(start, this.#batch.tail, CELL_CUT);
      this.#emitFragment(true);
      from = to;
    }
    this.#makeRoom(bytes.length - from);
    const start = this.#append(bytes.subarray(from));
    this.#cell(start, this.#batch.tail, 0);
    this.#endCell();
  }

  #append(bytes: Uint8Array): number {
    const start = this.#batch.tail;
    this.#batch.bytes.set(bytes, start);
    this.#batch.tail = start + bytes.length;
    return start;
  }

  #cell(start: number, end: number, flags: number): void {
    const batch = this.#batch;
    const cell = batch.cells++;
    if (cell === batch.starts.length) batch.ensureCells(cell + this.#columns);
    batch.starts[cell] = start;
    batch.ends[cell] = end;
    batch.flags[cell] = flags;
  }

  #endCell(): void {
    if (++this.#column < this.#columns) return;
    const batch = this.#batch;
    this.#column = 0;
    batch.rows++;
    if (
      batch.fragment ||
      batch.tail > this.#pool.blockBytes - 256 ||
      batch.cells + this.#columns > batch.starts.length
    ) {
      this.#ready.push(batch);
      this.#batch = this.#pool.take();
    }
    this.#rowCell = this.#batch.cells;
    this.#rowByte = this.#batch.tail;
  }

  /** Makes `size` bytes (at most one block) free in the current batch, giving away what stands in the way. */
  #makeRoom(size: number): void {
    if (this.#batch.tail + size <= this.#pool.blockBytes) return;
    if (this.#batch.rows > 0) this.#splitOffRows();
    if (this.#batch.tail + size > this.#pool.blockBytes) this.#emitFragment(false);
  }

  /** Gives away the whole rows; the cells of the unfinished row move to a fresh batch. */
  #splitOffRows(): void {
    const whole = this.#batch;
    const next = this.#pool.take();
    const bytes = whole.tail - this.#rowByte;
    const cells = whole.cells - this.#rowCell;
    next.bytes.set(whole.bytes.subarray(this.#rowByte, whole.tail));
    next.ensureCells(cells);
    for (let i = 0; i < cells; i++) {
      next.starts[i] = (whole.starts[this.#rowCell + i] as number) - this.#rowByte;
      next.ends[i] = (whole.ends[this.#rowCell + i] as number) - this.#rowByte;
      next.flags[i] = whole.flags[this.#rowCell + i] as number;
    }
    next.tail = bytes;
    next.cells = cells;
    whole.cells = this.#rowCell;
    whole.tail = this.#rowByte;
    this.#ready.push(whole);
    this.#batch = next;
    this.#rowCell = 0;
    this.#rowByte = 0;
  }

  /** Gives away the cells of the unfinished row; the row goes on in a fresh fragment batch. */
  #emitFragment(cut: boolean): void {
    const batch = this.#batch;
    batch.fragment = true;
    const next = this.#pool.take();
    next.fragment = true;
    next.firstColumn = this.#column;
    next.continues = cut;
    if (batch.cells > 0) this.#ready.push(batch);
    else batch.release();
    this.#batch = next;
  }
}

function plainFlag(bytes: Uint8Array, start: number, end: number): number {
  return isPlainRange(bytes, start, end) ? CELL_PLAIN : 0;
}

/** The last position at or before `position` where a value of this form may be cut. */
function cutBefore(bytes: Uint8Array, position: number, form: CellForm): number {
  let cut = position;
  if (form === 'utf8') while (cut > 0 && ((bytes[cut] as number) & 0xc0) === 0x80) cut--;
  if (form === 'hex') cut -= cut % 2;
  return cut;
}
