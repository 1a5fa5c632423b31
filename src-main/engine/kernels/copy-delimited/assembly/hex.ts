// Bytes as lower-case hex digits, sixteen bytes at a time.
import { HEX_DIGITS } from './memory-map';

@inline function upperDigits(bytes: v128): v128 {
  const upper = v128.and(i16x8.shr_u(bytes, 4), i8x16.splat(0x0f));
  return i8x16.swizzle(v128.load(HEX_DIGITS), upper);
}

@inline function lowerDigits(bytes: v128): v128 {
  return i8x16.swizzle(v128.load(HEX_DIGITS), v128.and(bytes, i8x16.splat(0x0f)));
}

@inline function firstHalf(upper: v128, lower: v128): v128 {
  return i8x16.shuffle(upper, lower, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

@inline function secondHalf(upper: v128, lower: v128): v128 {
  return i8x16.shuffle(upper, lower, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

/** Writes two digits a byte; up to 15 bytes behind the source are read and up to 30 behind the digits are touched. */
export function putHex(at: usize, size: usize, to: usize): usize {
  for (let i: usize = 0; i < size; i += 16) {
    const bytes = v128.load(at + i);
    const upper = upperDigits(bytes);
    const lower = lowerDigits(bytes);
    v128.store(to + (i << 1), firstHalf(upper, lower));
    v128.store(to + (i << 1) + 16, secondHalf(upper, lower));
  }
  return to + (size << 1);
}

/** `8-4-4-4-12` of sixteen bytes. */
export function putUuid(at: usize, to: usize): usize {
  const bytes = v128.load(at);
  const upper = upperDigits(bytes);
  const lower = lowerDigits(bytes);
  const first = firstHalf(upper, lower);
  const second = secondHalf(upper, lower);
  const dash = i8x16.splat(0x2d);
  v128.store(to, i8x16.shuffle(first, dash, 0, 1, 2, 3, 4, 5, 6, 7, 16, 8, 9, 10, 11, 16, 12, 13));
  const middle = i8x16.shuffle(first, second, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29);
  v128.store(to + 16, i8x16.shuffle(middle, dash, 0, 1, 16, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13));
  store<u32>(to + 32, i32x4.extract_lane(second, 3));
  return to + 36;
}
