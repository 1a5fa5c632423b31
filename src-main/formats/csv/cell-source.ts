import { CELL_ESCAPED, unescapeInto, type RowBatch } from '../../../src-shared/model/row-batch.ts';
import { writeHex } from '../kit/write-hex.ts';
import type { CsvColumn, CsvLayout } from './csv-layout.ts';

const LETTER_T = 0x54;
const LETTER_Z = 0x5a;
const LETTER_t = 0x74;

/**
 * The text of one cell as a byte range: in place where the canonical text is what the profile wants, else converted into
 * a buffer that is used again for the next cell.
 */
export class CellSource {
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  escaped = false;
  readonly #layout: CsvLayout;
  #converted = new Uint8Array(256);
  #unescaped = new Uint8Array(256);

  constructor(layout: CsvLayout) {
    this.#layout = layout;
  }

  /** `isFirst`: the cell is whole, or the first fragment of a long one. */
  load(batch: RowBatch, cell: number, column: CsvColumn, isFirst: boolean): void {
    this.bytes = batch.bytes;
    this.start = batch.starts[cell] as number;
    this.end = batch.ends[cell] as number;
    this.escaped = ((batch.flags[cell] as number) & CELL_ESCAPED) !== 0;
    if (column.mode === 'safe' || column.mode === 'text') return;
    this.unescape();
    if (column.mode === 'boolean') this.#constant();
    else if (column.mode === 'timestamp') this.#timestamp(column.utc);
    else this.#bytes(column.mode === 'raw', isFirst);
  }

  /** Replaces the range by its unescaped bytes. */
  unescape(): void {
    if (!this.escaped) return;
    const size = this.end - this.start;
    if (this.#unescaped.length < size) this.#unescaped = new Uint8Array(size * 2);
    this.end = unescapeInto(this.bytes, this.start, this.end, this.#unescaped, 0);
    this.bytes = this.#unescaped;
    this.start = 0;
    this.escaped = false;
  }

  #constant(): void {
    const { trueText, falseText } = this.#layout;
    this.#take(this.bytes[this.start] === LETTER_t ? trueText : falseText);
  }

  #take(text: Uint8Array): void {
    this.bytes = text;
    this.start = 0;
    this.end = text.length;
  }

  // row-batch.md §4: only the separator is a `T`, only the zone is a `Z`; `infinity` and ` BC` have neither.
  #timestamp(utc: boolean): void {
    const { profile, utcSuffix } = this.#layout;
    const to = this.#room(this.end - this.start + utcSuffix.length);
    let at = 0;
    for (let i = this.start; i < this.end; i++) {
      const byte = this.bytes[i] as number;
      if (byte === LETTER_Z && utc) {
        to.set(utcSuffix, at);
        at += utcSuffix.length;
      } else to[at++] = byte === LETTER_T ? profile.timestampSeparator.charCodeAt(0) : byte;
    }
    this.bytes = to;
    this.start = 0;
    this.end = at;
  }

  #bytes(isRaw: boolean, isFirst: boolean): void {
    const prefix = isFirst ? this.#layout.bytesPrefix : new Uint8Array(0);
    const size = (this.end - this.start) * (isRaw ? 2 : 1);
    const to = this.#room(prefix.length + size);
    const source = this.bytes.subarray(this.start, this.end);
    to.set(prefix, 0);
    if (isRaw) writeHex(source, to, prefix.length);
    else to.set(source, prefix.length);
    this.bytes = to;
    this.start = 0;
    this.end = prefix.length + size;
  }

  #room(size: number): Uint8Array {
    if (this.#converted.length < size) this.#converted = new Uint8Array(size * 2);
    return this.#converted;
  }
}
