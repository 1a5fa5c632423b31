// Counts the records of CSV with quotes, as strictly as it is written: a quote only at the ends of a value, a line break
// outside quotes only as the line ending, the same number of fields in every record. Shares nothing with the encoder or the
// kernel that write such files. The state stays between calls: a file comes in pieces.
import {
  BLOCK,
  delimiters,
  endsAtStart,
  endsMidway,
  endsOpen,
  isAtQuote,
  isOdd,
  lineEnds,
  lookAt,
  setBytes,
} from './block';

const FIELD_START: i32 = 0;
const BARE: i32 = 1;
const QUOTED: i32 = 2;
const QUOTE_SEEN: i32 = 3;
const ESCAPE_SEEN: i32 = 4;
const IN_DELIMITER: i32 = 5;
const IN_LINE_ENDING: i32 = 6;

/** Separators, written by the caller; at most 32 bytes each. */
const DELIMITER: usize = 1024;
const LINE_ENDING: usize = 1056;

export const FAULT_FIELDS: i32 = 1;
export const FAULT_AFTER_QUOTE: i32 = 2;
export const FAULT_QUOTE: i32 = 3;
export const FAULT_LINE_BREAK: i32 = 4;
export const FAULT_SEPARATOR: i32 = 5;

export let state: i32 = FIELD_START;
export let fields: u32 = 0;
/** A 32-bit count wraps: the caller adds up what each call found. */
export let records: u32 = 0;
export let fault: i32 = 0;
let matched: usize = 0;
let expected: u32 = 0;
let delimiterSize: usize = 0;
let lineEndingSize: usize = 0;
let quote: u8 = 0;
let escape: u8 = 0;
/** One byte between values, quotes doubled, and a line ending that is a line break: files as nearly all are. */
let isUsual: bool = false;
/** The line ending is CR LF. */
let isPair: bool = false;

export function start(fieldsPerRecord: u32, delimiter: usize, lineEnding: usize, quoteByte: u8, escapeByte: u8): void {
  expected = fieldsPerRecord;
  delimiterSize = delimiter;
  lineEndingSize = lineEnding;
  quote = quoteByte;
  escape = escapeByte;
  isPair = lineEnding == 2 && load<u8>(LINE_ENDING) == 13 && load<u8>(LINE_ENDING + 1) == 10;
  const isBreak = lineEnding == 1 && (load<u8>(LINE_ENDING) == 10 || load<u8>(LINE_ENDING) == 13);
  isUsual = delimiter == 1 && (isPair || isBreak) && escape == quote;
  setBytes(load<u8>(DELIMITER), load<u8>(LINE_ENDING + lineEnding - 1), quote);
}

/** Takes [from, end) in; 16 bytes behind it may be read. Stops at the first fault. */
export function scan(from: usize, end: usize): void {
  records = 0;
  let at = from;
  while (at < end && fault == 0) {
    if (isUsual && state <= QUOTED) {
      const behind = scanBlocks(at, end);
      if (behind > at) {
        at = behind;
        continue;
      }
    }
    if (state <= BARE) at = scanBare(at, end);
    else if (state == QUOTED) at = scanQuoted(at, end);
    else takeSingle(load<u8>(at++));
  }
}

/**
 * Whole blocks of the usual separators, as long as nothing in them is wrong: what is wrong is said by the slow way, which
 * begins at the same block. Returns where it stopped.
 */
function scanBlocks(at: usize, end: usize): usize {
  let i = at;
  let isOpen = state == QUOTED;
  let isStart = state == FIELD_START;
  for (; end - i >= BLOCK; i += BLOCK) {
    lookAt(i, isOpen, isStart);
    if (isOdd(isPair) || !takeFields()) break;
    isOpen = endsOpen();
    isStart = endsAtStart();
    if (!endsMidway(isPair)) continue;
    matched = 1;
    state = isAtQuote() ? QUOTE_SEEN : IN_LINE_ENDING;
    return i + BLOCK;
  }
  state = isOpen ? QUOTED : isStart ? FIELD_START : BARE;
  return i;
}

/** Counts the block's fields and records; nothing is counted of a block with a record of another size. */
function takeFields(): bool {
  let rest = lineEnds;
  let separators = delimiters;
  let count = fields;
  let whole: u32 = 0;
  for (; rest != 0; rest &= rest - 1) {
    const upTo = rest ^ (rest - 1);
    if (count + <u32>popcnt(separators & upTo) + 1 != expected) return false;
    count = 0;
    whole++;
    separators &= ~upTo;
  }
  fields = count + <u32>popcnt(separators);
  records += whole;
  return true;
}

