// RFC 1320, of which NTLM still hashes its passwords; the runtime's own library has it no more.

const SHIFTS = [
  [3, 7, 11, 19],
  [3, 5, 9, 13],
  [3, 9, 11, 15],
] as const;
const ORDERS = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
  [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
] as const;
const ADDENDS = [0, 0x5a827999, 0x6ed9eba1];
const MIXES = [
  (x: number, y: number, z: number) => (x & y) | (~x & z),
  (x: number, y: number, z: number) => (x & y) | (x & z) | (y & z),
  (x: number, y: number, z: number) => x ^ y ^ z,
];

export function md4(input: Buffer): Buffer {
  const padded = Buffer.alloc((((input.length + 8) >> 6) + 1) << 6);
  input.copy(padded);
  padded[input.length] = 0x80;
  padded.writeBigUInt64LE(BigInt(input.length) * 8n, padded.length - 8);
  let state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let block = 0; block < padded.length; block += 64) {
    let [a = 0, b = 0, c = 0, d = 0] = state;
    for (let step = 0; step < 48; step++) {
      const round = step >> 4;
      const word = padded.readUInt32LE(block + 4 * (ORDERS[round]?.[step & 15] ?? 0));
      const sum = (a + (MIXES[round]?.(b, c, d) ?? 0) + word + (ADDENDS[round] ?? 0)) | 0;
      const shift = SHIFTS[round]?.[step & 3] ?? 0;
      [a, b, c, d] = [d, (sum << shift) | (sum >>> (32 - shift)), b, c];
    }
    state = [a, b, c, d].map((value, i) => (value + (state[i] ?? 0)) | 0);
  }
  const out = Buffer.alloc(16);
  for (const [i, value] of state.entries()) out.writeInt32LE(value, 4 * i);
  return out;
}
