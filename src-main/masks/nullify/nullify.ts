import { z } from 'zod';
import { CELL_NULL } from '../../../src-shared/model/row-batch.ts';
import type { Mask } from '../../ports/mask.ts';
import { requireWholeRows } from '../kit/require-whole-rows.ts';

const options = z.strictObject({});

export type NullifyOptions = z.output<typeof options>;

/** Makes every value NULL. */
export const nullify: Mask<NullifyOptions> = {
  id: 'nullify',
  title: 'Nullify',
  traits: { streamsLongCells: false, needsKey: false, makesNull: true, promise: 'removed' },
  options,
  fit(column) {
    if (column.nullable) return { ok: true, type: column.type, nullable: true };
    return {
      ok: false,
      why: `${column.name} is NOT NULL.`,
      remedy: 'Use constant with a value of its type, or leave the column out.',
    };
  },
  kernel() {
    return {
      apply(batch, column) {
        requireWholeRows(batch);
        const columns = batch.schema.columns.length;
        for (let cell = column; cell < batch.cells; cell += columns) batch.flags[cell] = CELL_NULL;
      },
    };
  },
  program() {
    return { op: 'constant', value: null, replacesNull: true };
  },
};
