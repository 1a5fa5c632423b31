/**
 * Splits a row longer than a block, which arrives in pieces, into fragment batches. A piece ends anywhere; a cut never
 * falls inside an escape sequence, a UTF-8 character or a pair of hex digits: what would be torn is carried to the front
 * of the next piece. A cell that is not long so far is carried whole, so that only long cells are ever cut.
 */
import {
  CELL_CUT,
  CELL_ESCAPED,
  CELL_NULL,
  CELL_PLAIN,
  LONG_CELL_BYTES,
  type BatchSchema,
  type RowBatch,
} from '../../../src-shared/model/row-batch.ts';
import { isPlainRange } from '../../../src-shared/model/plain-bytes.ts';
import {
  appendBooleans,
  BYTE_CLASS,
  malformed,
  RESPELL,
  respellCell,
  respellings,
  STOP_BACKSLASH,
  STOP_NEWLINE,
} from './copy-split.ts';

/** Of a cell that was cut before, a rest this short waits for the next piece. */
const SHORT_REST = 64;
/** Where the bytes of a piece begin in its batch. */
export const PIECE_HEADROOM = 128;
const BACKSLASH = 0x5c;

export class LongRowSplitter {
  readonly #respell: Uint8Array;
  #carry = new Uint8Array(PIECE_HEADROOM);
  #carried = 0;
  #column = 0;
  /** The last cell given out goes on. */
  #cut = false;

  constructor(schema: BatchSchema) {
    this.#respell = respellings(schema);
  }

  /** Splits the piece `bytes[PIECE_HEADROOM, tail)`; `last`: the row ends here. The batch may stay without cells. */
  split(batch: RowBatch, last: boolean): void {
    let at = this.#prepend(batch);
    const booleansAt = this.#respell.includes(RESPELL.boolean) ? appendBooleans(batch) : batch.tail;
    const end = booleansAt;
    // Looked at once per byte of values of a gigabyte.
    const { bytes } = batch;
    const [classes, backslash] = [BYTE_CLASS, STOP_BACKSLASH];
    batch.fragment = true;
    batch.firstColumn = this.#column;
    batch.continues = this.#cut;
    batch.rows = last ? 1 : 0;
    while (at < end) {
      const start = at;
      let escaped = false;
      let stop = 0;
      while (at < end && (stop = classes[bytes[at] as number] as number) <= backslash) {
        if (stop === backslash) {
          escaped = true;
          at++;
        }
        at++;
      }
      if (at >= end) {
        this.#openCell(batch, start, end, escaped);
        break;
      }
      this.#wholeCell(batch, start, at, { escaped, booleansAt });
      at++;
      if ((stop === STOP_NEWLINE) !== (this.#column === this.#respell.length)) throw malformed();
      if (stop === STOP_NEWLINE && !(last && at === end)) throw malformed();
    }
    if (last) this.#endRow();
  }

  /** Puts what was carried before the piece and returns where it begins. */
  #prepend(batch: RowBatch): number {
    const carried = this.#carried;
    this.#carried = 0;
    const shift = Math.max(0, carried - PIECE_HEADROOM);
    if (shift > 0) {
      const { tail } = batch;
      batch.reserve(shift);
      batch.bytes.copyWithin(PIECE_HEADROOM + shift, PIECE_HEADROOM, tail);
    }
    const at = PIECE_HEADROOM + shift - carried;
    batch.bytes.set(this.#carry.subarray(0, carried), at);
    return at;
  }

  #endRow(): void {
    if (this.#column !== this.#respell.length || this.#cut || this.#carried > 0) throw malformed();
    this.#column = 0;
  }

  #wholeCell(batch: RowBatch, start: number, end: number, found: { escaped: boolean; booleansAt: number }): void {
    const continued = this.#cut;
    const kind = this.#respell[this.#column] as number;
    const isNull =
      !continued && end - start === 2 && batch.bytes[start] === BACKSLASH && batch.bytes[start + 1] === 0x4e;
    let flag = found.escaped ? CELL_ESCAPED : 0;
    if (isNull) flag = CELL_NULL;
    else if (!continued && flag === 0 && isPlainRange(batch.bytes, start, end)) flag = CELL_PLAIN;
    const cell = this.#add(batch, start, end, flag);
    if (kind !== RESPELL.none && !isNull && !continued) respellCell(batch, cell, kind, found.booleansAt);
    this.#cut = false;
    this.#column++;
  }

  /** The piece ends inside this cell. */
  #openCell(batch: RowBatch, start: number, end: number, escaped: boolean): void {
    if (this.#column >= this.#respell.length) throw malformed();
    if (end - start <= (this.#cut ? SHORT_REST : LONG_CELL_BYTES)) return this.#carryFrom(batch, start, end);
    const isBytes = this.#respell[this.#column] === RESPELL.bytes;
    const from = isBytes && !this.#cut ? start + 3 : start;
    // Something always stays for the next piece: a fragment is never empty, even when the cell ends here.
    const to = isBytes ? end - 2 + ((end - from) % 2) : wholeCharacters(batch.bytes, start, end - 1);
    const cell = this.#add(batch, start, to, CELL_CUT | (escaped && !isBytes ? CELL_ESCAPED : 0));
    if (isBytes && !this.#cut) {
      respellCell(batch, cell, RESPELL.bytes, 0);
      batch.flags[cell] = CELL_CUT;
    }
    this.#carryFrom(batch, to, end);
    this.#cut = true;
  }

  #add(batch: RowBatch, start: number, end: number, flag: number): number {
    const cell = batch.cells++;
    batch.ensureCells(batch.cells);
    batch.starts[cell] = start;
    batch.ends[cell] = end;
    batch.flags[cell] = flag;
    return cell;
  }

  #carryFrom(batch: RowBatch, start: number, end: number): void {
    if (end - start > this.#carry.length) this.#carry = new Uint8Array(LONG_CELL_BYTES);
    this.#carry.set(batch.bytes.subarray(start, end));
    this.#carried = end - start;
  }
}

/** The last position up to `end` that tears neither a UTF-8 character nor an escape sequence. */
function wholeCharacters(bytes: Uint8Array, start: number, end: number): number {
  let cut = end;
  if ((bytes[cut - 1] as number) >= 0x80) {
    cut--;
    while (cut > start && ((bytes[cut] as number) & 0xc0) === 0x80) cut--;
  }
  let slashes = 0;
  while (cut - slashes > start && bytes[cut - slashes - 1] === BACKSLASH) slashes++;
  return cut - (slashes % 2);
}
