import { CELL_NULL, type RowBatch } from '../../../src-shared/model/row-batch.ts';
import { requireWholeRows } from './require-whole-rows.ts';

export interface SameValue {
  readonly bytes: Uint8Array;
  /** CELL_PLAIN or 0, as scanned. */
  readonly flags: number;
  /** Also where the cell is NULL. */
  readonly replacesNull: boolean;
}

/** Gives every row's cell of a column one value: appended once per batch, all pairs point at it. */
export function putSameValue(batch: RowBatch, column: number, value: SameValue): void {
  requireWholeRows(batch);
  const start = batch.reserve(value.bytes.length);
  batch.bytes.set(value.bytes, start);
  const end = batch.tail;
  const columns = batch.schema.columns.length;
  for (let cell = column; cell < batch.cells; cell += columns) {
    if (!value.replacesNull && ((batch.flags[cell] as number) & CELL_NULL) !== 0) continue;
    batch.starts[cell] = start;
    batch.ends[cell] = end;
    batch.flags[cell] = value.flags;
  }
}
