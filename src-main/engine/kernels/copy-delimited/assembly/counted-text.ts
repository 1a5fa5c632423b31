// Rows of counted cells: for each cell 0xfb (NULL), or its size as a length-encoded integer and then its bytes. Rows follow each
// other with nothing between them, or each has a head: its size in three bytes, and one that says nothing here. A call may end
// within a row: the next one goes on there.
import { copyText, putMasked, specialIn } from './bare-text';
import { flushAll, forgetAll, putFixed } from './cells';
import { putHex } from './hex';
import {
  BYTES_PREFIX,
  COLUMNS,
  COLUMN_BYTES,
  DELIMITER,
  OP_BOOLEAN,
  OP_BYTES,
  OP_FIXED,
  OP_FIXED_ALL,
  OP_PARTIAL,
  OP_TIMESTAMP,
  OP_TIMESTAMP_UTC,
  UTC_SUFFIX,
} from './memory-map';
import { advance, begin, isBroken, pause, setBroken } from './progress';
import {
  cellRoom,
  columnCount,
  columnsEnd,
  delimiterSize,
  growth,
  prefixSize,
  scratch,
  separator,
  utcSize,
} from './settings';
import { copyShort, mayBeMistaken, putNull, putSeparator, putText } from './text';

const NULL: u8 = 0xfb;
const TWO_BYTES: u8 = 0xfc;
const THREE_BYTES: u8 = 0xfd;
const BLANK: u8 = 0x20;
/** `2024-05-06 07:08:09`, and where its blank is. */
const MOMENT_SIZE: usize = 19;
const MOMENT_BLANK: usize = 10;

/** The column the next call begins with; none: a new row. */
let nextColumn: usize = 0;
/** Bytes before each row: none, or four. */
let rowHead: usize = 0;
/** Where a row with a head must end; of one that a call ended within: how many bytes of it were left. */
let rowEnd: usize = 0;

export function setRowHead(size: usize): void {
  rowHead = size;
}

/** Writes the rows in [from, end), as much as fits before `outEnd`, and returns the position behind what was written. */
export function transformCounted(from: usize, end: usize, outStart: usize, outEnd: usize): usize {
  begin(from);
  let at = from;
  let out = outStart;
  let column = nextColumn;
  if (column != 0) rowEnd += at;
  nextColumn = 0;
  while (at < end) {
    if (column == 0) {
      column = COLUMNS;
      if (rowHead != 0) {
        if (end - at < rowHead) return broken(outStart);
        const size = <usize>(load<u32>(at) & 0xffffff);
        rowEnd = at + rowHead + size;
        at += rowHead;
        if (columnCount != 0 && delimiterSize <= 16 && rowEnd <= end && out + growth * size + columnCount * cellRoom <= outEnd) {
          out = putRow(at, out);
          if (isBroken()) return broken(outStart);
          at = rowEnd;
          advance(at);
          column = 0;
          continue;
        }
      }
    }
    for (; column < columnsEnd; column += COLUMN_BYTES) {
      if (at >= end) return broken(outStart);
      const isNull = load<u8>(at) == NULL;
      const cell = isNull ? at + 1 : readSize(at);
      if (isBroken() || cell > end || (!isNull && size > end - cell)) return broken(outStart);
      if (out + (isNull ? 0 : growth * size) + cellRoom > outEnd) {
        nextColumn = column;
        rowEnd -= at;
        pause(at);
        flushAll();
        return out;
      }
      if (isNull) {
        out = load<u8>(column) == OP_FIXED_ALL ? putFixed(column + 4, out) : putNull(out);
        at = cell;
      } else {
        out = putCell(column, cell, size, out);
        if (isBroken()) return broken(outStart);
        at = cell + size;
      }
      out = putSeparator(out, column + COLUMN_BYTES == columnsEnd);
    }
    if (rowHead != 0 && at != rowEnd) return broken(outStart);
    advance(at);
    column = 0;
  }
  flushAll();
  return out;
}

/** A row with a head that has room for whatever becomes of it. */
@inline function putRow(from: usize, outFrom: usize): usize {
  const delimiter = v128.load(DELIMITER);
  const end = rowEnd;
  let at = from;
  let out = outFrom;
  for (let column = COLUMNS; column < columnsEnd; column += COLUMN_BYTES) {
    const first = load<u8>(at);
    if (first == NULL) {
      out = load<u8>(column) == OP_FIXED_ALL ? putFixed(column + 4, out) : putNull(out);
      at += 1;
    } else {
      const cell = first < NULL ? at + 1 : readSize(at);
      const length: usize = first < NULL ? first : size;
      at = cell + length;
      if (at > end) break;
      out = putCell(column, cell, length, out);
    }
    v128.store(out, delimiter);
    out += delimiterSize;
  }
  if (at != end) setBroken();
  // A line ending in the place of the last delimiter.
  return putSeparator(out - delimiterSize, true);
}

