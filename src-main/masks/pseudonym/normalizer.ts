import { appError } from '../../../src-shared/errors/app-error.ts';
import { fromUtf8 } from '../../../src-shared/util/utf8.ts';
import type { PlainCell } from '../kit/plain-cell.ts';

export type Normalization = 'nfc' | 'trim' | 'lower';

const encoder = new TextEncoder();
const A = 0x41;
const Z = 0x5a;

/** Normalises what a cell window shows (docs/spec/pseudonym.md §4): always in the order nfc, trim, lower. */
export class Normalizer {
  readonly #steps: ReadonlySet<Normalization>;
  readonly #column: string;
  #scratch = new Uint8Array(1024);

  constructor(steps: readonly Normalization[], column: string) {
    this.#steps = new Set(steps);
    this.#column = column;
  }

  apply(cell: PlainCell): void {
    if (this.#steps.size === 0) return;
    if (isAscii(cell)) this.#applyAscii(cell);
    else this.#applyUnicode(cell);
  }

  /** ASCII is its own NFC, and its blanks and capitals are known: no string is needed. */
  #applyAscii(cell: PlainCell): void {
    if (this.#steps.has('trim')) {
      while (cell.start < cell.end && isBlank(cell.bytes[cell.start] as number)) cell.start++;
      while (cell.start < cell.end && isBlank(cell.bytes[cell.end - 1] as number)) cell.end--;
    }
    if (!this.#steps.has('lower')) return;
    const size = cell.end - cell.start;
    this.#makeRoom(size);
    for (let i = 0; i < size; i++) {
      const byte = cell.bytes[cell.start + i] as number;
      this.#scratch[i] = byte >= A && byte <= Z ? byte | 0x20 : byte;
    }
    this.#show(cell, size);
  }

  #applyUnicode(cell: PlainCell): void {
    let text = fromUtf8(cell.bytes.subarray(cell.start, cell.end));
    if (text === undefined) {
      // Replacement characters would give different values one token.
      throw appError('SOURCE/VALUE_UNREPRESENTABLE', {
        message: `A value of ${this.#column} is not valid UTF-8 and cannot be normalised.`,
        remedy: 'Repair the value in the database, or leave normalize out.',
        context: { column: this.#column },
      });
    }
    if (this.#steps.has('nfc')) text = text.normalize('NFC');
    if (this.#steps.has('trim')) text = text.trim();
    if (this.#steps.has('lower')) text = text.toLowerCase();
    this.#makeRoom(3 * text.length);
    this.#show(cell, encoder.encodeInto(text, this.#scratch).written);
  }

  #makeRoom(size: number): void {
    if (size > this.#scratch.length) this.#scratch = new Uint8Array(2 * size);
  }

  #show(cell: PlainCell, size: number): void {
    cell.bytes = this.#scratch;
    cell.start = 0;
    cell.end = size;
  }
}

function isAscii(cell: PlainCell): boolean {
  for (let i = cell.start; i < cell.end; i++) {
    if ((cell.bytes[i] as number) > 0x7f) return false;
  }
  return true;
}

/** The ASCII part of what `String.prototype.trim` removes. */
function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}
