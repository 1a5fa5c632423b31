import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BLOCK_BYTES } from '../../../../src-main/engine/run/block-pool.ts';
import { PartOutput } from '../../../../src-main/engine/run/part-output.ts';
import { ReadBehind } from '../../../../src-main/engine/run/read-behind.ts';
import type { Compression } from '../../../../src-main/ports/compression.ts';
import type { Running } from '../../../../src-main/ports/digest.ts';
import { compressions } from '../../../../src-main/store/compressions.ts';
import { createFileDigester } from '../../../../src-main/store/file-digester.ts';
import { createNodeStore } from '../../../../src-main/store/node-store.ts';

const store = createNodeStore();
const digester = createFileDigester();
const { signal } = new AbortController();
const UNPACKERS = { gzip: ['gzip', '-dc'], zstd: ['zstd', '-qdc'] } as const;
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waybill-compressed-'));
  path = join(folder, 'file');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Text whose blocks differ, so that one in a wrong place is seen. */
const text = (bytes: number): Buffer => {
  let all = '';
  for (let line = 0; all.length < bytes; line++) all += `${line},${(line * 7919) % 104729},some words\r\n`;
  return Buffer.from(all.slice(0, bytes));
};

async function write(bytes: Uint8Array, compression: Compression) {
  const file = await store.create(path, { bulk: true });
  const { written: digest, again: match } = digester.beginPair();
  const output = new PartOutput({ file, digester, digest, compression, onSafe: () => undefined });
  const { sink } = output;
  for (let from = 0; from < bytes.length;) {
    const piece = bytes.subarray(from, from + 70_001);
    sink.room(piece.length);
    sink.bytes.set(piece, sink.length);
    sink.length += piece.length;
    from += piece.length;
    await sink.drained();
  }
  const written = await output.finish();
  await file.sync();
  await file.close();
  return { written, match };
}

async function readAgain(compression: Compression, match: Running<boolean>) {
  const seen: Buffer[] = [];
  const records = { push: (bytes: Uint8Array) => void seen.push(Buffer.from(bytes)), finish: () => ({ records: 1 }) };
  const behind = new ReadBehind({
    file: await store.read.open(path),
    match,
    records,
    compression,
  });
  try {
    return { ...(await behind.finish(signal)), text: Buffer.concat(seen) };
  } finally {
    await behind.close();
  }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe.each(['gzip', 'zstd'] as const)('a file compressed with %s', (id) => {
  const compression = compressions[id];

  it.each([0, 1, BLOCK_BYTES, 5 * BLOCK_BYTES + 17])('of %i bytes unpacks with the usual program', async (size) => {
    const bytes = text(size);
    const { written, match } = await write(bytes, compression);
    const [program, ...args] = UNPACKERS[id];
    expect(execFileSync(program, [...args, path], { maxBuffer: 2 ** 26 }).equals(bytes)).toBe(true);
    const onDisk = readFileSync(path);
    expect(written).toEqual({
      ...{ bytes: onDisk.length, sha256: sha256(onDisk) },
      plain: { bytes: size, sha256: sha256(bytes) },
    });
    const again = await readAgain(compression, match);
    expect(again.text.equals(bytes)).toBe(true);
    expect(again).toMatchObject({ bytes: onDisk.length, isSame: true, unpacked: size, records: 1 });
  });

  it('is found damaged when a byte in it is another one', async () => {
    const { match } = await write(text(3 * BLOCK_BYTES), compression);
    const bytes = readFileSync(path);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 0x55;
    writeFileSync(path, bytes);
    await expect(readAgain(compression, match)).rejects.toThrow('does not unpack');
  });

  it('is found cut off', async () => {
    const { written, match } = await write(text(3 * BLOCK_BYTES), compression);
    truncateSync(path, written.bytes - 5);
    await expect(readAgain(compression, match)).rejects.toThrow('does not unpack');
  });
});

it('a block that cannot be compressed ends the file with that error, and nothing behind it is written', async () => {
  const broken: Compression = {
    ...compressions.zstd,
    compress: (block) =>
      block[0] === 0x78 ? Promise.reject(new Error('no memory')) : compressions.zstd.compress(block),
  };
  const bytes = text(6 * BLOCK_BYTES);
  bytes[2 * BLOCK_BYTES] = 0x78;
  const file = await store.create(path, { bulk: true });
  const digest = digester.begin();
  const output = new PartOutput({ file, digester, digest, compression: broken, onSafe: () => undefined });
  const { sink } = output;
  const writing = (async () => {
    for (let from = 0; from < bytes.length; from += BLOCK_BYTES) {
      sink.room(BLOCK_BYTES);
      sink.bytes.set(bytes.subarray(from, from + BLOCK_BYTES), sink.length);
      sink.length += BLOCK_BYTES;
      await sink.drained();
    }
    await output.finish();
  })();
  await expect(writing).rejects.toThrow('no memory');
  await output.discard();
  await file.close();
});
