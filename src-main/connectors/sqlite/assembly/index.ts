// Finds the separators of a text, sixteen bytes at a time.

/**
 * Writes where in [from, from + length) this byte is, counted from `from`, in ascending order, as 32-bit numbers from `out`
 * on; at most so many. Returns how many. 16 bytes behind the text may be read.
 */
export function find(from: usize, length: u32, byte: u8, out: usize, most: u32): u32 {
  const wanted = i8x16.splat(byte);
  let found: u32 = 0;
  for (let at: u32 = 0; at < length; at += 16) {
    let places = i8x16.bitmask(i8x16.eq(v128.load(from + at), wanted));
    if (length - at < 16) places &= (1 << (length - at)) - 1;
    while (places != 0) {
      if (found == most) return found;
      store<u32>(out + (<usize>found << 2), at + <u32>ctz(places));
      found++;
      places &= places - 1;
    }
  }
  return found;
}
