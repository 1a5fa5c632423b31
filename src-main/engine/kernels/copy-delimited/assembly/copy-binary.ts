// Rows of PostgreSQL's COPY BINARY, each in the message that brought it: `d`, the message's length, the number of cells, then
// for each its length (-1: NULL) and its bytes. A call may end within a row: the next one goes on there.
import { copyText, putMasked } from './bare-text';
import { flushAll, forgetAll, putFixed } from './cells';
import { isRare, putEncoded } from './encoded';
import {
  COLUMNS,
  COLUMN_BYTES,
  ENCODED_BOOLEAN,
  ENCODED_JSON,
  ENCODED_NUMERIC,
  ENCODED_TEXT,
  OP_FIXED,
  OP_FIXED_ALL,
  OP_PARTIAL,
} from './memory-map';
import { isNumeric, isShort, numericRoom } from './numeric';
import { advance, begin, isBroken, pause, setBroken } from './progress';
import { cellRoom, columnCount, columnsEnd, growth, scratch } from './settings';
import { putNull, putSeparator, putText } from './text';

const COPY_DATA: u8 = 0x64;
const HEADER: usize = 7;
/** The byte before the text of jsonb; no JSON begins with it. */
const JSONB_VERSION: u8 = 1;

/** The column the next call begins with, and where its row ends; no column: a new row. */
let nextColumn: usize = 0;
let rowEnd: usize = 0;

/** Writes the rows in [from, end), as much as fits before `outEnd`, and returns the position behind what was written. */
export function transformBinary(from: usize, end: usize, outStart: usize, outEnd: usize): usize {
  begin(from);
  let at = from;
  let out = outStart;
  let column = nextColumn;
  let stop = rowEnd;
  nextColumn = 0;
  while (at < end) {
    if (column == 0) {
      stop = endOfRow(at, end);
      if (stop == 0) return broken(outStart);
      at += HEADER;
      column = COLUMNS;
    }
    for (; column < columnsEnd; column += COLUMN_BYTES) {
      if (at + 4 > stop) return broken(outStart);
      const size = <i32>bswap<u32>(load<u32>(at));
      const cell = at + 4;
      if (size < -1 || (size > 0 && <usize>size > stop - cell)) return broken(outStart);
      if (out + roomOf(column, cell, size) > outEnd) {
        nextColumn = column;
        rowEnd = stop;
        pause(at);
        flushAll();
        return out;
      }
      if (size < 0) {
        out = load<u8>(column) == OP_FIXED_ALL ? putFixed(column + 4, out) : putNull(out);
        at = cell;
      } else {
        out = putCell(column, cell, <usize>size, out);
        if (isBroken()) return broken(outStart);
        at = cell + <usize>size;
      }
      out = putSeparator(out, column + COLUMN_BYTES == columnsEnd);
    }
    if (at != stop) return broken(outStart);
    advance(at);
    column = 0;
  }
  flushAll();
  return out;
}

function broken(outStart: usize): usize {
  setBroken();
  forgetAll(0);
  return outStart;
}

/** Where the row that begins at `at` ends; 0: it is none. */
function endOfRow(at: usize, end: usize): usize {
  if (end - at < HEADER || load<u8>(at) != COPY_DATA) return 0;
  const size = <usize>bswap<u32>(load<u32>(at + 1));
  if (size < 6 || size > end - at - 1) return 0;
  return <u32>bswap<u16>(load<u16>(at + 5)) == columnCount ? at + 1 + size : 0;
}

/** Most bytes that this cell becomes. */
@inline function roomOf(column: usize, at: usize, size: i32): usize {
  if (size < 0) return cellRoom;
  const room = growth * <usize>size + cellRoom;
  if (load<u8>(column + 3) != ENCODED_NUMERIC || size < 8 || isShort(at)) return room;
  return isNumeric(at, <usize>size) ? room + 2 * growth * numericRoom(at) : room;
}

function putCell(column: usize, at: usize, size: usize, out: usize): usize {
  const op = load<u8>(column);
  if (op == OP_FIXED || op == OP_FIXED_ALL) return putFixed(column + 4, out);
  const encoding = load<u8>(column + 3);
  if (encoding <= ENCODED_JSON) {
    const skipped: usize = encoding == ENCODED_JSON && size > 0 && load<u8>(at) == JSONB_VERSION ? 1 : 0;
    if (op >= OP_PARTIAL) return putMasked(column, at + skipped, size - skipped, out);
    return load<u8>(column + 1) == 0
      ? copyText(at + skipped, size - skipped, out)
      : putText(at + skipped, size - skipped, out, true);
  }
  if (op >= OP_PARTIAL) return putMasked(column, scratch, putEncoded(column, at, size, scratch) - scratch, out);
  if (encoding == ENCODED_BOOLEAN) return putBoolean(column, at, size, out);
  if (load<u8>(column + 2) != 0) {
    const end = putEncoded(column, at, size, out);
    if (!isRare) return end;
  }
  return putText(scratch, putEncoded(column, at, size, scratch) - scratch, out, load<u8>(column + 1) != 0);
}

function putBoolean(column: usize, at: usize, size: usize, out: usize): usize {
  const byte = load<u8>(at);
  if (size != 1 || byte > 1) {
    setBroken();
    return out;
  }
  return putFixed(byte == 1 ? column + 4 : column + 12, out);
}
