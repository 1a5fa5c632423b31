// One value as it stands in the file: quoted where it must be, by the same rules as the reference encoder
// (formats/csv/quoted-text.ts).
import { DELIMITER, LINE_ENDING, NULL_TEXT, SPECIAL, UNESCAPE } from './memory-map';
import { delimiterSize, escape, lineEndingSize, nullSize, quote } from './settings';

const BLANK: u8 = 0x20;
const BACKSLASH: u8 = 0x5c;
const POINT: u8 = 0x2e;
/** row-batch.ts, LONG_CELL_BYTES. */
export const LONG_CELL: usize = 1048576;

/** What stands behind a cell. */
@inline export function putSeparator(out: usize, isLast: bool): usize {
  const at = isLast ? LINE_ENDING : DELIMITER;
  const size = isLast ? lineEndingSize : delimiterSize;
  v128.store(out, v128.load(at));
  if (size > 16) v128.store(out + 16, v128.load(at + 16));
  return out + size;
}

/** Writes NULL and returns the position behind it. */
export function putNull(out: usize): usize {
  for (let i: usize = 0; i < nullSize; i++) store<u8>(out + i, load<u8>(NULL_TEXT + i));
  return out + nullSize;
}

/** Could be read as something else: NULL, an end mark, or, by readers that trim, a shorter text. */
export function isMistakable(at: usize, size: usize): bool {
  if (size == 0 || load<u8>(at) == BLANK || load<u8>(at + size - 1) == BLANK) return true;
  if (size == 2 && load<u8>(at) == BACKSLASH && load<u8>(at + 1) == POINT) return true;
  if (size != nullSize) return false;
  for (let i: usize = 0; i < size; i++) if (load<u8>(at + i) != load<u8>(NULL_TEXT + i)) return false;
  return true;
}

/** The same in haste, of a text that is not empty: false is certain, true asks for a closer look. */
@inline export function mayBeMistaken(at: usize, size: usize): bool {
  if (load<u8>(at) == BLANK || load<u8>(at + size - 1) == BLANK || size == nullSize) return true;
  return size == 2 && load<u8>(at) == BACKSLASH;
}

/** Writes plain bytes as a value and returns the position behind it. */
export function putText(at: usize, size: usize, out: usize, alwaysQuoted: bool): usize {
  let mustQuote = alwaysQuoted;
  for (let i: usize = 0; !mustQuote && i < size; i++) mustQuote = load<u8>(SPECIAL + <usize>load<u8>(at + i)) != 0;
  if (!mustQuote && !isMistakable(at, size)) {
    copyShort(at, size, out);
    return out + size;
  }
  return putQuoted(at, size, out);
}

/** Writes plain bytes between quotes, sixteen at a time, or as many as there are up to one that needs an escape. */
export function putQuoted(at: usize, size: usize, out: usize): usize {
  const quotes = i8x16.splat(quote);
  const escapes = i8x16.splat(escape);
  const end = at + size;
  let to = out;
  store<u8>(to++, quote);
  for (let i = at; i < end;) {
    const vector = v128.load(i);
    v128.store(to, vector);
    const left = end - i;
    const found = i8x16.bitmask(v128.or(i8x16.eq(vector, quotes), i8x16.eq(vector, escapes)));
    const before: usize = found == 0 ? 16 : ctz(found);
    if (before >= left) {
      to += left;
      break;
    }
    to += before;
    i += before;
    if (found == 0) continue;
    store<u8>(to, escape);
    store<u8>(to + 1, load<u8>(i++));
    to += 2;
  }
  store<u8>(to++, quote);
  return to;
}

/** Copies in steps of 16 bytes: up to 15 bytes behind both ranges are touched. */
export function copyShort(at: usize, size: usize, out: usize): void {
  for (let i: usize = 0; i < size; i += 16) v128.store(out + i, v128.load(at + i));
}

/** Writes the bytes that an escaped range stands for and returns their number; they are never more. */
export function unescape(at: usize, end: usize, to: usize): usize {
  let out = to;
  for (let i = at; i < end; i++) {
    let byte = load<u8>(i);
    if (byte == BACKSLASH && i + 1 < end) byte = load<u8>(UNESCAPE + <usize>load<u8>(++i));
    store<u8>(out++, byte);
  }
  return out - to;
}
