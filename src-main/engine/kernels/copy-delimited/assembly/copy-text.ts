// Rows of PostgreSQL's COPY text format. A cell that needs no look is copied sixteen bytes at a time while its end is searched.
import { flushAll, forgetAll, putFixed, putToken } from './cells';
import {
  CLASS_HIGH,
  CLASS_LOW,
  COLUMNS,
  COLUMN_BYTES,
  OP_BOOLEAN,
  OP_BYTES,
  OP_COPY,
  OP_FIXED,
  OP_FIXED_ALL,
  OP_PARTIAL,
  OP_TIMESTAMP,
  OP_TIMESTAMP_UTC,
  OP_TOKEN,
  BYTES_PREFIX,
  UTC_SUFFIX,
} from './memory-map';
import { coverText } from './partial';
import { advance, begin, isBroken, setBroken } from './progress';
import { cellRoom, columnsEnd, growth, masked, prefixSize, scratch, separator, utcSize } from './settings';
import { copyShort, isMistakable, LONG_CELL, putNull, putSeparator, putText, unescape } from './text';

const TAB: u8 = 0x09;
const NEWLINE: u8 = 0x0a;
const BACKSLASH: u8 = 0x5c;
const BLANK: u8 = 0x20;
const LETTER_N: u8 = 0x4e;

/** End of the cell at `at`: the next TAB or line feed, which stand in no cell. */
function endOfCell(at: usize): usize {
  const tab = i8x16.splat(TAB);
  const newline = i8x16.splat(NEWLINE);
  let i = at;
  let ends = 0;
  while (true) {
    const vector = v128.load(i);
    ends = i8x16.bitmask(v128.or(i8x16.eq(vector, tab), i8x16.eq(vector, newline)));
    if (ends != 0) break;
    i += 16;
  }
  return i + <usize>ctz(ends);
}

/** A backslash that escapes the cell's own end: COPY writes no such thing. */
function endsInHalfEscape(at: usize, stop: usize): bool {
  let slashes = 0;
  for (let i = stop; i > at && load<u8>(i - 1) == BACKSLASH; i--) slashes++;
  return (slashes & 1) != 0;
}

@inline function isNull(at: usize, size: usize): bool {
  return size == 2 && load<u8>(at) == BACKSLASH && load<u8>(at + 1) == LETTER_N;
}

/** Writes the rows in [from, end), as many as fit before `outEnd`, and returns the position behind what was written. */
export function transform(from: usize, end: usize, outStart: usize, outEnd: usize): usize {
  begin(from);
  let at = from;
  let out = outStart;
  while (at < end) {
    const rowOut = out;
    for (let column = COLUMNS; column < columnsEnd; column += COLUMN_BYTES) {
      if (at >= end) return broken(outStart);
      if (out + growth * (end - at) + cellRoom > outEnd) {
        forgetAll(rowOut);
        flushAll();
        return rowOut;
      }
      const stop = load<u16>(column) == 0 ? copyCell(at, out) : convertCell(column, at, out);
      if (isBroken()) return broken(outStart);
      out = written;
      const isLast = column + COLUMN_BYTES == columnsEnd;
      if (load<u8>(stop) != (isLast ? NEWLINE : TAB)) return broken(outStart);
      out = putSeparator(out, isLast);
      at = stop + 1;
    }
    advance(at);
  }
  flushAll();
  return out;
}

function broken(outStart: usize): usize {
  setBroken();
  forgetAll(0);
  return outStart;
}

/** Where the last cell's output ends. */
let written: usize = 0;

/** A column that is copied and quoted only where needed: returns the cell's end. */
function copyCell(at: usize, out: usize): usize {
  const low = v128.load(CLASS_LOW);
  const high = v128.load(CLASS_HIGH);
  const nibble = i8x16.splat(0x0f);
  const none = i8x16.splat(0);
  let i = at;
  let to = out;
  let classes = none;
  let found = 0;
  while (true) {
    const vector = v128.load(i);
    const upper = v128.and(i16x8.shr_u(vector, 4), nibble);
    classes = v128.and(i8x16.swizzle(low, v128.and(vector, nibble)), i8x16.swizzle(high, upper));
    v128.store(to, vector);
    found = i8x16.bitmask(i8x16.ne(classes, none));
    if (found != 0) break;
    i += 16;
    to += 16;
  }
  const place = ctz(found);
  const stop = i + <usize>place;
  if ((i8x16.bitmask(classes) & (1 << place)) == 0) return convertText(at, stop, out, false);
  if (isMistakable(at, stop - at)) written = putText(at, stop - at, out, false);
  else written = to + <usize>place;
  return stop;
}

