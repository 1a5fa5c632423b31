// 64 bytes at once, a bit for each: where values, records and quotes begin and end. A quote that is doubled closes and opens.

export const BLOCK: usize = 64;
const LAST: u64 = 63;

/** Outside quotes, the first byte in the lowest bit. */
export let delimiters: u64 = 0;
/** The last byte of each line ending. */
export let lineEnds: u64 = 0;
/** The line break that is no line ending, or only the first half of one. */
let otherBreaks: u64 = 0;
let quotes: u64 = 0;
/** Bytes between quotes, the opening one included, the closing one not. */
let within: u64 = 0;
/** First bytes of values. */
let starts: u64 = 0;

let delimiterByte: u8 = 0;
let lineEndByte: u8 = 0;
let otherBreakByte: u8 = 0;
let quoteByte: u8 = 0;

/** `lineEnd`: the last byte of the line ending, LF or CR. */
export function setBytes(delimiter: u8, lineEnd: u8, quote: u8): void {
  delimiterByte = delimiter;
  lineEndByte = lineEnd;
  otherBreakByte = lineEnd == 10 ? 13 : 10;
  quoteByte = quote;
}

/** Looks at the block at `at`, which begins between quotes (`isOpen`), or where a value does (`isStart`), or within a bare one. */
export function lookAt(at: usize, isOpen: bool, isStart: bool): void {
  const a = v128.load(at);
  const b = v128.load(at, 16);
  const c = v128.load(at, 32);
  const d = v128.load(at, 48);
  quotes = bitsOf(a, b, c, d, i8x16.splat(quoteByte));
  within = isOpen ? ~<u64>0 : 0;
  if (quotes != 0) within ^= parities(quotes);
  const outside = ~within;
  delimiters = bitsOf(a, b, c, d, i8x16.splat(delimiterByte)) & outside;
  lineEnds = bitsOf(a, b, c, d, i8x16.splat(lineEndByte)) & outside;
  otherBreaks = bitsOf(a, b, c, d, i8x16.splat(otherBreakByte)) & outside;
  starts = ((delimiters | lineEnds) << 1) | (isStart ? 1 : 0);
}

@inline function bitsOf(a: v128, b: v128, c: v128, d: v128, byte: v128): u64 {
  const low = <u64>(<u32>i8x16.bitmask(i8x16.eq(a, byte)) | (<u32>i8x16.bitmask(i8x16.eq(b, byte)) << 16));
  const high = <u64>(<u32>i8x16.bitmask(i8x16.eq(c, byte)) | (<u32>i8x16.bitmask(i8x16.eq(d, byte)) << 16));
  return low | (high << 32);
}

/** Each bit: whether the number of bits up to it, itself included, is odd. */
@inline function parities(bits: u64): u64 {
  let all = bits;
  all ^= all << 1;
  all ^= all << 2;
  all ^= all << 4;
  all ^= all << 8;
  all ^= all << 16;
  return all ^ (all << 32);
}

/** Something in it stands where it must not. What its last byte leads to is not looked at. */
export function isOdd(isPair: bool): bool {
  if (isPair ? otherBreaks << 1 != lineEnds : otherBreaks != 0) return true;
  if (quotes == 0) return false;
  const opening = quotes & within;
  const behindClosing = (quotes & ~within) << 1;
  const mayFollow = delimiters | (isPair ? otherBreaks : lineEnds) | quotes;
  return (opening & ~(starts | behindClosing)) != 0 || (behindClosing & ~mayFollow) != 0;
}

/** The next byte stands between quotes. */
export function endsOpen(): bool {
  return within >> LAST != 0;
}

/** The next byte is the first of a value. */
export function endsAtStart(): bool {
  return (delimiters | lineEnds) >> LAST != 0;
}

/** It ends with a quote that may be half of two. */
export function isAtQuote(): bool {
  return (quotes & ~within) >> LAST != 0;
}

/** Only the next byte says what its last one is. */
export function endsMidway(isPair: bool): bool {
  return isAtQuote() || (isPair && otherBreaks >> LAST != 0);
}
