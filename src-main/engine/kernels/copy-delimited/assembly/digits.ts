// Whole numbers as decimal digits, two at a time. Each function writes to `to` and returns the position behind.
import { PAIRS } from './memory-map';

@inline export function putPair(n: u32, to: usize): void {
  store<u16>(to, load<u16>(PAIRS + (<usize>n << 1)));
}

/** Four digits, leading zeros included. */
@inline export function putFour(n: u32, to: usize): void {
  const upper = n / 100;
  putPair(upper, to);
  putPair(n - upper * 100, to + 2);
}

function digitsOf(n: u32): usize {
  if (n < 10000) return n < 100 ? (n < 10 ? 1 : 2) : n < 1000 ? 3 : 4;
  if (n < 100000000) return n < 1000000 ? (n < 100000 ? 5 : 6) : n < 10000000 ? 7 : 8;
  return n < 1000000000 ? 9 : 10;
}

export function putU32(n: u32, to: usize): usize {
  const end = to + digitsOf(n);
  let left = n;
  let at = end;
  while (left >= 100) {
    const rest = left / 100;
    at -= 2;
    putPair(left - rest * 100, at);
    left = rest;
  }
  if (left >= 10) putPair(left, to);
  else store<u8>(to, <u8>(0x30 + left));
  return end;
}

export function putU64(n: u64, to: usize): usize {
  if (n <= 0xffffffff) return putU32(<u32>n, to);
  const upper = n / 100000000;
  const lower = <u32>(n - upper * 100000000);
  const at = putU64(upper, to);
  const head = lower / 10000;
  putFour(head, at);
  putFour(lower - head * 10000, at + 4);
  return at + 8;
}

export function putI64(n: i64, to: usize): usize {
  if (n >= 0) return putU64(<u64>n, to);
  store<u8>(to, 0x2d);
  return putU64(<u64>(-n), to + 1);
}
