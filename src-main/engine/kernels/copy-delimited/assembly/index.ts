// The kernel: rows of PostgreSQL's COPY text format in, delimited text out, masks applied on the way. One pass; a cell that
// needs no look is copied sixteen bytes at a time while its end is searched. Byte-equal with the path through cells:
// test/unit/engine/kernels proves it on generated rows.
import {
  BYTES_PREFIX,
  CLASS_HIGH,
  CLASS_LOW,
  COLUMNS,
  COLUMN_BYTES,
  DELIMITER,
  LINE_ENDING,
  OP_BOOLEAN,
  OP_BYTES,
  OP_COPY,
  OP_FIXED,
  OP_FIXED_ALL,
  OP_PARTIAL,
  OP_TIMESTAMP,
  OP_TIMESTAMP_UTC,
  OP_TOKEN,
  UTC_SUFFIX,
} from './memory-map';
import { coverText } from './partial';
import { copyShort, isMistakable, putNull, putText, setText, unescape } from './text';
import { addToken, flushTokens, forgetTokens, TOKEN_CHARACTERS } from './tokens';

export { keyQueue } from './tokens';

const TAB: u8 = 0x09;
const NEWLINE: u8 = 0x0a;
const BACKSLASH: u8 = 0x5c;
const BLANK: u8 = 0x20;
const LETTER_N: u8 = 0x4e;
/** row-batch.ts, LONG_CELL_BYTES. */
const LONG_CELL: usize = 1048576;

let columnsEnd: usize = 0;
let delimiterSize: usize = 0;
let lineEndingSize: usize = 0;
let utcSize: usize = 0;
let prefixSize: usize = 0;
let separator: u8 = 0;
/** Bytes of output per byte of input, at most, and for one cell besides. */
let growth: usize = 2;
let cellRoom: usize = 0;
/** Plain bytes of an escaped cell, and what masks make of a cell. */
let scratch: usize = 0;
let masked: usize = 0;
let quoteByte: u8 = 0;

/** Position behind the last row that was taken in, rows taken in, and whether the input is not what COPY writes. */
export let used: usize = 0;
export let rows: u32 = 0;
export let malformed: bool = false;

export function setSeparators(delimiter: usize, lineEnding: usize, utcSuffix: usize, bytesPrefix: usize): void {
  delimiterSize = delimiter;
  lineEndingSize = lineEnding;
  utcSize = utcSuffix;
  prefixSize = bytesPrefix;
}

export function setQuoting(quote: u8, escape: u8, nullSize: usize, timestampSeparator: u8): void {
  quoteByte = quote;
  setText(quote, escape, nullSize);
  separator = timestampSeparator;
}

export function setColumns(count: usize, growthOfBytes: usize, roomOfCell: usize): void {
  columnsEnd = COLUMNS + count * COLUMN_BYTES;
  growth = growthOfBytes;
  cellRoom = roomOfCell;
}

export function setScratch(plain: usize, covered: usize): void {
  scratch = plain;
  masked = covered;
}

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
  rows = 0;
  malformed = false;
  used = from;
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
      if (malformed) return broken(outStart);
      out = written;
      const isLast = column + COLUMN_BYTES == columnsEnd;
      if (load<u8>(stop) != (isLast ? NEWLINE : TAB)) return broken(outStart);
      const separatorAt = isLast ? LINE_ENDING : DELIMITER;
      v128.store(out, v128.load(separatorAt));
      v128.store(out + 16, v128.load(separatorAt + 16));
      out += isLast ? lineEndingSize : delimiterSize;
      at = stop + 1;
    }
    rows++;
    used = at;
  }
  flushAll();
  return out;
}

function broken(outStart: usize): usize {
  malformed = true;
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
  if (endsInHalfEscape(at, stop)) malformed = true;
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
  if (endsInHalfEscape(at, stop)) malformed = true;
  else if (op == OP_FIXED_ALL) written = putFixed(column + 4, out);
  else if (isNull(at, stop - at)) written = putNull(out);
  else if (op == OP_FIXED) written = putFixed(column + 4, out);
  else if (op == OP_TOKEN) written = putToken(column, at, stop, out, alwaysQuoted);
  else if (op == OP_BOOLEAN) written = putBoolean(column, at, stop - at, out);
  else if (op == OP_TIMESTAMP || op == OP_TIMESTAMP_UTC) {
    written = putTimestamp(at, stop, out, op == OP_TIMESTAMP_UTC, alwaysQuoted);
  } else if (op == OP_BYTES) written = putBytes(at, stop, out, alwaysQuoted);
  else if (op == OP_PARTIAL) {
    const size = coverText(scratch, unescape(at, stop, scratch), column, masked);
    // The encoder quotes every long value, so that pieces and the whole give the same bytes.
    written = putText(masked, size, out, alwaysQuoted || size > LONG_CELL);
  } else malformed = true;
  return stop;
}

function putFixed(argument: usize, out: usize): usize {
  const size = <usize>load<u32>(argument + 4);
  copyShort(<usize>load<u32>(argument), size, out);
  return out + size;
}

function putToken(column: usize, at: usize, stop: usize, out: usize, alwaysQuoted: bool): usize {
  const queue = <usize>load<u32>(column + 4);
  let place = out;
  if (alwaysQuoted) store<u8>(place++, quoteByte);
  let message = at;
  let size = stop - at;
  if (hasEscape(at, stop)) {
    message = scratch;
    size = unescape(at, stop, scratch);
  }
  addToken(queue, message, size, place);
  place += TOKEN_CHARACTERS;
  if (alwaysQuoted) store<u8>(place++, quoteByte);
  return place;
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
    malformed = true;
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
    malformed = true;
    return out;
  }
  let end = stop;
  const isBefore = load<u8>(stop - 1) == 0x43;
  if (isBefore) end -= 3;
  if (utc) {
    if (end < at + 13 || load<u8>(end - 3) != 0x2b || load<u16>(end - 2) != 0x3030) {
      malformed = true;
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
    malformed = true;
    return out;
  }
  const digits = stop - at - 3;
  copyShort(BYTES_PREFIX, prefixSize, scratch);
  copyShort(at + 3, digits, scratch + prefixSize);
  return putText(scratch, prefixSize + digits, out, alwaysQuoted);
}

function flushAll(): void {
  for (let column = COLUMNS; column < columnsEnd; column += COLUMN_BYTES) {
    if (load<u8>(column) == OP_TOKEN) flushTokens(<usize>load<u32>(column + 4));
  }
}

function forgetAll(from: usize): void {
  for (let column = COLUMNS; column < columnsEnd; column += COLUMN_BYTES) {
    if (load<u8>(column) == OP_TOKEN) forgetTokens(<usize>load<u32>(column + 4), from);
  }
}
