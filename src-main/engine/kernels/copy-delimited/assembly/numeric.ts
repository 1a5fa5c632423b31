// numeric in COPY BINARY: number of base-10000 digits, weight of the first of them, sign, digits after the point as shown,
// then the digits, 16 bits each. The text is the server's own: every digit, never an exponent.
import { putFour, putU32 } from './digits';
import { setBroken } from './progress';

const POSITIVE: u32 = 0x0000;
const NEGATIVE: u32 = 0x4000;
const NOT_A_NUMBER: u32 = 0xc000;
const INFINITE: u32 = 0xd000;
const MINUS_INFINITE: u32 = 0xf000;
const SCALE_AT_MOST: u32 = 0x3fff;
const HEADER: usize = 8;

@inline function word(at: usize): u32 {
  return <u32>bswap<u16>(load<u16>(at));
}

@inline function digitsAt(at: usize): u32 {
  const four = word(at);
  if (four > 9999) setBroken();
  return four;
}

/** Of a value that is no number: NaN and the infinities. */
export function isSpecial(at: usize): bool {
  const sign = word(at + 4);
  return sign != POSITIVE && sign != NEGATIVE;
}

/** Whether these bytes are a numeric, its digits aside: those are looked at when they are written. */
export function isNumeric(at: usize, size: usize): bool {
  if (size < HEADER) return false;
  const count = word(at);
  if (size != HEADER + <usize>count * 2 || count > 0x7fff) return false;
  const sign = word(at + 4);
  if (sign == NOT_A_NUMBER || sign == INFINITE || sign == MINUS_INFINITE) return count == 0;
  return (sign == POSITIVE || sign == NEGATIVE) && word(at + 6) <= SCALE_AT_MOST;
}

/** Whether its text is short: at most 32 groups of digits before the point and as many after it. */
@inline export function isShort(at: usize): bool {
  return ((word(at + 2) + 0x8000) & 0xffff) <= 0x8000 + 30 && word(at + 6) <= 128;
}

/** At most so many bytes is the text of the numeric at `at`; it may be far more than the bytes it came in. */
export function numericRoom(at: usize): usize {
  if (isSpecial(at)) return 16;
  const weight = <i32><i16>word(at + 2);
  return <usize>(weight < 0 ? 0 : (weight + 1) * 4) + <usize>word(at + 6) + 16;
}

/** Writes the text of a numeric and returns the position behind; up to four bytes behind that are touched. */
export function putNumeric(at: usize, to: usize): usize {
  const sign = word(at + 4);
  if (sign == NOT_A_NUMBER) {
    store<u32>(to, 0x4e614e);
    return to + 3;
  }
  let out = to;
  if (sign == NEGATIVE || sign == MINUS_INFINITE) store<u8>(out++, 0x2d);
  if (sign == INFINITE || sign == MINUS_INFINITE) {
    store<u64>(out, 0x7974696e69666e49);
    return out + 8;
  }
  const count = <i32>word(at);
  const weight = <i32><i16>word(at + 2);
  const digits = at + HEADER;
  if (weight < 0) store<u8>(out++, 0x30);
  else {
    out = putU32(count > 0 ? digitsAt(digits) : 0, out);
    for (let i = 1; i <= weight; i++) {
      putFour(i < count ? digitsAt(digits + (<usize>i << 1)) : 0, out);
      out += 4;
    }
  }
  const scale = word(at + 6);
  if (scale == 0) return out;
  store<u8>(out++, 0x2e);
  const end = out + <usize>scale;
  for (let i = weight + 1; out < end; i++) {
    putFour(i >= 0 && i < count ? digitsAt(digits + (<usize>i << 1)) : 0, out);
    out += 4;
  }
  return end;
}
