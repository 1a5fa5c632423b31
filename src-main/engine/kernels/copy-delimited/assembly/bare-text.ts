// Cells whose size is known before their first byte and in which nothing is escaped.
import { putToken } from './cells';
import { CLASS_HIGH, CLASS_LOW, OP_TOKEN } from './memory-map';
import { coverText } from './partial';
import { masked } from './settings';
import { isMistakable, LONG_CELL, putText } from './text';

/** Which of sixteen bytes make quotes necessary, a bit each. */
@inline export function specialIn(vector: v128): i32 {
  const nibble = i8x16.splat(0x0f);
  const upper = v128.and(i16x8.shr_u(vector, 4), nibble);
  const low = i8x16.swizzle(v128.load(CLASS_LOW), v128.and(vector, nibble));
  const classes = v128.and(low, i8x16.swizzle(v128.load(CLASS_HIGH), upper));
  return i8x16.bitmask(i8x16.ne(classes, i8x16.splat(0)));
}

/** A text that is copied, and quoted only where needed. */
export function copyText(at: usize, size: usize, out: usize): usize {
  let i: usize = 0;
  let found = 0;
  for (; i < size; i += 16) {
    const vector = v128.load(at + i);
    v128.store(out + i, vector);
    found = specialIn(vector);
    if (found != 0) break;
  }
  if (found != 0 && i + <usize>ctz(found) < size) return putText(at, size, out, true);
  return isMistakable(at, size) ? putText(at, size, out, true) : out + size;
}

/** What the column's mask makes of a text. */
export function putMasked(column: usize, at: usize, size: usize, out: usize): usize {
  if (load<u8>(column) == OP_TOKEN) return putToken(column, at, size, out);
  const covered = coverText(at, size, column, masked);
  // The encoder quotes every long value, so that pieces and the whole give the same bytes.
  return putText(masked, covered, out, load<u8>(column + 1) != 0 || covered > LONG_CELL);
}
