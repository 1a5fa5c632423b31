// What holds for the whole file: set once by the host, before the first call.
import { COLUMNS, COLUMN_BYTES } from './memory-map';

export let columnsEnd: usize = 0;
export let columnCount: u32 = 0;
export let delimiterSize: usize = 0;
export let lineEndingSize: usize = 0;
export let utcSize: usize = 0;
export let prefixSize: usize = 0;
/** Stands between date and time. */
export let separator: u8 = 0;
/** Bytes of output per byte of input, at most, and for one cell besides. */
export let growth: usize = 2;
export let cellRoom: usize = 0;
/** Plain bytes of an escaped cell, and what masks make of a cell. */
export let scratch: usize = 0;
export let masked: usize = 0;
export let quote: u8 = 0;
export let escape: u8 = 0;
export let nullSize: usize = 0;

export function setSeparators(delimiter: usize, lineEnding: usize, utcSuffix: usize, bytesPrefix: usize): void {
  delimiterSize = delimiter;
  lineEndingSize = lineEnding;
  utcSize = utcSuffix;
  prefixSize = bytesPrefix;
}

export function setQuoting(quoteByte: u8, escapeByte: u8, sizeOfNull: usize, timestampSeparator: u8): void {
  quote = quoteByte;
  escape = escapeByte;
  nullSize = sizeOfNull;
  separator = timestampSeparator;
}

export function setColumns(count: usize, growthOfBytes: usize, roomOfCell: usize): void {
  columnCount = <u32>count;
  columnsEnd = COLUMNS + count * COLUMN_BYTES;
  growth = growthOfBytes;
  cellRoom = roomOfCell;
}

export function setScratch(plain: usize, covered: usize): void {
  scratch = plain;
  masked = covered;
}
