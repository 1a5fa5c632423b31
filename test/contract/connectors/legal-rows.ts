import { expect } from 'vitest';
import { isPlainRange } from '../../../src-shared/model/plain-bytes.ts';
import {
  CELL_CUT,
  CELL_ESCAPED,
  CELL_NULL,
  CELL_PLAIN,
  LONG_CELL_BYTES,
  unescapeInto,
  type RowBatch,
} from '../../../src-shared/model/row-batch.ts';

const KNOWN = CELL_NULL | CELL_ESCAPED | CELL_PLAIN | CELL_CUT;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** One cell of a batch, checked against docs/spec/row-batch.md §2 to §4. */
interface Piece {
  readonly isNull: boolean;
  readonly isCut: boolean;
  readonly text: string;
  /** Bytes of the range, as it stands in the arena. */
  readonly range: number;
}

/** Puts batches together to rows of canonical text, and fails on whatever row-batch.md does not allow. */
export class LegalRows {
  readonly rows: (string | null)[][] = [];
  fragments = 0;
  cuts = 0;
  #row: (string | null)[] = [];
  #openText: string[] = [];
  #openRange = 0;

  /** Takes a batch in; it is the caller's to release. */
  add(batch: RowBatch): void {
    const width = batch.schema.columns.length;
    expect(batch.tail).toBeLessThanOrEqual(batch.bytes.length);
    if (batch.fragment) this.#checkFragment(batch, width);
    else this.#checkWhole(batch, width);
    for (let cell = 0; cell < batch.cells; cell++) {
      const column = (batch.firstColumn + cell) % width;
      const piece = pieceOf(batch, cell, column);
      if (piece.isCut) expect([batch.fragment, cell]).toEqual([true, batch.cells - 1]);
      this.#take(piece, batch.fragment);
      if (!batch.fragment && column === width - 1) this.#endRow();
    }
    if (batch.fragment && batch.rows === 1) {
      expect(this.#row).toHaveLength(width);
      this.#endRow();
    }
  }

  /** All rows; nothing may be left half done. */
  finish(): (string | null)[][] {
    expect([this.#row.length, this.#openText.length]).toEqual([0, 0]);
    return this.rows;
  }

  #checkWhole(batch: RowBatch, width: number): void {
    expect([this.#row.length, batch.continues, batch.firstColumn]).toEqual([0, false, 0]);
    expect(batch.cells).toBe(batch.rows * width);
  }

  #checkFragment(batch: RowBatch, width: number): void {
    this.fragments++;
    expect(batch.cells).toBeGreaterThan(0);
    expect([0, 1]).toContain(batch.rows);
    expect(batch.firstColumn).toBe(this.#row.length);
    expect(batch.firstColumn + batch.cells).toBeLessThanOrEqual(width);
    expect(batch.continues).toBe(this.#openText.length > 0);
  }

  #take({ isNull, isCut, text, range }: Piece, fragment: boolean): void {
    const goesOn = this.#openText.length > 0;
    if (isCut) {
      this.cuts++;
      expect(range).toBeGreaterThan(0);
      this.#openText.push(text);
      this.#openRange += range;
      return;
    }
    if (!fragment) expect(range).toBeLessThanOrEqual(LONG_CELL_BYTES);
    if (goesOn) {
      expect([isNull, range > 0]).toEqual([false, true]);
      // A value of 1 MiB or less is never cut.
      expect(this.#openRange + range).toBeGreaterThan(LONG_CELL_BYTES);
    }
    this.#row.push(isNull ? null : [...this.#openText, text].join(''));
    this.#openText = [];
    this.#openRange = 0;
  }

  #endRow(): void {
    this.rows.push(this.#row);
    this.#row = [];
  }
}

function pieceOf(batch: RowBatch, cell: number, columnIndex: number): Piece {
  const flags = batch.flags[cell] ?? 0xff;
  const form = batch.schema.columns[columnIndex]?.form;
  const [start, end] = [batch.starts[cell] ?? -1, batch.ends[cell] ?? -1];
  expect(flags & ~KNOWN).toBe(0);
  if ((flags & CELL_NULL) !== 0) {
    expect(flags).toBe(CELL_NULL);
    return { isNull: true, isCut: false, text: '', range: 0 };
  }
  expect(start >= 0 && start <= end && end <= batch.tail).toBe(true);
  if ((flags & CELL_PLAIN) !== 0) {
    expect(flags).toBe(CELL_PLAIN);
    expect([form === 'raw', isPlainRange(batch.bytes, start, end)]).toEqual([false, true]);
  }
  const plain = plainBytes(batch, cell);
  if (form === 'ascii' || form === 'hex') expect(plain.every((byte) => byte < 0x80)).toBe(true);
  if (form === 'hex') expect([plain.length % 2, /^[0-9a-f]*$/.test(plain.toString('latin1'))]).toEqual([0, true]);
  const text = form === 'raw' ? plain.toString('hex') : utf8.decode(plain);
  return { isNull: false, isCut: (flags & CELL_CUT) !== 0, text, range: end - start };
}

/** A copy without escapes, whatever happens to the arena later. */
function plainBytes(batch: RowBatch, cell: number): Buffer {
  const range = Buffer.from(batch.bytes.subarray(batch.starts[cell], batch.ends[cell]));
  if (((batch.flags[cell] ?? 0) & CELL_ESCAPED) === 0) return range;
  expect(batch.schema.escape).toBe('backslash');
  // An odd number of backslashes at the end is half an escape sequence.
  expect((/\\*$/.exec(range.toString('latin1'))?.[0].length ?? 0) % 2).toBe(0);
  const plain = Buffer.alloc(range.length);
  return plain.subarray(0, unescapeInto(range, 0, range.length, plain, 0));
}

/** Rows of a read, each batch checked and released. */
export async function legalRows(batches: AsyncIterable<RowBatch>): Promise<(string | null)[][]> {
  const rows = new LegalRows();
  for await (const batch of batches) {
    rows.add(batch);
    batch.release();
  }
  return rows.finish();
}
