import { CELL_CUT, CELL_ESCAPED, unescapeInto, type RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { ByteSink } from '../../ports/byte-sink.ts';
import { characterStart } from '../kit/character-start.ts';
import type { Utf8Output } from '../kit/utf8-output.ts';
import { writeHex } from '../kit/write-hex.ts';
import { Base64Pieces } from './base64-pieces.ts';
import { JsonCheck } from '../../../src-shared/model/json-check.ts';
import { isJsonNumber } from './json-number.ts';
import { ESCAPED_BYTE_MAX, writeStringPiece } from './json-string.ts';
import type { ValueMode } from './value-mode.ts';

const QUOTE = 0x22;
const PIECE_BYTES = 16 * 1024;
const ROOM = 16;
/** Numbers JSON has no number for (row-batch.md §4). */
const UNNUMBERED = ['NaN', 'Infinity', '-Infinity'].map((text) => Buffer.from(text));

/** Why a value cannot stand in a line. */
export type ValueFault = 'not a number' | 'not JSON';

interface ValuePart {
  readonly mode: ValueMode;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** Writes one value, whole or fragment by fragment. */
export class ValueWriter {
  readonly #output: Utf8Output;
  readonly #modes: readonly ValueMode[];
  readonly #json = new JsonCheck();
  readonly #base64 = new Base64Pieces();
  #unescaped = new Uint8Array(256);
  #decoded = new Uint8Array(256);

  /** `modes` by column. */
  constructor(output: Utf8Output, modes: readonly ValueMode[]) {
    this.#output = output;
    this.#modes = modes;
  }

  /** Writes a cell that is not NULL, or a fragment of one. What is wrong with it, or null: it is written. */
  write(batch: RowBatch, cell: number, out: ByteSink): ValueFault | null {
    const part: ValuePart = {
      mode: this.#modes[(batch.firstColumn + cell) % this.#modes.length] ?? 'string',
      isFirst: !(batch.continues && cell === 0),
      isLast: ((batch.flags[cell] as number) & CELL_CUT) === 0,
    };
    const source = this.#plainBytes(batch, cell);
    this.#output.room(out, ROOM);
    if (part.mode === 'json') return this.#embed(source, part, out);
    if (part.mode === 'literal' || (part.mode === 'number' && isJsonNumber(source, 0, source.length))) {
      this.#copy(source, out);
      return null;
    }
    if (part.mode === 'number' && !UNNUMBERED.some((text) => text.equals(source))) return 'not a number';
    if (part.isFirst) {
      out.bytes[out.length++] = QUOTE;
      this.#base64.begin();
    }
    this.#inString(source, part, out);
    if (part.isLast) out.bytes[out.length++] = QUOTE;
    return null;
  }

  #plainBytes(batch: RowBatch, cell: number): Uint8Array {
    const start = batch.starts[cell] as number;
    const end = batch.ends[cell] as number;
    if (((batch.flags[cell] as number) & CELL_ESCAPED) === 0) return batch.bytes.subarray(start, end);
    if (this.#unescaped.length < end - start) this.#unescaped = new Uint8Array(2 * (end - start));
    return this.#unescaped.subarray(0, unescapeInto(batch.bytes, start, end, this.#unescaped, 0));
  }

  #copy(source: Uint8Array, out: ByteSink): void {
    this.#output.room(out, source.length + ROOM);
    out.bytes.set(source, out.length);
    out.length += source.length;
  }

  /** Leaves {@link ROOM} bytes free. */
  #inString(source: Uint8Array, { mode, isLast }: ValuePart, out: ByteSink): void {
    for (let start = 0; start < source.length;) {
      const limit = Math.min(source.length, start + PIECE_BYTES);
      const end = mode === 'string' ? characterStart(source, limit, source.length) : limit;
      this.#output.room(out, ESCAPED_BYTE_MAX * (end - start) + ROOM);
      const piece = source.subarray(start, end);
      if (mode === 'rawHex') {
        writeHex(piece, out.bytes, out.length);
        out.length += 2 * piece.length;
      } else if (mode === 'rawBase64') out.length = this.#base64.put(piece, out.bytes, out.length);
      else if (mode === 'hexBase64') out.length = this.#base64.put(this.#fromHex(piece), out.bytes, out.length);
      else {
        const text = { bytes: piece, start: 0, end: piece.length, escaped: false };
        out.length = writeStringPiece(text, out.bytes, out.length);
      }
      start = end;
    }
    if (isLast) out.length = this.#base64.end(out.bytes, out.length);
  }

  #fromHex(digits: Uint8Array): Uint8Array {
    const size = digits.length / 2;
    if (this.#decoded.length < size) this.#decoded = new Uint8Array(2 * size);
    for (let i = 0; i < size; i++) {
      this.#decoded[i] = (nibble(digits[2 * i] as number) << 4) | nibble(digits[2 * i + 1] as number);
    }
    return this.#decoded.subarray(0, size);
  }

  #embed(source: Uint8Array, { isFirst, isLast }: ValuePart, out: ByteSink): ValueFault | null {
    if (isFirst) this.#json.begin();
    for (let start = 0; start < source.length;) {
      const end = characterStart(source, Math.min(source.length, start + PIECE_BYTES), source.length);
      this.#output.room(out, end - start + ROOM);
      const at = this.#json.copy(source.subarray(start, end), out.bytes, out.length);
      if (at < 0) return 'not JSON';
      out.length = at;
      start = end;
    }
    return isLast && !this.#json.isWhole() ? 'not JSON' : null;
  }
}

function nibble(digit: number): number {
  return digit <= 0x39 ? digit - 0x30 : (digit | 0x20) - 0x57;
}
