const DIGITS = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));

/** Writes `source` as lower-case hex digits to `target` at `at`, which has room for twice its length. */
export function writeHex(source: Uint8Array, target: Uint8Array, at: number): void {
  let to = at;
  for (let i = 0; i < source.length; i++) {
    const byte = source[i] as number;
    target[to++] = DIGITS[byte >>> 4] as number;
    target[to++] = DIGITS[byte & 15] as number;
  }
}
