/** Number of characters (Unicode code points) in a range of UTF-8. */
export function countCharacters(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let i = start; i < end; i++) {
    // Every byte but a continuation byte (10xxxxxx) begins a character.
    if (((bytes[i] as number) & 0xc0) !== 0x80) count++;
  }
  return count;
}
