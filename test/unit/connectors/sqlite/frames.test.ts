import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { batchSchema } from '../../../../src-main/connectors/sqlite/batch-schema.ts';
import { FrameParser } from '../../../../src-main/connectors/sqlite/frame-parser.ts';
import { FrameWriter } from '../../../../src-main/connectors/sqlite/frame-writer.ts';
import { BatchPool } from '../../../../src-main/connectors/kit/batch-pool.ts';
import { BatchWriter } from '../../../../src-main/connectors/kit/batch-writer.ts';
import { cellText, type RowBatch } from '../../../../src-shared/model/row-batch.ts';

const BLOCK = 64;
const text = { type: { kind: 'text', maxCharacters: null }, nativeType: 'TEXT', nullable: true } as const;
const newPool = (): BatchPool =>
  new BatchPool(
    batchSchema([
      { name: 'a', ...text },
      { name: 'b', ...text },
    ]),
    { blockBytes: BLOCK, cells: 4 },
  );

/** Whole rows, an empty cell, NULLs, and a value that travels in fragments. */
function writeRows(writer: BatchWriter): void {
  for (let row = 0; row < 40; row++) {
    if (row % 7 === 0) writer.writeNull();
    else writer.writeText(row % 5 === 0 ? '' : `row ${row}`);
    writer.writeBytes(Buffer.from(row === 20 ? 'é'.repeat(3 * BLOCK) : `"${row}"`));
  }
  writer.finish();
}

interface Shown {
  readonly cells: readonly (readonly [string | null, number | undefined])[];
  readonly shape: readonly unknown[];
}

function show(batch: RowBatch): Shown {
  return {
    cells: Array.from({ length: batch.cells }, (_, cell) => [cellText(batch, cell), batch.flags[cell]] as const),
    shape: [batch.rows, batch.cells, batch.tail, batch.fragment, batch.firstColumn, batch.continues],
  };
}

/** What a reader would send, and the batches as they were. */
function sent(): { readonly bytes: Uint8Array; readonly batches: readonly Shown[] } {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-frames-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'frames');
  const descriptor = openSync(file, 'w');
  const frames = new FrameWriter(descriptor);
  const writer = new BatchWriter(newPool());
  const batches: Shown[] = [];
  frames.ready();
  writeRows(writer);
  for (let batch = writer.shift(); batch !== undefined; batch = writer.shift()) {
    batches.push(show(batch));
    frames.batch(7, batch);
    batch.release();
  }
  frames.failure(7, { code: 'SOURCE/TIMEOUT' });
  frames.answer(7, { text: 'é' });
  closeSync(descriptor);
  return { bytes: readFileSync(file), batches };
}

it.each([1, 2, 3, 27, 28, 29, 100, 1_000_000])('puts frames that come in pieces of %i bytes together again', (size) => {
  const { bytes, batches } = sent();
  const pool = newPool();
  const found: unknown[] = [];
  const parser = new FrameParser({
    ready: () => found.push('ready'),
    answer: (id, value) => found.push([id, value]),
    failure: (id, error) => found.push([id, error]),
    take: (_, tail) => {
      const batch = pool.take();
      batch.reserve(tail);
      return batch;
    },
    batch: (id, batch) => {
      expect(id).toBe(7);
      found.push(show(batch));
      batch.release();
    },
  });
  for (let at = 0; at < bytes.length; at += size) parser.push(bytes.subarray(at, at + size));
  expect(batches.some(({ shape }) => shape[3] === true)).toBe(true);
  expect(found).toEqual(['ready', ...batches, [7, { code: 'SOURCE/TIMEOUT' }], [7, { text: 'é' }]]);
});

it('refuses bytes that are no frame', () => {
  const nobody = (): never => {
    throw new Error('nothing was sent');
  };
  const parser = new FrameParser({ ready: nobody, answer: nobody, failure: nobody, take: nobody, batch: nobody });
  expect(() => parser.push(Buffer.alloc(64, 'no frame'))).toThrow(expect.objectContaining({ code: 'APP/INVARIANT' }));
});
