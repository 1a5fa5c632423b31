import { BatchPool } from '../../../src-main/connectors/kit/batch-pool.ts';
import { BatchWriter } from '../../../src-main/connectors/kit/batch-writer.ts';
import type { BatchSchema, RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { ReadColumn } from '../../../src-shared/model/table-read.ts';

export function columnsAsBatch(columns: readonly ReadColumn[]): BatchSchema {
  const form = 'utf8' as const;
  return { escape: 'none', columns: columns.map((column) => ({ ...column, form })) };
}

/** Rows of texts as batches; `-` is NULL. */
export function* batchesOf(columns: readonly ReadColumn[], rows: readonly (readonly string[])[]): Generator<RowBatch> {
  const writer = new BatchWriter(new BatchPool(columnsAsBatch(columns), { blockBytes: 64 * 1024, cells: 1024 }));
  for (const row of rows) {
    for (const cell of row) {
      if (cell === '-') writer.writeNull();
      else writer.writeText(cell);
    }
    for (let batch = writer.shift(); batch !== undefined; batch = writer.shift()) yield batch;
  }
  writer.finish();
  for (let batch = writer.shift(); batch !== undefined; batch = writer.shift()) yield batch;
}