function broken(outStart: usize): usize {
  setBroken();
  forgetAll(0);
  nextColumn = 0;
  return outStart;
}

/** Of the cell whose size was read last. */
let size: usize = 0;

/** Reads the size of a cell that is not NULL and returns where its bytes begin. */
@inline function readSize(at: usize): usize {
  const first = load<u8>(at);
  size = first;
  if (first < NULL) return at + 1;
  size = load<u16>(at + 1);
  if (first == TWO_BYTES) return at + 3;
  size |= (<usize>load<u8>(at + 3)) << 16;
  if (first != THREE_BYTES) setBroken();
  return at + 4;
}

@inline function putCell(column: usize, at: usize, size: usize, out: usize): usize {
  // Neither an operation nor always quoted: most cells of most tables, and most of those are short.
  return load<u16>(column) == 0 ? putShort(at, size, out) : putOther(column, at, size, out);
}

@inline function putShort(at: usize, size: usize, out: usize): usize {
  const vector = v128.load(at);
  v128.store(out, vector);
  const isShort = size - 1 < 16;
  if (isShort && (specialIn(vector) & ((1 << <u32>size) - 1)) == 0 && !mayBeMistaken(at, size)) return out + size;
  return copyText(at, size, out);
}

function putOther(column: usize, at: usize, size: usize, out: usize): usize {
  const op = load<u8>(column);
  const alwaysQuoted = load<u8>(column + 1) != 0;
  if (op == OP_FIXED || op == OP_FIXED_ALL) return putFixed(column + 4, out);
  if (op >= OP_PARTIAL) return putMasked(column, at, size, out);
  if (op == OP_TIMESTAMP || op == OP_TIMESTAMP_UTC) return putMoment(at, size, op == OP_TIMESTAMP_UTC, out, alwaysQuoted);
  if (op == OP_BYTES) return putBytes(column, at, size, out);
  if (op == OP_BOOLEAN) return putTruth(column, at, size, out);
  return putText(at, size, out, alwaysQuoted);
}

/** The blank becomes the file's separator; behind it comes what the file says of the zone. */
function putMoment(at: usize, size: usize, isUtc: bool, out: usize, alwaysQuoted: bool): usize {
  if (size < MOMENT_SIZE || load<u8>(at + MOMENT_BLANK) != BLANK) {
    setBroken();
    return out;
  }
  if (!alwaysQuoted && !isUtc && size <= 32) {
    const first = i8x16.replace_lane(v128.load(at), 10, <i8>separator);
    const rest = v128.load(at + 16);
    v128.store(out, first);
    v128.store(out + 16, rest);
    const special = specialIn(first) | ((specialIn(rest) & ((1 << (<u32>size - 16)) - 1)) << 16);
    if (special == 0 && !mayBeMistaken(out, size)) return out + size;
  }
  copyShort(at, size, scratch);
  store<u8>(scratch + MOMENT_BLANK, separator);
  let whole = size;
  if (isUtc) {
    copyShort(UTC_SUFFIX, utcSize, scratch + size);
    whole += utcSize;
  }
  return alwaysQuoted ? putText(scratch, whole, out, true) : copyText(scratch, whole, out);
}

function putBytes(column: usize, at: usize, size: usize, out: usize): usize {
  if (load<u8>(column + 2) != 0 && prefixSize + size > 0) {
    copyShort(BYTES_PREFIX, prefixSize, out);
    return putHex(at, size, out + prefixSize);
  }
  copyShort(BYTES_PREFIX, prefixSize, scratch);
  const end = putHex(at, size, scratch + prefixSize);
  return putText(scratch, end - scratch, out, load<u8>(column + 1) != 0);
}

/** `true` or `false`. */
function putTruth(column: usize, at: usize, size: usize, out: usize): usize {
  const word = size >= 4 ? load<u32>(at) : 0;
  if (size == 4 && word == 0x65757274) return putFixed(column + 4, out);
  if (size == 5 && word == 0x736c6166 && load<u8>(at + 4) == 0x65) return putFixed(column + 12, out);
  setBroken();
  return out;
}
