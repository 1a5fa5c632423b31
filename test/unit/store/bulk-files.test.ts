import { createHash } from 'node:crypto';
import {
  appendFileSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readlinkSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BLOCK_BYTES, blockPool } from '../../../src-main/engine/run/block-pool.ts';
import { createFileDigester } from '../../../src-main/store/file-digester.ts';
import { createNodeStore } from '../../../src-main/store/node-store.ts';

const store = createNodeStore();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waybill-bulk-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const at = (name: string) => join(folder, name);

/** A block with bytes of its own in it. */
function block(seed: number): Uint8Array {
  const bytes = blockPool.take();
  for (let i = 0; i < bytes.length; i++) bytes[i] = (i * 31 + (i >>> 9) + seed * 7) & 0xff;
  return bytes;
}

/** Blocks and what does not fill one, in the order in which an export may hand them over. */
const PIECES: [name: string, pieces: () => Uint8Array[]][] = [
  ['nothing', () => []],
  ['less than a block', () => [block(1).subarray(0, 4097)]],
  ['whole blocks', () => [block(1), block(2), block(3)]],
  ['whole blocks and a rest', () => [block(1), block(2), block(3).subarray(0, 12_345)]],
  ['a block after one that ends nowhere near a page', () => [block(1).subarray(0, 77), block(2), block(3)]],
  ['a piece that is larger than a block', () => [block(1), new Uint8Array(3 * BLOCK_BYTES + 5).fill(9), block(2)]],
  ['memory that is nobody else’s', () => [Uint8Array.from(block(1)), block(2)]],
];

describe.each(PIECES)('a bulk file of %s', (_, make) => {
  it('holds, and gives back, what was written', async () => {
    const pieces = make();
    const expected = Buffer.concat(pieces);
    await using writer = await store.create(at('file'), { bulk: true });
    for (const piece of pieces) await writer.write(piece);
    expect(writer.size).toBe(expected.length);
    expect(await writer.flushEarly()).toBe(expected.length);
    await writer.sync();
    await writer.close();
    expect(readFileSync(at('file')).equals(expected)).toBe(true);

    await using reader = await store.read.open(at('file'));
    const found: Buffer[] = [];
    const into = blockPool.take();
    for (let position = 0; ;) {
      const read = await reader.read(into, position);
      if (read === 0) break;
      found.push(Buffer.from(into.subarray(0, read)));
      position += read;
    }
    expect(Buffer.concat(found).equals(expected)).toBe(true);
  });

  it('has the digest of its bytes, wherever it is computed', async () => {
    const pieces = make();
    const digest = createFileDigester().begin();
    for (const piece of pieces) await digest.update(piece);
    expect(await digest.finish()).toBe(createHash('sha256').update(Buffer.concat(pieces)).digest('hex'));
  });
});

describe('a reader', () => {
  it('sees bytes that came after it was opened, and stays with its file when the name goes on', async () => {
    writeFileSync(at('file'), 'one');
    await using reader = await store.read.open(at('file'));
    appendFileSync(at('file'), ' two');
    const into = blockPool.take();
    expect(await reader.read(into, 3)).toBe(4);
    expect(Buffer.from(into.subarray(0, 4)).toString()).toBe(' two');
    renameSync(at('file'), at('other'));
    writeFileSync(at('file'), 'another');
    expect(await reader.read(into, 0)).toBe(7);
    expect(await reader.isAt(at('other'))).toBe(true);
    expect(await reader.isAt(at('file'))).toBe(false);
    expect(await reader.isAt(at('nowhere'))).toBe(false);
  });

  it('reads what is on the disk now, not what was there before', async () => {
    writeFileSync(at('file'), block(1));
    await using reader = await store.read.open(at('file'));
    const into = blockPool.take();
    await reader.read(into, 0);
    const file = openSync(at('file'), 'r+');
    writeSync(file, Uint8Array.of((into[500] ?? 0) ^ 1), 0, 1, 500);
    const before = into[500] ?? 0;
    await reader.read(into, 0);
    expect(into[500]).toBe(before ^ 1);
  });

  it('leaves no file open', async () => {
    const open = () => readdirSync('/proc/self/fd').filter((fd) => targetOf(fd).startsWith(folder)).length;
    const writer = await store.create(at('file'), { bulk: true });
    await writer.write(block(1));
    const reader = await store.read.open(at('file'));
    await reader.read(blockPool.take(), 0);
    expect(open()).toBeGreaterThan(0);
    await reader.close();
    await writer.close();
    expect(open()).toBe(0);
  });
});

function targetOf(fd: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return '';
  }
}

describe('digests', () => {
  it('of many files do not mix, in whatever order they go on', async () => {
    const digester = createFileDigester();
    const running = Array.from({ length: 5 }, () => digester.begin());
    const hashes = running.map(() => createHash('sha256'));
    for (let turn = 0; turn < 4; turn++) {
      await Promise.all(
        running.map(async (digest, i) => {
          const bytes = block(turn * 10 + i);
          hashes[i]?.update(bytes);
          await digest.update(bytes);
          blockPool.give(bytes);
        }),
      );
    }
    running[4]?.drop();
    expect(await Promise.all(running.slice(0, 4).map((digest) => digest.finish()))).toEqual(
      hashes.slice(0, 4).map((hash) => hash.digest('hex')),
    );
  });
});
