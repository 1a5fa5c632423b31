import { writeFileSync } from 'node:fs';
import { zstdCompressSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ZstdPackers } from '../../../src-main/store/zstd-packers.ts';
import { ZstdUnpackers } from '../../../src-main/store/zstd-unpackers.ts';
import { TempFolder } from '../../fakes/temp-folder.ts';

const thread = fileURLToPath(new URL('../../../src-main/store/unpack-thread.ts', import.meta.url));
const LARGE = 300_000;

/** Does not get smaller. */
function noise(length: number): Uint8Array {
  let state = 7;
  return Uint8Array.from({ length }, () => (state = (state * 48_271) % 0x7fffffff) & 255);
}

/** What comes out of a file that is pushed in blocks of this size, and how it ended. */
async function unpack(file: Uint8Array, blockBytes: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const unpacker = new ZstdUnpackers(thread).unpacker((bytes) => pieces.push(Buffer.from(bytes)));
  try {
    const pushed: Promise<void>[] = [];
    for (let at = 0; at < file.length; at += blockBytes) pushed.push(unpacker.push(file.slice(at, at + blockBytes)));
    await Promise.all(pushed);
    await unpacker.finish();
    return Buffer.concat(pieces);
  } finally {
    unpacker.close();
  }
}

describe('unpacking zstd on a thread of its own', () => {
  it.each([LARGE, 130_000, 1000])('gives back what was packed, pushed in blocks of %i bytes', async (blockBytes) => {
    const packers = new ZstdPackers();
    const blocks = [noise(1_048_576), noise(0), noise(70_001), new Uint8Array(1_048_576), noise(3)];
    const packed = await Promise.all(blocks.map((block) => packers.pack(block)));
    const again = await packers.pack(noise(1_048_576));
    const file = Buffer.concat([...packed, again].flatMap(({ pieces }) => pieces));
    expect((await unpack(file, blockBytes)).equals(Buffer.concat([...blocks, noise(1_048_576)]))).toBe(true);
  });

  it('gives what a frame of another program holds, larger than any block', async () => {
    const text = Buffer.alloc(9_000_000, 'waybill ');
    const file = Buffer.concat([zstdCompressSync(noise(LARGE)), zstdCompressSync(text)]);
    expect((await unpack(file, LARGE)).subarray(LARGE).equals(text)).toBe(true);
  });

  it('refuses a file that is cut off anywhere in its last frame', async () => {
    const file = Buffer.concat([zstdCompressSync(noise(LARGE)), zstdCompressSync(noise(LARGE))]);
    for (const cut of [1, 4, 5, LARGE - 1])
      await expect(unpack(file.subarray(0, file.length - cut), LARGE)).rejects.toThrow('cut off');
  });

  it('refuses a damaged file, and unpacks the next one', async () => {
    const file = Buffer.concat((await new ZstdPackers().pack(noise(2 * LARGE))).pieces);
    const damaged = Buffer.from(file);
    damaged.writeUInt8(damaged.readUInt8(LARGE + 1000) ^ 1, LARGE + 1000);
    await expect(unpack(damaged, LARGE)).rejects.toThrow();
    await expect(unpack(file, LARGE)).resolves.toHaveLength(2 * LARGE);
  });

  it('fails what it was asked when the thread dies, and what is asked of the same file afterwards', async () => {
    using folder = new TempFolder();
    const script = folder.join('dies.cjs');
    writeFileSync(
      script,
      `require('node:worker_threads').parentPort.on('message', () => { throw new Error('no memory'); });`,
    );
    const unpacker = new ZstdUnpackers(script).unpacker(() => undefined);
    await expect(unpacker.push(noise(LARGE))).rejects.toThrow('no memory');
    await expect(unpacker.finish()).rejects.toThrow();
    unpacker.close();
  });

  it('fails the push whose bytes could not be taken', async () => {
    const unpacker = new ZstdUnpackers(thread).unpacker(() => {
      throw new Error('not a row');
    });
    await expect(unpacker.push(zstdCompressSync(noise(LARGE)))).rejects.toThrow('not a row');
    unpacker.close();
  });
});
