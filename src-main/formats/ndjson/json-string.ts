import { BACKSLASH_ESCAPES } from '../../../src-shared/model/row-batch.ts';

/** Largest growth of a byte: `\u001f`. */
export const ESCAPED_BYTE_MAX = 6;

const BACKSLASH = 0x5c;
const QUOTE = 0x22;
const UNICODE_ESCAPE = 1;
const HEX = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));

/** RFC 8259 §7: 0 = as it is, 1 = \u00XX, else the letter after a backslash. */
const ESCAPES = new Uint8Array(256).fill(UNICODE_ESCAPE, 0, 0x20);
ESCAPES[QUOTE] = QUOTE;
ESCAPES[BACKSLASH] = BACKSLASH;
for (const [byte, letter] of [
  [8, 'b'],
  [9, 't'],
  [10, 'n'],
  [12, 'f'],
  [13, 'r'],
] as const) {
  ESCAPES[byte] = letter.charCodeAt(0);
}

export interface StringPiece {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** Still in the wire's escape form; then it ends at no half escape. */
  readonly escaped: boolean;
}

/** Writes the inside of a JSON string at `at`, which has room for six times the piece, and returns the position after it. */
export function writeStringPiece({ bytes, start, end, escaped }: StringPiece, to: Uint8Array, at: number): number {
  let out = at;
  for (let i = start; i < end; i++) {
    let byte = bytes[i] as number;
    if (byte === BACKSLASH && escaped) byte = BACKSLASH_ESCAPES[bytes[++i] as number] as number;
    const escape = ESCAPES[byte] as number;
    if (escape === 0) to[out++] = byte;
    else {
      to[out++] = BACKSLASH;
      if (escape !== UNICODE_ESCAPE) to[out++] = escape;
      else {
        to[out++] = 0x75;
        to[out++] = 0x30;
        to[out++] = 0x30;
        to[out++] = HEX[byte >>> 4] as number;
        to[out++] = HEX[byte & 15] as number;
      }
    }
  }
  return out;
}
