import { zstdDecompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { Member } from '../../../src-main/ports/compression.ts';
import { ZstdPackers } from '../../../src-main/store/zstd-packers.ts';

/** Does not get smaller. */
function noise(length: number, seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => (state = (state * 48_271) % 0x7fffffff) & 255);
}

it('members stay as they are until they are disposed of, and give their memory back then', async () => {
  const packers = new ZstdPackers();
  const held: { readonly member: Member; readonly block: Uint8Array }[] = [];
  const disposed: ArrayBufferLike[] = [];
  for (let nth = 1; nth <= 40; nth++) {
    // Several in the memory that one stream writes to, and now and then one that needs more of it than there is.
    const block = noise(nth % 7 === 0 ? 900_000 : 150_000, nth);
    held.push({ member: await packers.pack(block), block });
    if (held.length < 4) continue;
    const first = held.shift();
    if (first === undefined) continue;
    const { pieces } = first.member;
    expect(zstdDecompressSync(Buffer.concat(pieces)).equals(first.block)).toBe(true);
    disposed.push(...pieces.map(({ buffer }) => buffer));
    first.member[Symbol.dispose]();
  }
  const given = new Set(disposed.filter((buffer) => buffer instanceof ArrayBuffer && buffer.detached));
  // All but what is held, and what the stream goes on in.
  expect(new Set(disposed).size - given.size).toBeLessThanOrEqual(2);
  expect(given.size).toBeGreaterThan(5);
  for (const { member, block } of held)
    expect(zstdDecompressSync(Buffer.concat(member.pieces)).equals(block)).toBe(true);
});
