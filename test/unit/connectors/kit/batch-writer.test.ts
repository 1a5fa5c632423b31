import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BatchPool } from '../../../../src-main/connectors/kit/batch-pool.ts';
import { BatchWriter } from '../../../../src-main/connectors/kit/batch-writer.ts';
import type { CellForm } from '../../../../src-shared/model/logical-type.ts';
import {
  CELL_CUT,
  CELL_NULL,
  CELL_PLAIN,
  type BatchSchema,
  type RowBatch,
} from '../../../../src-shared/model/row-batch.ts';

const BLOCK = 1024;

function schemaOf(forms: readonly CellForm[]): BatchSchema {
  const columns = forms.map((form, i) => ({
    name: `c${i}`,
    type: { kind: 'text', maxCharacters: null } as const,
    nativeType: 'text',
    nullable: true,
    form,
  }));
  return { columns, escape: 'none' };
}

/** Puts rows together again from whole-row and fragment batches, checking the rules of fragments on the way. */
function collect(batches: readonly RowBatch[], width: number): (Uint8Array | null)[][] {
  const rows: (Uint8Array | null)[][] = [];
  const open: (Uint8Array | null)[] = [];
  let cut = false;
  for (const batch of batches) {
    if (batch.fragment) {
      expect(batch.continues).toBe(cut);
      expect(batch.firstColumn).toBe(cut ? open.length - 1 : open.length);
    } else {
      expect(open.length).toBe(0);
      expect(batch.cells).toBe(batch.rows * width);
    }
    for (let cell = 0; cell < batch.cells; cell++) {
      const flags = batch.flags[cell] ?? 0;
      const bytes = batch.bytes.slice(batch.starts[cell], batch.ends[cell]);
      const value = flags & CELL_NULL ? null : bytes;
      if (cell === 0 && cut) open[open.length - 1] = Buffer.concat([open.at(-1) ?? Buffer.alloc(0), bytes]);
      else open.push(value);
      cut = (flags & CELL_CUT) !== 0;
      if (cut) expect(cell).toBe(batch.cells - 1);
      if (open.length === width && !cut) rows.push(open.splice(0));
    }
    if (batch.fragment) expect(batch.rows).toBe(open.length === 0 ? 1 : 0);
    batch.release();
  }
  expect(open.length).toBe(0);
  return rows;
}

function writeAll(rows: readonly (readonly (string | Uint8Array | null)[])[], forms: readonly CellForm[]): RowBatch[] {
  const writer = new BatchWriter(new BatchPool(schemaOf(forms), { blockBytes: BLOCK, cells: 16 }));
  const out: RowBatch[] = [];
  for (const row of rows) {
    for (const cell of row) {
      if (cell === null) writer.writeNull();
      else if (typeof cell === 'string') writer.writeText(cell);
      else writer.writeBytes(cell);
    }
    for (let batch = writer.shift(); batch !== undefined; batch = writer.shift()) out.push(batch);
  }
  writer.finish();
  for (let batch = writer.shift(); batch !== undefined; batch = writer.shift()) out.push(batch);
  return out;
}

describe('batch writer', () => {
  it('gives back every value that came in parts, whole where it is no long one', () => {
    const text = fc.array(fc.constantFrom('', 'a', 'äx€😀', 'b'.repeat(300), '😀'.repeat(400)), { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, fc.boolean()), { maxLength: 12 }), (values) => {
        const writer = new BatchWriter(new BatchPool(schemaOf(['utf8', 'utf8']), { blockBytes: BLOCK, cells: 16 }));
        for (const [parts, isNullBefore] of values) {
          if (isNullBefore) writer.writeNull();
          else writer.writeText('before');
          for (const part of parts) writer.writePart(Buffer.from(part));
          writer.endParts();
        }
        writer.finish();
        const out: RowBatch[] = [];
        for (let batch = writer.shift(); batch !== undefined; batch = writer.shift()) out.push(batch);
        const cuts = out.filter((batch) => (batch.flags[batch.cells - 1] ?? 0) & CELL_CUT);
        const long = values.filter(([parts]) => Buffer.byteLength(parts.join('')) > BLOCK);
        if (long.length === 0) expect(cuts).toEqual([]);
        for (const batch of cuts) {
          expect(batch.ends[batch.cells - 1]).toBeGreaterThan(batch.starts[batch.cells - 1] ?? 0);
          expect(batch.bytes.length).toBe(BLOCK);
        }
        const rows = collect(out, 2).map(([first, second]) => [
          first === null ? null : Buffer.from(first ?? []).toString(),
          Buffer.from(second ?? []).toString(),
        ]);
        expect(rows).toEqual(values.map(([parts, isNull]) => [isNull ? null : 'before', parts.join('')]));
      }),
    );
  });

  it('gives back every value whatever its length, null apart from empty', () => {
    const cell = fc.oneof(
      fc.constant(null),
      fc.string({ unit: 'binary', maxLength: 90 }),
      fc.integer({ min: 0, max: 5000 }).map((n) => 'äx€😀'.repeat(n % 700)),
      fc.uint8Array({ maxLength: 4000, size: 'max' }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { maxLength: 30 }), (rows) => {
        const batches = writeAll(rows, ['utf8', 'utf8', 'raw']);
        for (const batch of batches) expect(batch.bytes.length).toBe(BLOCK);
        const hex = (cell: string | Uint8Array | null): string | null =>
          cell === null ? null : Buffer.from(cell as string).toString('hex');
        expect(collect(batches, 3).map((row) => row.map(hex))).toEqual(rows.map((row) => row.map(hex)));
      }),
      { numRuns: 200 },
    );
  });

  it('never cuts inside a character or a pair of hex digits', () => {
    for (const batch of writeAll([['€'.repeat(3000), 'ab'.repeat(2001)]], ['utf8', 'hex'])) {
      for (let cell = 0; cell < batch.cells; cell++) {
        const bytes = batch.bytes.subarray(batch.starts[cell], batch.ends[cell]);
        const column = batch.firstColumn + cell;
        if (column === 0) expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).not.toThrow();
        else expect(bytes.length % 2).toBe(0);
      }
    }
  });

  it('marks plain cells only', () => {
    const [batch] = writeAll([['plain-1', 'a,b', '']], ['utf8', 'utf8', 'utf8']);
    expect([...(batch?.flags.subarray(0, 3) ?? [])]).toEqual([CELL_PLAIN, 0, 0]);
  });

  it('uses released buffers again and refuses a second release', () => {
    const pool = new BatchPool(schemaOf(['utf8']), { blockBytes: BLOCK, cells: 4 });
    const first = pool.take();
    first.release();
    expect(() => first.release()).toThrow();
    expect(pool.take()).toBe(first);
  });
});
