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
/** The longest text of a REAL, as a decimal number, is a little shorter. */
const REAL_BYTES = 400;
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

  constructor(columns: readonly GroupedColumn[], { ofNull, ofReal }: Marks) {
    this.#columns = columns;
    this.#ofNull = new TextEncoder().encode(ofNull);
    this.#ofReal = new TextEncoder().encode(ofReal);
  }

  /** Writes the rows into an empty batch. False: they are not all exact, or a row is too long; the batch holds nothing then. */
  write({ rows, text, reals }: Group, batch: RowBatch): boolean {
    const cells = rows * this.#columns.length;
    batch.reserve(text.length + cells * SIZE_BYTES);
    let at = 0;
    let out = 0;
    let asked: readonly (readonly StoredValue[])[] | null = null;
    for (let row = 0; row < rows; row++) {
      const start = at;
      let real = 0;
      for (const { proof, mayHoldReal } of this.#columns) {
        const stop = endOf(text, at);
        if (stop < 0) return giveUp(batch);
        const place = mayHoldReal ? real++ : 0;
        const isMark = text[at] === MARK && stop - at === this.#ofNull.length;
        if (isMark && equals(text, at, this.#ofNull)) batch.bytes[out++] = NULL;
        else if (isMark && mayHoldReal && equals(text, at, this.#ofReal)) {
          const value = (asked ??= reals())[row]?.[place];
          const written = typeof value === 'number' ? realText(value, proof) : null;
          if (written === null) return giveUp(batch);
          // The text is longer than what stands for it.
          if (out + REAL_BYTES + text.length - stop + cells * SIZE_BYTES > batch.bytes.length) {
            batch.tail = out;
            batch.reserve(2 * (text.length + cells * SIZE_BYTES));
          }
          const bytes = utf8(written);
          out = putCell(batch.bytes, bytes, { at: 0, stop: bytes.length, out });
        } else {
          const isSure = proof === 'none' || (proof !== 'json' && isInteger(text, at, stop));
          if (!isSure && !this.#isProven(proof, text.subarray(at, stop))) return giveUp(batch);
          out = putCell(batch.bytes, text, { at, stop, out });
        }
        at = stop + 1;
      }
      if (at - start > LONG_CELL_BYTES) return giveUp(batch);
    }
    // More values than columns have: one of them holds a separator.
    if (at !== text.length) return giveUp(batch);
    batch.tail = out;
    batch.rows = rows;
    return true;
  }

  /** Of what is no integer, or JSON. */
  #isProven(proof: TextProof, text: Uint8Array): boolean {
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

function giveUp(batch: RowBatch): false {
  batch.clear();
  return false;
}

/** Where the separator behind the value is; -1: there is none. */
function endOf(text: Uint8Array, at: number): number {
  for (let i = at; i < text.length; i++) if (text[i] === SEPARATOR) return i;
  return -1;
}

function equals(text: Uint8Array, at: number, mark: Uint8Array): boolean {
  for (let i = 0; i < mark.length; i++) if (text[at + i] !== mark[i]) return false;
  return true;
}

function isInteger(text: Uint8Array, at: number, stop: number): boolean {
  const first = text[at] === 0x2d ? at + 1 : at;
  for (let i = first; i < stop; i++) if ((text[i] as number) < 0x30 || (text[i] as number) > 0x39) return false;
  return first < stop;
}

/** The canonical text of a REAL in such a column; null: it has none there. */
function realText(value: number, proof: TextProof): string | null {
  if (proof === 'decimal') return decimalText(value);
  return proof === 'json' && !Number.isFinite(value) ? null : floatText(value);
}

/** A copy byte by byte is the faster one for what is short. */
const SHORT_BYTES = 48;

function putCell(
  bytes: Uint8Array,
  text: Uint8Array,
  { at, stop, out }: { readonly at: number; readonly stop: number; readonly out: number },
): number {
  const size = stop - at;
  let to = out;
  if (size < NULL) bytes[to++] = size;
  else {
    bytes[to++] = size < 0x1_0000 ? TWO_BYTES : THREE_BYTES;
    bytes[to++] = size & 0xff;
    bytes[to++] = (size >> 8) & 0xff;
    if (size >= 0x1_0000) bytes[to++] = size >> 16;
  }
  if (size <= SHORT_BYTES) for (let i = at; i < stop; i++) bytes[to++] = text[i] as number;
  else {
    bytes.set(text.subarray(at, stop), to);
    to += size;
  }
  return to;
}
