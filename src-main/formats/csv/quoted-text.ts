import { BACKSLASH_ESCAPES } from '../../../src-shared/model/row-batch.ts';
import type { ByteSink } from '../../ports/byte-sink.ts';
import { characterStart } from '../kit/character-start.ts';
import type { Utf8Output } from '../kit/utf8-output.ts';
import { SEPARATOR_ROOM } from './separator-room.ts';
import type { CsvLayout } from './csv-layout.ts';

const BLANK = 0x20;
const BACKSLASH = 0x5c;
const POINT = 0x2e;
const PIECE_BYTES = 32 * 1024;

/** A text as a byte range, possibly still in the wire's escape form. */
export interface TextRange {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly escaped: boolean;
}

export interface SmallText {
  readonly source: TextRange;
  /** A byte that stands before the text as part of it, or -1. */
  readonly prefix: number;
  readonly alwaysQuoted: boolean;
}

/** A piece of a text; `source` is not escaped. */
export interface LargeText extends SmallText {
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** Writes texts in files that have a quote (RFC 4180 §2.5–2.7; escapes other than doubling: docs/formats/csv.md). */
export class QuotedText {
  readonly #layout: CsvLayout;
  readonly #output: Utf8Output;
  /** The long text that is being written has an open quote. */
  #isOpen = false;

  constructor(layout: CsvLayout, output: Utf8Output) {
    this.#layout = layout;
    this.#output = output;
  }

  /** One pass: copies as if no quotes were needed, and moves what was written by one byte when they are. */
  writeSmall({ source, prefix, alwaysQuoted }: SmallText, out: ByteSink): void {
    const { bytes, start, end, escaped } = source;
    this.#output.room(out, 2 * (end - start) + SEPARATOR_ROOM);
    const { special, quote } = this.#layout;
    const to = out.bytes;
    const begin = out.length;
    let at = begin;
    let i = start;
    let mustQuote = alwaysQuoted || (prefix >= 0 && special[prefix] === 1);
    if (!mustQuote) {
      if (prefix >= 0) to[at++] = prefix;
      for (; i < end; i++) {
        let byte = bytes[i] as number;
        let next = i;
        if (byte === BACKSLASH && escaped) byte = BACKSLASH_ESCAPES[bytes[++next] as number] as number;
        if (special[byte] === 1) break;
        i = next;
        to[at++] = byte;
      }
      mustQuote = i < end || this.#isMistakable(to, begin, at);
      if (!mustQuote) {
        out.length = at;
        return;
      }
      to.copyWithin(begin + 1, begin, at);
      at++;
      to[begin] = quote;
    } else {
      to[at++] = quote;
      if (prefix >= 0) at = this.#put(prefix, to, at);
    }
    out.length = at;
    this.#inQuotes({ bytes, start: i, end, escaped }, out);
    out.bytes[out.length++] = quote;
  }

  /** A text in pieces: in one call, or one call per fragment. */
  writeLarge({ source, prefix, alwaysQuoted, isFirst, isLast }: LargeText, out: ByteSink): void {
    const { special, quote } = this.#layout;
    this.#output.room(out, SEPARATOR_ROOM);
    if (isFirst) {
      this.#isOpen = alwaysQuoted || (prefix >= 0 && special[prefix] === 1) || this.#needsQuotes(source);
      if (this.#isOpen) out.bytes[out.length++] = quote;
      if (prefix >= 0) out.length = this.#put(prefix, out.bytes, out.length);
    }
    for (let start = source.start; start < source.end;) {
      const end = characterStart(source.bytes, Math.min(source.end, start + PIECE_BYTES), source.end);
      this.#output.room(out, 2 * (end - start) + SEPARATOR_ROOM);
      if (this.#isOpen) this.#inQuotes({ bytes: source.bytes, start, end, escaped: false }, out);
      else {
        out.bytes.set(source.bytes.subarray(start, end), out.length);
        out.length += end - start;
      }
      start = end;
    }
    if (isLast && this.#isOpen) out.bytes[out.length++] = quote;
  }

  #inQuotes({ bytes, start, end, escaped }: TextRange, out: ByteSink): void {
    const { quote, escape } = this.#layout;
    const to = out.bytes;
    let at = out.length;
    for (let i = start; i < end; i++) {
      let byte = bytes[i] as number;
      if (byte === BACKSLASH && escaped) byte = BACKSLASH_ESCAPES[bytes[++i] as number] as number;
      if (byte === quote || byte === escape) to[at++] = escape;
      to[at++] = byte;
    }
    out.length = at;
  }

  /** One byte of content; inside quotes, or one that is not special. */
  #put(byte: number, to: Uint8Array, at: number): number {
    const { quote, escape } = this.#layout;
    let next = at;
    if (byte === quote || byte === escape) to[next++] = escape;
    to[next++] = byte;
    return next;
  }

  #needsQuotes({ bytes, start, end }: TextRange): boolean {
    const { special } = this.#layout;
    for (let i = start; i < end; i++) {
      if (special[bytes[i] as number] === 1) return true;
    }
    return this.#isMistakable(bytes, start, end);
  }

  /** Could be read as something else: NULL, an end mark, or, by readers that trim, a shorter text. */
  #isMistakable(bytes: Uint8Array, start: number, end: number): boolean {
    const { nullText } = this.#layout;
    const size = end - start;
    if (size === 0 || bytes[start] === BLANK || bytes[end - 1] === BLANK) return true;
    // A line `\.` is an end mark to some loaders, in CSV too.
    if (size === 2 && bytes[start] === BACKSLASH && bytes[start + 1] === POINT) return true;
    if (size !== nullText.length) return false;
    for (let i = 0; i < size; i++) {
      if (bytes[start + i] !== nullText[i]) return false;
    }
    return true;
  }
}
