import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import { LONG_CELL_BYTES } from '../../../src-shared/model/row-batch.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import { decimalText, floatText } from '../kit/number-text.ts';
import type { StoredValue } from './cell-writers.ts';
import { SEPARATOR, type GroupedColumn, type Marks, type TextProof } from './grouped-columns.ts';

const MARK = 0x02;
const NULL = 0xfb;
const TWO_BYTES = 0xfc;
const THREE_BYTES = 0xfd;
/** Of the size that stands before a cell, at most. */
const SIZE_BYTES = 4;
const DECIMAL = /^-?\d+(?:\.\d+)?$/;

/** Texts of a group of rows, separated, and the REALs among them. */
export interface Group {
  readonly rows: number;
  readonly text: Uint8Array;
  /** Asks for the values of the columns that may hold REALs, by row. */
  readonly reals: () => readonly (readonly StoredValue[])[];
}

/** Makes counted cells (row-batch.md §7) of the texts of groups. */
export class CountedCells {
  readonly #columns: readonly GroupedColumn[];
  readonly #ofNull: Uint8Array;
  readonly #ofReal: Uint8Array;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  /** Where the next value begins, and where its cell will. */
  #at = 0;
  #out = 0;

  constructor(columns: readonly GroupedColumn[], { ofNull, ofReal }: Marks) {
    this.#columns = columns;
    this.#ofNull = new TextEncoder().encode(ofNull);
    this.#ofReal = new TextEncoder().encode(ofReal);
  }

  /** Writes the rows into an empty batch. False: they are not all exact, or a row is too long; the batch holds nothing then. */
  write(group: Group, batch: RowBatch): boolean {
    const { rows, text } = group;
    batch.reserve(text.length + rows * this.#columns.length * SIZE_BYTES);
    this.#at = 0;
    this.#out = 0;
    // More values than columns have: one of them holds a separator.
    if (text.at(-1) !== SEPARATOR || !this.#rows(group, batch) || this.#at !== text.length) {
      batch.clear();
      return false;
    }
    batch.tail = this.#out;
    batch.rows = rows;
    return true;
  }

  #rows({ rows, text, reals }: Group, batch: RowBatch): boolean {
    let asked: readonly (readonly StoredValue[])[] | null = null;
    for (let row = 0; row < rows; row++) {
      const start = this.#at;
      let real = 0;
      for (const column of this.#columns) {
        if (this.#at >= text.length) return false;
        const place = column.mayHoldReal ? real++ : 0;
        if (text[this.#at] === MARK && startsWith(text, this.#at, this.#ofNull)) this.#putNull(batch.bytes);
        else if (column.mayHoldReal && text[this.#at] === MARK && startsWith(text, this.#at, this.#ofReal)) {
          const value = (asked ??= reals())[row]?.[place];
          if (!this.#putReal(batch, typeof value === 'number' ? realText(value, column.proof) : null)) return false;
        } else {
          const from = this.#at;
          this.#copy(text, batch.bytes);
          if (column.proof !== 'none' && !this.#isProven(column.proof, text.subarray(from, this.#at - 1))) return false;
        }
      }
      if (this.#at - start > LONG_CELL_BYTES) return false;
    }
    return true;
  }

  #putNull(bytes: Uint8Array): void {
    bytes[this.#out++] = NULL;
    this.#at += this.#ofNull.length + 1;
  }

  /** In place of its mark. */
  #putReal(batch: RowBatch, text: string | null): boolean {
    if (text === null) return false;
    const bytes = utf8(`${text}\u0001`);
    // What is reserved for the marks is less than their texts may need; room for what is still to come stays behind.
    const behind = batch.tail - this.#out - this.#ofReal.length;
    batch.tail = this.#out;
    batch.reserve(behind + bytes.length + SIZE_BYTES);
    const next = this.#at + this.#ofReal.length + 1;
    this.#at = 0;
    this.#copy(bytes, batch.bytes);
    this.#at = next;
    return true;
  }

  /** Scans and copies in one go: values are short. A separator is known to come. */
  #copy(text: Uint8Array, bytes: Uint8Array): void {
    let at = this.#at;
    let to = this.#out + 1;
    for (let byte = text[at++]; byte !== SEPARATOR; byte = text[at++]) bytes[to++] = byte as number;
    const size = to - this.#out - 1;
    if (size < NULL) bytes[this.#out] = size;
    else {
      const width = size < 0x1_0000 ? 2 : 3;
      bytes.copyWithin(this.#out + 1 + width, this.#out + 1, to);
      bytes[this.#out] = width === 2 ? TWO_BYTES : THREE_BYTES;
      for (let i = 0; i < width; i++) bytes[this.#out + 1 + i] = (size >> (8 * i)) & 0xff;
      to += width;
    }
    this.#at = at;
    this.#out = to;
  }

  #isProven(proof: TextProof, text: Uint8Array): boolean {
    if (proof !== 'json' && isInteger(text)) return true;
    if (proof === 'integer') return false;
    if (proof === 'decimal') return DECIMAL.test(this.#decoder.decode(text));
    try {
      JSON.parse(this.#decoder.decode(text));
      return true;
    } catch {
      return false; // the parser's message quotes the text
    }
  }
}

/** With the separator behind it. */
function startsWith(text: Uint8Array, at: number, mark: Uint8Array): boolean {
  if (text[at + mark.length] !== SEPARATOR) return false;
  for (let i = 0; i < mark.length; i++) if (text[at + i] !== mark[i]) return false;
  return true;
}

function isInteger(text: Uint8Array): boolean {
  const first = text[0] === 0x2d ? 1 : 0;
  for (let i = first; i < text.length; i++) if ((text[i] as number) < 0x30 || (text[i] as number) > 0x39) return false;
  return first < text.length;
}

/** The canonical text of a REAL in such a column; null: it has none there. */
function realText(value: number, proof: TextProof): string | null {
  if (proof === 'decimal') return decimalText(value);
  return proof === 'json' && !Number.isFinite(value) ? null : floatText(value);
}
