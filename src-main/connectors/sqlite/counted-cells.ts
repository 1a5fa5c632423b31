import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import { LONG_CELL_BYTES } from '../../../src-shared/model/row-batch.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import { decimalText, floatText } from '../kit/number-text.ts';
import type { StoredValue } from './cell-writers.ts';
import { SeparatorFinder } from './find-separators.ts';
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

/** Shorter runs are copied here, without a call. */
const SHORT_RUN = 48;

/**
 * Makes counted cells (row-batch.md §7) of the texts of groups. The separator before a value becomes its size, in place: most
 * of a text goes over in runs of many cells at once.
 */
export class CountedCells {
  readonly #columns: readonly GroupedColumn[];
  readonly #ofNull: Uint8Array;
  readonly #ofReal: Uint8Array;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  readonly #separators = new SeparatorFinder(SEPARATOR);
  #text: Uint8Array = new Uint8Array();
  /** What the sizes of all cells take at most. */
  #sizes = 0;
  /** Where the run begins that is still to be copied: with the size of a cell. And where it will go. */
  #run = 0;
  #out = 0;

  constructor(columns: readonly GroupedColumn[], { ofNull, ofReal }: Marks) {
    this.#columns = columns;
    this.#ofNull = new TextEncoder().encode(ofNull);
    this.#ofReal = new TextEncoder().encode(ofReal);
  }

  /**
   * Writes the rows into an empty batch, and over the text. False: they are not all exact, or a row is too long; the batch
   * holds nothing then.
   */
  write(group: Group, batch: RowBatch): boolean {
    const { rows, text } = group;
    this.#sizes = rows * this.#columns.length * SIZE_BYTES;
    batch.reserve(text.length + this.#sizes);
    this.#text = text;
    this.#run = -1;
    this.#out = 0;
    // More or fewer values than the rows have: one of them holds a separator.
    const ends = this.#separators.find(text, rows * this.#columns.length);
    if (ends === null || text.at(-1) !== SEPARATOR || !this.#rows(group, ends, batch)) {
      batch.clear();
      return false;
    }
    this.#flush(text.length - 1, batch.bytes);
    batch.tail = this.#out;
    batch.rows = rows;
    return true;
  }

  /** False: they are not exact. */
  #rows({ rows, reals }: Group, ends: Uint32Array, batch: RowBatch): boolean {
    const asked = once(reals);
    let cell = 0;
    let at = 0;
    for (let row = 0; row < rows; row++) {
      const start = at;
      let real = 0;
      for (const column of this.#columns) {
        const end = ends[cell++] as number;
        const place = column.mayHoldReal ? real++ : 0;
        const mark = this.#text[at] === MARK ? this.#markAt(at, end, column) : null;
        if (mark === 'null') this.#putNull(at, end, batch.bytes);
        else if (mark === 'real') {
          const value = asked()[row]?.[place];
          const spelled = typeof value === 'number' ? realText(value, column.proof) : null;
          if (spelled === null) return false;
          this.#putReal(spelled, { at, end, batch });
        } else {
          if (column.proof !== 'none' && !this.#isProven(column.proof, at, end)) return false;
          if (end - at < NULL) this.#putSize(at, end - at, batch.bytes);
          else this.#putLong(at, end, batch.bytes);
        }
        at = end + 1;
      }
      if (at - start > LONG_CELL_BYTES) return false;
    }
    return true;
  }

  #markAt(at: number, end: number, column: GroupedColumn): 'null' | 'real' | null {
    if (isMark(this.#text, { at, end, mark: this.#ofNull })) return 'null';
    return column.mayHoldReal && isMark(this.#text, { at, end, mark: this.#ofReal }) ? 'real' : null;
  }

  /** Into the place of the separator before the value; there is none before the first. */
  #putSize(at: number, size: number, bytes: Uint8Array): void {
    if (at > 0) this.#text[at - 1] = size;
    else {
      bytes[this.#out++] = size;
      this.#run = 0;
    }
  }

  #putNull(at: number, end: number, bytes: Uint8Array): void {
    this.#flush(at - 1, bytes);
    bytes[this.#out++] = NULL;
    this.#run = end;
  }

  #putLong(at: number, end: number, bytes: Uint8Array): void {
    this.#flush(at - 1, bytes);
    this.#putCell(this.#text.subarray(at, end), bytes);
    this.#run = end;
  }

  /** In place of its mark. */
  #putReal(spelled: string, { at, end, batch }: { at: number; end: number; batch: RowBatch }): void {
    this.#flush(at - 1, batch.bytes);
    const bytes = utf8(spelled);
    // What is reserved for the mark may be less than its text needs; room for what is still to come stays behind.
    batch.tail = this.#out;
    batch.reserve(SIZE_BYTES + bytes.length + this.#text.length - end + this.#sizes);
    this.#putCell(bytes, batch.bytes);
    this.#run = end;
  }

  #putCell(value: Uint8Array, bytes: Uint8Array): void {
    const size = value.length;
    if (size < NULL) bytes[this.#out++] = size;
    else {
      const width = size < 0x1_0000 ? 2 : 3;
      bytes[this.#out++] = width === 2 ? TWO_BYTES : THREE_BYTES;
      for (let i = 0; i < width; i++) bytes[this.#out++] = (size >> (8 * i)) & 0xff;
    }
    bytes.set(value, this.#out);
    this.#out += size;
  }

  /** The cells up to here, with the sizes that stand before them. */
  #flush(end: number, bytes: Uint8Array): void {
    const text = this.#text;
    const from = this.#run;
    const length = end - from;
    if (length <= 0) return;
    if (length > SHORT_RUN) bytes.set(text.subarray(from, end), this.#out);
    else for (let i = 0; i < length; i++) bytes[this.#out + i] = text[from + i] as number;
    this.#out += length;
  }

  #isProven(proof: TextProof, at: number, end: number): boolean {
    if (proof !== 'json' && isInteger(this.#text, at, end)) return true;
    if (proof === 'integer') return false;
    const text = this.#decoder.decode(this.#text.subarray(at, end));
    if (proof === 'decimal') return DECIMAL.test(text);
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false; // the parser's message quotes the text
    }
  }
}

function once<T>(ask: () => T): () => T {
  let answer: { readonly is: T } | null = null;
  return () => (answer ??= { is: ask() }).is;
}

function isMark(text: Uint8Array, { at, end, mark }: { at: number; end: number; mark: Uint8Array }): boolean {
  if (end - at !== mark.length) return false;
  for (let i = 0; i < mark.length; i++) if (text[at + i] !== mark[i]) return false;
  return true;
}

function isInteger(text: Uint8Array, at: number, end: number): boolean {
  const first = text[at] === 0x2d ? at + 1 : at;
  for (let i = first; i < end; i++) if ((text[i] as number) < 0x30 || (text[i] as number) > 0x39) return false;
  return first < end;
}

/** The canonical text of a REAL in such a column; null: it has none there. */
function realText(value: number, proof: TextProof): string | null {
  if (proof === 'decimal') return decimalText(value);
  return proof === 'json' && !Number.isFinite(value) ? null : floatText(value);
}
