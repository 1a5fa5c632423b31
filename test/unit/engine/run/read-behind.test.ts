import { mkdtempSync, openSync, rmSync, writeSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BLOCK_BYTES } from '../../../../src-main/engine/run/block-pool.ts';
import { ReadBehind } from '../../../../src-main/engine/run/read-behind.ts';
import type { FileReader, FileWriter } from '../../../../src-main/ports/store.ts';
import { createFileDigester } from '../../../../src-main/store/file-digester.ts';
import { createNodeStore } from '../../../../src-main/store/node-store.ts';

const store = createNodeStore();
const { signal } = new AbortController();
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waybill-behind-'));
  path = join(folder, 'file');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Counts bytes: a record each. */
class Bytes {
  seen = 0;
  push(bytes: Uint8Array): void {
    this.seen += bytes.length;
  }
  finish(): { records: number } {
    return { records: this.seen };
  }
}

const text = (bytes: number, seed: number) => Buffer.alloc(bytes, `line ${seed} of a file\n`);

async function begin(wrap = (reader: FileReader): FileReader => reader) {
  const writer = await store.create(path, { bulk: true });
  const bytes = new Bytes();
  const { written: digest, again: match } = createFileDigester().beginPair();
  const behind = new ReadBehind({
    file: wrap(await store.read.open(path)),
    match,
    records: bytes,
    compression: null,
  });
  return { writer, bytes, behind, digest };
}

async function writeSafely(writer: FileWriter, behind: ReadBehind, bytes: Uint8Array): Promise<void> {
  await writer.write(bytes);
  behind.upTo(await writer.flushEarly());
}

function flipByte(position: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Uint8Array.of(0), 0, 1, position);
  closeSync(file);
}

describe('a file that is read again while it is written', () => {
  it('is read before its end is written, never past what is safe', async () => {
    const { writer, bytes, behind, digest } = await begin();
    const parts = [text(3 * BLOCK_BYTES + 100, 1), text(5, 2), text(2 * BLOCK_BYTES, 3)];
    await writeSafely(writer, behind, parts[0] ?? text(0, 0));
    await expect.poll(() => bytes.seen).toBe(3 * BLOCK_BYTES);
    for (const part of parts.slice(1)) await writer.write(part);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(bytes.seen).toBe(3 * BLOCK_BYTES);
    await writer.sync();
    const whole = Buffer.concat(parts);
    for (const part of parts) await digest.update(part);
    await digest.finish();
    expect(await behind.finish(signal)).toEqual({
      bytes: whole.length,
      records: whole.length,
      unpacked: whole.length,
      isSame: true,
    });
    await behind.close();
    await writer.close();
  });

  it('is not the same when a byte changed on disk behind the writer', async () => {
    const { writer, behind, digest } = await begin();
    const written = text(4 * BLOCK_BYTES, 1);
    await writer.write(written);
    await digest.update(written);
    await digest.finish();
    await writer.sync();
    flipByte(2 * BLOCK_BYTES + 17);
    behind.upTo(written.length);
    const found = await behind.finish(signal);
    expect(found).toMatchObject({ bytes: written.length, isSame: false });
    await behind.close();
    await writer.close();
  });

  it('is read to where it ends, not to where the writer believes', async () => {
    const { writer, behind, digest } = await begin();
    await writer.write(text(100, 1));
    await digest.update(text(100, 1));
    await digest.finish();
    await writer.sync();
    await writer.truncate(60);
    expect(await behind.finish(signal)).toMatchObject({ bytes: 60, isSame: false });
    await behind.close();
    await writer.close();
  });

  it('fails at its end with what went wrong on the way', async () => {
    let reads = 0;
    const { writer, behind } = await begin((reader) => ({
      read: (into, position) =>
        ++reads === 2 ? Promise.reject(new Error('a bad sector')) : reader.read(into, position),
      isAt: (at) => reader.isAt(at),
      close: () => reader.close(),
      [Symbol.asyncDispose]: () => reader.close(),
    }));
    await writeSafely(writer, behind, text(4 * BLOCK_BYTES, 1));
    await expect.poll(() => reads).toBe(2);
    await writer.sync();
    await expect(behind.finish(signal)).rejects.toThrow('a bad sector');
    await behind.close();
    await writer.close();
  });

  it('can be given up at any moment', async () => {
    const { writer, bytes, behind } = await begin();
    await writeSafely(writer, behind, text(8 * BLOCK_BYTES, 1));
    await behind.close();
    const { seen } = bytes;
    behind.upTo(8 * BLOCK_BYTES);
    await writer.close();
    expect(bytes.seen).toBe(seen);
    expect(seen).toBeLessThanOrEqual(8 * BLOCK_BYTES);
  });
});