/** A text that has a look coming: NULL, escapes, bytes that need quotes. `from`: not before this byte does the cell end. */
function convertText(at: usize, from: usize, out: usize, alwaysQuoted: bool): usize {
  const stop = endOfCell(from);
  const size = stop - at;
  if (endsInHalfEscape(at, stop)) setBroken();
  else if (isNull(at, size)) written = putNull(out);
  else {
    const plain = unescape(at, stop, scratch);
    written = putText(scratch, plain, out, alwaysQuoted);
  }
  return stop;
}

function convertCell(column: usize, at: usize, out: usize): usize {
  const op = load<u8>(column);
  const alwaysQuoted = load<u8>(column + 1) != 0;
  if (op == OP_COPY) return convertText(at, at, out, alwaysQuoted);
  const stop = endOfCell(at);
  if (endsInHalfEscape(at, stop)) setBroken();
  else if (op == OP_FIXED_ALL) written = putFixed(column + 4, out);
  else if (isNull(at, stop - at)) written = putNull(out);
  else if (op == OP_FIXED) written = putFixed(column + 4, out);
  else if (op == OP_TOKEN) written = putTokenOf(column, at, stop, out);
  else if (op == OP_BOOLEAN) written = putBoolean(column, at, stop - at, out);
  else if (op == OP_TIMESTAMP || op == OP_TIMESTAMP_UTC) {
    written = putTimestamp(at, stop, out, op == OP_TIMESTAMP_UTC, alwaysQuoted);
  } else if (op == OP_BYTES) written = putBytes(at, stop, out, alwaysQuoted);
  else if (op == OP_PARTIAL) {
    const size = coverText(scratch, unescape(at, stop, scratch), column, masked);
    // The encoder quotes every long value, so that pieces and the whole give the same bytes.
    written = putText(masked, size, out, alwaysQuoted || size > LONG_CELL);
  } else setBroken();
  return stop;
}

function putTokenOf(column: usize, at: usize, stop: usize, out: usize): usize {
  if (!hasEscape(at, stop)) return putToken(column, at, stop - at, out);
  return putToken(column, scratch, unescape(at, stop, scratch), out);
}

function hasEscape(at: usize, stop: usize): bool {
  const backslash = i8x16.splat(BACKSLASH);
  for (let i = at; i < stop; i += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(i), backslash));
    if (found != 0) return i + <usize>ctz(found) < stop;
  }
  return false;
}

function putBoolean(column: usize, at: usize, size: usize, out: usize): usize {
  const byte = load<u8>(at);
  if (size != 1 || (byte != 0x74 && byte != 0x66)) {
    setBroken();
    return out;
  }
  return putFixed(byte == 0x74 ? column + 4 : column + 12, out);
}

/** `2024-05-06 07:08:09.5+00` with the separator and suffix of the file; infinities stay, so does ` BC`. */
function putTimestamp(at: usize, stop: usize, out: usize, utc: bool, alwaysQuoted: bool): usize {
  const first = load<u8>(at);
  if (first == 0x69 || first == 0x2d) return putText(at, stop - at, out, alwaysQuoted);
  let blank = at + 10;
  while (blank < stop && load<u8>(blank) != BLANK) blank++;
  if (blank >= stop) {
    setBroken();
    return out;
  }
  let end = stop;
  const isBefore = load<u8>(stop - 1) == 0x43;
  if (isBefore) end -= 3;
  if (utc) {
    if (end < at + 13 || load<u8>(end - 3) != 0x2b || load<u16>(end - 2) != 0x3030) {
      setBroken();
      return out;
    }
    end -= 3;
  }
  copyShort(at, end - at, scratch);
  store<u8>(scratch + (blank - at), separator);
  let size = end - at;
  if (utc) {
    copyShort(UTC_SUFFIX, utcSize, scratch + size);
    size += utcSize;
  }
  if (isBefore) {
    store<u8>(scratch + size, BLANK);
    store<u16>(scratch + size + 1, 0x4342);
    size += 3;
  }
  return putText(scratch, size, out, alwaysQuoted);
}

/** `\\x6162`: the backslash that begins the hex form is itself escaped. */
function putBytes(at: usize, stop: usize, out: usize, alwaysQuoted: bool): usize {
  if (stop < at + 3 || load<u16>(at) != 0x5c5c || load<u8>(at + 2) != 0x78) {
    setBroken();
    return out;
  }
  const digits = stop - at - 3;
  copyShort(BYTES_PREFIX, prefixSize, scratch);
  copyShort(at + 3, digits, scratch + prefixSize);
  return putText(scratch, prefixSize + digits, out, alwaysQuoted);
}
