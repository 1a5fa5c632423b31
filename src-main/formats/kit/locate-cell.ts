import { CELL_NULL, type RowBatch } from '../../../src-shared/model/row-batch.ts';

export interface CellPlace {
  readonly column: string;
  /** 1-based row of the part file. */
  readonly row: number;
}

/**
 * The first text cell of a batch whose bytes `isBad`. Escapes are left in place: they are ASCII and say nothing about
 * characters beyond it.
 */
export function locateCell(
  batch: RowBatch,
  rowsBefore: number,
  isBad: (bytes: Uint8Array) => boolean,
): CellPlace | undefined {
  const { columns } = batch.schema;
  for (let cell = 0; cell < batch.cells; cell++) {
    const index = batch.firstColumn + cell;
    const column = columns[index % columns.length];
    if (column === undefined || column.form === 'raw' || ((batch.flags[cell] as number) & CELL_NULL) !== 0) continue;
    if (isBad(batch.bytes.subarray(batch.starts[cell], batch.ends[cell]))) {
      return { column: column.name, row: rowsBefore + Math.floor(index / columns.length) + 1 };
    }
  }
  return undefined;
}
