import { describe, expect, it } from 'vitest';
import { joinFragments } from '../../../../src-main/engine/run/join-fragments.ts';
import { cellText, CELL_PLAIN, type RowBatch } from '../../../../src-shared/model/row-batch.ts';
import { BatchBuilder } from '../../../fakes/batch-builder.ts';
import { batchSchema } from '../../../fakes/batch-schema.ts';

const schema = batchSchema([
  ['id', 'int64'],
  ['a', 'text'],
  ['b', 'text'],
]);
const LIMITS = { cellBytes: 1000, table: 't' };

async function* stream(batches: readonly RowBatch[]): AsyncGenerator<RowBatch> {
  yield* batches;
}

async function joined(batches: readonly RowBatch[], limits = LIMITS): Promise<(string | null)[][]> {
  const rows: (string | null)[][] = [];
  for await (const batch of joinFragments(stream(batches), limits)) {
    expect(batch.fragment).toBe(false);
    for (let row = 0; row < batch.rows; row++) {
      rows.push(schema.columns.map((_, column) => cellText(batch, row * schema.columns.length + column)));
    }
  }
  return rows;
}

describe('fragments of a row with long cells', () => {
  it.each([true, false])('are joined to the very values they were cut from (escaped: %s)', async (escaped) => {
    const builder = new BatchBuilder(schema, { escaped });
    const long = 'a\tline\nwith \\ and ü '.repeat(20);
    const row = ['7', long, null];
    const batches = [builder.batch([['1', 'x', '']]), ...builder.fragments(row, 16), builder.batch([['8', 'y', 'z']])];
    expect(await joined(batches)).toEqual([['1', 'x', ''], row, ['8', 'y', 'z']]);
  });

  it('never count as scanned, since no piece tells what the whole needs', async () => {
    const batches = new BatchBuilder(schema).fragments(['1', 'x'.repeat(64), 'b'], 16);
    for await (const batch of joinFragments(stream(batches), LIMITS)) {
      expect((batch.flags[1] ?? 0) & CELL_PLAIN).toBe(0);
    }
  });

  it('are refused beyond the limit, naming table, column and row', async () => {
    const builder = new BatchBuilder(schema);
    const batches = [builder.batch([['1', 'x', 'y']]), ...builder.fragments(['2', 'x'.repeat(1001), 'b'], 100)];
    await expect(joined(batches)).rejects.toMatchObject({
      code: 'SOURCE/VALUE_TOO_LARGE',
      context: { table: 't', column: 'a', row: 2 },
    });
  });
});
