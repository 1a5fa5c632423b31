/**
 * A row of COPY BINARY that is longer than its block allows, as COPY text: pieces go in, text comes out in portions, so that
 * a long cell is never held whole. What splits long rows of COPY text then splits these too, by the same rules.
 */
import type { CellEncoding } from '../../ports/kernel.ts';
import { VALUE_BYTES, valueText } from './binary-values.ts';
import { malformed } from './copy-split.ts';
import { EscapedText } from './escaped-text.ts';

const NULL_CELL = Buffer.from('\\N');
const HEX_CELL = Buffer.from('\\\\x');
const JSONB_VERSION = 1;
/** The longest numeric is shorter. */
const VALUE_AT_MOST = 128 * 1024;
/** How much of a cell is written at once. */
const STEP_BYTES = 128 * 1024;

export class BinaryLongRow {
  readonly #encodings: readonly CellEncoding[];
  readonly #isUtc: readonly boolean[];
  readonly #out = new EscapedText();
  /** Of the next value, what has arrived. */
  #kept = Buffer.alloc(0);
  /** -1: the number of cells comes next. */
  #column = -1;
  /** Bytes of the open text or bytes that are still to come. */
  #left = 0;

  constructor(encodings: readonly CellEncoding[], isUtc: readonly boolean[]) {
    this.#encodings = encodings;
    this.#isUtc = isUtc;
  }

  /** The text of a piece in portions, each void when the next is asked for; `last`: the row ends with this piece. */
  *textOf(piece: Uint8Array, last: boolean): Generator<Uint8Array> {
    const bytes = Buffer.concat([this.#kept, piece]);
    this.#kept = Buffer.alloc(0);
    for (let at = 0; ;) {
      const next = this.#step(bytes, at);
      if (next === null) {
        this.#kept = Buffer.from(bytes.subarray(at));
        break;
      }
      at = next;
      // The end of the row stays for the last portion.
      if (this.#out.isFull && at < bytes.length) yield this.#out.take();
    }
    if (last) this.#end();
    yield this.#out.take();
  }

  #end(): void {
    if (this.#column !== this.#encodings.length || this.#left > 0 || this.#kept.length > 0) throw malformed();
    this.#column = -1;
  }

  /** Takes one thing and returns the position behind; null: more must come first. */
  #step(bytes: Buffer, at: number): number | null {
    if (this.#left > 0) return this.#goOn(bytes, at);
    if (this.#column < 0) {
      if (at + 2 > bytes.length) return null;
      if (bytes.readInt16BE(at) !== this.#encodings.length) throw malformed();
      this.#column = 0;
      return at + 2;
    }
    const encoding = this.#encodings[this.#column];
    if (at + 4 > bytes.length) return null;
    // More than the columns have.
    if (encoding === undefined) throw malformed();
    const size = bytes.readInt32BE(at);
    const start = at + 4;
    if (size < -1) throw malformed();
    if (size === -1) this.#out.plain(NULL_CELL);
    else if (encoding === 'text' || encoding === 'json' || encoding === 'bytes') {
      return this.#open(bytes, { start, size, encoding });
    } else {
      const wanted = VALUE_BYTES[encoding];
      if (size > VALUE_AT_MOST || (wanted !== null && size !== wanted)) throw malformed();
      if (start + size > bytes.length) return null;
      const view = new DataView(bytes.buffer, bytes.byteOffset + start, size);
      this.#out.plain(Buffer.from(valueText(encoding, { view, utc: this.#isUtc[this.#column] === true })));
    }
    this.#endCell();
    return size === -1 ? start : start + size;
  }

  #open(
    bytes: Buffer,
    { start, size, encoding }: { start: number; size: number; encoding: 'text' | 'json' | 'bytes' },
  ): number | null {
    if (size > 0 && start >= bytes.length) return null;
    const skipped = encoding === 'json' && size > 0 && bytes[start] === JSONB_VERSION ? 1 : 0;
    if (encoding === 'bytes') this.#out.plain(HEX_CELL);
    this.#left = size - skipped;
    if (this.#left === 0) this.#endCell();
    return start + skipped;
  }

  #goOn(bytes: Buffer, at: number): number | null {
    if (at >= bytes.length) return null;
    const end = Math.min(bytes.length, at + this.#left, at + STEP_BYTES);
    if (this.#encodings[this.#column] === 'bytes') this.#out.hex(bytes, at, end);
    else this.#out.text(bytes, at, end);
    this.#left -= end - at;
    if (this.#left === 0) this.#endCell();
    return end;
  }

  #endCell(): void {
    this.#column++;
    this.#out.endCell(this.#column === this.#encodings.length);
  }
}
