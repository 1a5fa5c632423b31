// One value of COPY BINARY as its text: the server's own, with separator, suffix and prefix of the file.
import { isBefore, putBefore, putDay, putMoment, putTimeOfDay } from './calendar';
import { putI64, putU32, putU64 } from './digits';
import { putHex, putUuid } from './hex';
import {
  BYTES_PREFIX,
  ENCODED_BOOLEAN,
  ENCODED_DATE,
  ENCODED_INT16,
  ENCODED_INT32,
  ENCODED_INT64,
  ENCODED_NUMERIC,
  ENCODED_TIME,
  ENCODED_TIMESTAMP,
  ENCODED_UINT32,
  ENCODED_UINT64,
  ENCODED_UUID,
  OP_TIMESTAMP_UTC,
  UTC_SUFFIX,
} from './memory-map';
import { isNumeric, isSpecial, putNumeric } from './numeric';
import { setBroken } from './progress';
import { prefixSize, separator, utcSize } from './settings';
import { copyShort } from './text';

/** The server's ranges; what is beyond them is no value of the type. */
const DAY_FIRST: i32 = -2451545;
const DAY_LAST: i32 = 2145031948;
const MOMENT_FIRST: i64 = -211813488000000000;
const MOMENT_END: i64 = 9223371331200000000;
const DAY_MICROS: i64 = 86400000000;

/** The last text was one of the rare ones that hold letters or blanks: infinities, years before 1, NaN. */
export let isRare: bool = false;

/** Writes the text of the value in [at, at + size) to `to` and returns the position behind. Not for texts. */
export function putEncoded(column: usize, at: usize, size: usize, to: usize): usize {
  isRare = false;
  const encoding = load<u8>(column + 3);
  if (encoding < ENCODED_NUMERIC) return putWhole(encoding, at, size, to);
  if (encoding == ENCODED_NUMERIC) {
    if (!isNumeric(at, size)) return broken(to);
    isRare = isSpecial(at);
    return putNumeric(at, to);
  }
  if (encoding < ENCODED_UUID) {
    if (encoding == ENCODED_DATE) return size == 4 ? putDate(<i32>bswap<u32>(load<u32>(at)), to) : broken(to);
    if (size != 8) return broken(to);
    const micros = bswap<i64>(load<i64>(at));
    return encoding == ENCODED_TIME ? putTime(micros, to) : putTimestamp(micros, load<u8>(column) == OP_TIMESTAMP_UTC, to);
  }
  if (encoding == ENCODED_UUID) return size == 16 ? putUuid(at, to) : broken(to);
  copyShort(BYTES_PREFIX, prefixSize, to);
  isRare = prefixSize + size == 0;
  return putHex(at, size, to + prefixSize);
}

function putWhole(encoding: u8, at: usize, size: usize, to: usize): usize {
  if (encoding == ENCODED_INT64 && size == 8) return putI64(bswap<i64>(load<i64>(at)), to);
  if (encoding == ENCODED_INT32 && size == 4) return putI64(<i64><i32>bswap<u32>(load<u32>(at)), to);
  if (encoding == ENCODED_INT16 && size == 2) return putI64(<i64><i16>bswap<u16>(load<u16>(at)), to);
  if (encoding == ENCODED_UINT32 && size == 4) return putU32(bswap<u32>(load<u32>(at)), to);
  if (encoding == ENCODED_UINT64 && size == 8) return putU64(bswap<u64>(load<u64>(at)), to);
  return encoding == ENCODED_BOOLEAN && size == 1 && load<u8>(at) <= 1 ? putTruth(load<u8>(at) == 1, to) : broken(to);
}

function broken(to: usize): usize {
  setBroken();
  return to;
}

/** Only what a mask looks at: unmasked ones are written as the file spells them. */
function putTruth(isTrue: bool, to: usize): usize {
  store<u32>(to, isTrue ? 0x65757274 : 0x736c6166);
  store<u8>(to + 4, 0x65);
  return to + (isTrue ? 4 : 5);
}

function putInfinity(isMinus: bool, to: usize): usize {
  isRare = true;
  let at = to;
  if (isMinus) store<u8>(at++, 0x2d);
  store<u64>(at, 0x7974696e69666e69);
  return at + 8;
}

function putDate(day: i32, to: usize): usize {
  if (day == i32.MIN_VALUE || day == i32.MAX_VALUE) return putInfinity(day < 0, to);
  if (day < DAY_FIRST || day > DAY_LAST) return broken(to);
  const end = putDay(day, to);
  return isBefore ? rare(putBefore(end)) : end;
}

function putTime(micros: i64, to: usize): usize {
  return micros >= 0 && micros <= DAY_MICROS ? putTimeOfDay(micros, to) : broken(to);
}

function putTimestamp(micros: i64, utc: bool, to: usize): usize {
  if (micros == i64.MIN_VALUE || micros == i64.MAX_VALUE) return putInfinity(micros < 0, to);
  if (micros < MOMENT_FIRST || micros >= MOMENT_END) return broken(to);
  let end = putMoment(micros, separator, to);
  if (utc) {
    copyShort(UTC_SUFFIX, utcSize, end);
    end += utcSize;
  }
  return isBefore ? rare(putBefore(end)) : end;
}

function rare(end: usize): usize {
  isRare = true;
  return end;
}
