import type { ByteSink } from '../../ports/byte-sink.ts';
import { characterStart } from '../kit/character-start.ts';
import type { Utf8Output } from '../kit/utf8-output.ts';
import type { CsvLayout } from './csv-layout.ts';
import type { TextRange } from './quoted-text.ts';
import { SeparatorSearch } from './separator-search.ts';
import { SEPARATOR_ROOM } from './separator-room.ts';

const PIECE_BYTES = 32 * 1024;

/** Why a text cannot be written without quotes. */
export type BareFault = 'separator' | 'null';

export interface BareCell {
  /** Not escaped. */
  readonly source: TextRange;
  /** A byte that stands before the text as part of it, or -1. */
  readonly prefix: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** Letters that stand for control characters after a backslash: docs/formats/csv.md. */
const LETTERS = new Uint8Array(256);
for (const [byte, letter] of [
  [9, 't'],
  [10, 'n'],
  [13, 'r'],
] as const) {
  LETTERS[byte] = letter.charCodeAt(0);
}

/** Writes texts in files without a quote: with backslash escapes, or, where there is no escape either, as they are. */
export class BareText {
  readonly #layout: CsvLayout;
  readonly #output: Utf8Output;
  readonly #separators: readonly SeparatorSearch[];

  constructor(layout: CsvLayout, output: Utf8Output) {
    this.#layout = layout;
    this.#output = output;
    const breaks = /^[\r\n]+$/.test(layout.profile.lineEnding) ? [Uint8Array.of(13), Uint8Array.of(10)] : [];
    this.#separators = [layout.delimiter, layout.lineEnding, ...breaks].map((bytes) => new SeparatorSearch(bytes));
  }

  /** What is wrong with the text, or null: it is written. */
  write({ source, prefix, isFirst, isLast }: BareCell, out: ByteSink): BareFault | null {
    this.#output.room(out, SEPARATOR_ROOM);
    const prefixed = isFirst && prefix >= 0;
    if (prefixed) out.bytes[out.length++] = prefix;
    if (isFirst && isLast && !prefixed && this.#equalsNull(source)) return 'null';
    const escapes = this.#layout.escape >= 0;
    if (isFirst) for (const separator of this.#separators) separator.reset();
    for (let start = source.start; start < source.end;) {
      const end = characterStart(source.bytes, Math.min(source.end, start + PIECE_BYTES), source.end);
      this.#output.room(out, 2 * (end - start) + SEPARATOR_ROOM);
      if (escapes) this.#escape(source.bytes, start, end, out);
      else if (!this.#copy(source.bytes.subarray(start, end), out)) return 'separator';
      start = end;
    }
    const isTorn = isLast && !escapes && this.#separators.some((separator) => separator.wouldMoveForward());
    return isTorn ? 'separator' : null;
  }

  #escape(bytes: Uint8Array, start: number, end: number, out: ByteSink): void {
    const { special, escape } = this.#layout;
    const to = out.bytes;
    let at = out.length;
    for (let i = start; i < end; i++) {
      const byte = bytes[i] as number;
      if (special[byte] === 1) {
        to[at++] = escape;
        to[at++] = LETTERS[byte] === 0 ? byte : (LETTERS[byte] as number);
      } else to[at++] = byte;
    }
    out.length = at;
  }

  #copy(bytes: Uint8Array, out: ByteSink): boolean {
    if (this.#separators.some((separator) => separator.finds(bytes))) return false;
    out.bytes.set(bytes, out.length);
    out.length += bytes.length;
    return true;
  }

  /** A NULL text with an escape in it (`\N`) never equals a text: the text's own escape is doubled. */
  #equalsNull({ bytes, start, end }: TextRange): boolean {
    const { nullText, escape } = this.#layout;
    if (end - start !== nullText.length) return false;
    return nullText.every((byte, i) => byte === bytes[start + i] && (escape < 0 || byte !== escape));
  }
}