/** Outside quotes: whole fields and records at a run, sixteen bytes at a time. */
function scanBare(at: usize, end: usize): usize {
  const delimiter = load<u8>(DELIMITER);
  const lineEnding = load<u8>(LINE_ENDING);
  const stop0 = i8x16.splat(delimiter);
  const stop1 = i8x16.splat(lineEnding);
  const stop2 = i8x16.splat(quote);
  const stop3 = i8x16.splat(10);
  const stop4 = i8x16.splat(13);
  const isSimple = delimiterSize == 1;
  // Where the current field begins; before everything when it began in an earlier piece.
  let fieldStart: usize = state == FIELD_START ? at : 0;
  let i = at;
  while (i < end) {
    const vector = v128.load(i);
    const equal01 = v128.or(i8x16.eq(vector, stop0), i8x16.eq(vector, stop1));
    const equal34 = v128.or(i8x16.eq(vector, stop3), i8x16.eq(vector, stop4));
    let stops = i8x16.bitmask(v128.or(v128.or(equal01, equal34), i8x16.eq(vector, stop2)));
    if (end - i < 16) stops &= (1 << <i32>(end - i)) - 1;
    let next = i + 16;
    while (stops != 0) {
      const place = i + <usize>ctz(stops);
      const byte = load<u8>(place);
      if (byte == delimiter && isSimple) {
        fields++;
        fieldStart = place + 1;
        stops &= stops - 1;
        continue;
      }
      if (byte != lineEnding || place + lineEndingSize > end || !isLineEnding(place)) {
        state = place == fieldStart ? FIELD_START : BARE;
        takeStop(byte);
        return place + 1;
      }
      fields++;
      endRecord();
      if (fault != 0) return end;
      fieldStart = place + lineEndingSize;
      if (fieldStart >= i + 16) {
        next = fieldStart;
        stops = 0;
      } else stops &= ~((1 << <i32>(fieldStart - i)) - 1);
    }
    i = next;
  }
  state = fieldStart == end ? FIELD_START : BARE;
  return end;
}

function isLineEnding(at: usize): bool {
  for (let i: usize = 1; i < lineEndingSize; i++) if (load<u8>(at + i) != load<u8>(LINE_ENDING + i)) return false;
  return true;
}

function scanQuoted(at: usize, end: usize): usize {
  const stop0 = i8x16.splat(quote);
  const stop1 = i8x16.splat(escape);
  let i = at;
  while (i < end) {
    const vector = v128.load(i);
    const stops = i8x16.bitmask(v128.or(i8x16.eq(vector, stop0), i8x16.eq(vector, stop1)));
    if (stops != 0) {
      const place = i + <usize>ctz(stops);
      if (place >= end) return end;
      state = load<u8>(place) == quote ? QUOTE_SEEN : ESCAPE_SEEN;
      return place + 1;
    }
    i += 16;
  }
  return end;
}

function takeSingle(byte: u8): void {
  if (state == ESCAPE_SEEN) state = QUOTED;
  else if (state != QUOTE_SEEN) takeSeparator(byte);
  else if (byte == quote && escape == quote) state = QUOTED;
  else if (byte == quote || !isStop(byte)) fault = FAULT_AFTER_QUOTE;
  else takeStop(byte);
}

function isStop(byte: u8): bool {
  return byte == load<u8>(DELIMITER) || byte == load<u8>(LINE_ENDING) || byte == quote || byte == 10 || byte == 13;
}

/** A byte that ends a field, or must not be there. */
function takeStop(byte: u8): void {
  if (byte == quote && state == FIELD_START) state = QUOTED;
  else if (byte == load<u8>(DELIMITER)) openSeparator(IN_DELIMITER, byte);
  else if (byte == load<u8>(LINE_ENDING)) openSeparator(IN_LINE_ENDING, byte);
  else fault = byte == quote ? FAULT_QUOTE : FAULT_LINE_BREAK;
}

function openSeparator(inside: i32, byte: u8): void {
  state = inside;
  matched = 0;
  takeSeparator(byte);
}

function takeSeparator(byte: u8): void {
  const isDelimiter = state == IN_DELIMITER;
  const size = isDelimiter ? delimiterSize : lineEndingSize;
  if (byte != load<u8>((isDelimiter ? DELIMITER : LINE_ENDING) + matched)) {
    fault = FAULT_SEPARATOR;
    return;
  }
  if (++matched < size) return;
  state = FIELD_START;
  fields++;
  if (!isDelimiter) endRecord();
}

function endRecord(): void {
  if (fields != expected) {
    fault = FAULT_FIELDS;
    return;
  }
  fields = 0;
  records++;
}
