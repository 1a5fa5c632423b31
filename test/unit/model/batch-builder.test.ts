import { describe, expect, it } from 'vitest';
import {
  CELL_CUT,
  CELL_ESCAPED,
  CELL_NULL,
  CELL_PLAIN,
  cellText,
  type RowBatch,
} from '../../../src-shared/model/row-batch.ts';
import { BatchBuilder } from '../../fakes/batch-builder.ts';
import { batchSchema } from '../../fakes/batch-schema.ts';

const schema = batchSchema([
  ['id', 'int64'],
  ['note', 'text'],
  ['blob', 'rawbytes'],
]);

function texts(batch: RowBatch): (string | null)[] {
  return Array.from({ length: batch.cells }, (_, cell) => cellText(batch, cell));
}

describe('BatchBuilder', () => {
  it('gives back the texts it was built from, escaped or not', () => {
    const row = ['9223372036854775807', 'tab\there, Größe\\', 'ff00'];
    for (const escaped of [false, true]) {
      const batch = new BatchBuilder(schema, { escaped }).batch([row, [null, '', '']]);
      expect(batch.rows).toBe(2);
      expect([...batch.flags]).toEqual([CELL_PLAIN, escaped ? CELL_ESCAPED : 0, 0, CELL_NULL, 0, 0]);
      expect(texts(batch)).toEqual([...row, null, '', '']);
    }
  });

  it('cuts long values at characters and joins nothing away', () => {
    const long = 'aé€😀'.repeat(9);
    const batches = new BatchBuilder(schema).fragments(['1', long, 'ab'.repeat(20)], 7);
    const joined: (string | null)[] = ['', '', ''];
    let column = 0;
    for (const [index, batch] of batches.entries()) {
      expect(batch.fragment).toBe(true);
      expect(batch.firstColumn).toBe(column);
      expect(batch.continues).toBe(index > 0);
      expect(batch.rows).toBe(index === batches.length - 1 ? 1 : 0);
      for (const [cell, text] of texts(batch).entries()) {
        joined[column] = `${joined[column] ?? ''}${text ?? ''}`;
        const isCut = ((batch.flags[cell] ?? 0) & CELL_CUT) !== 0;
        expect(isCut).toBe(index < batches.length - 1 && cell === batch.cells - 1);
        if (!isCut) column++;
      }
    }
    expect(joined).toEqual(['1', long, 'ab'.repeat(20)]);
  });
});
