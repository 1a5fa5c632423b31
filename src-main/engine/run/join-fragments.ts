import { appError } from '../../../src-shared/errors/app-error.ts';
import { CELL_NULL, RowBatch, unescapeCell } from '../../../src-shared/model/row-batch.ts';

export interface JoinLimits {
  /** Longest value that is joined, bytes. */
  readonly cellBytes: number;
  /** For the message of a value beyond it. */
  readonly table: string;
}

/**
 * Joins the fragments of rows with long cells into whole one-row batches, for masks and formats that do not stream them.
 * Whole-row batches pass through untouched. A value over the limit: `SOURCE/VALUE_TOO_LARGE` with table, column and row.
 */
export async function* joinFragments(batches: AsyncIterable<RowBatch>, limits: JoinLimits): AsyncGenerator<RowBatch> {
  let row: RowBatch | null = null;
  let rowsBefore = 0;
  for await (const batch of batches) {
    if (!batch.fragment) {
      rowsBefore += batch.rows;
      yield batch;
      continue;
    }
    row ??= new RowBatch(batch.schema, new Uint8Array(2 * batch.tail + 1024), { cells: batch.schema.columns.length });
    appendFragment(row, batch, { ...limits, row: rowsBefore + 1 });
    const ended = batch.rows === 1;
    batch.release();
    if (!ended) continue;
    row.rows = 1;
    rowsBefore += 1;
    yield row;
    row = null;
  }
}

function appendFragment(row: RowBatch, fragment: RowBatch, limits: JoinLimits & { row: number }): void {
  for (let i = 0; i < fragment.cells; i++) {
    // Piece by piece: pieces of one cell need not all be escaped.
    unescapeCell(fragment, i);
    const isNull = ((fragment.flags[i] as number) & CELL_NULL) !== 0;
    const start = fragment.starts[i] as number;
    const size = isNull ? 0 : (fragment.ends[i] as number) - start;
    const at = row.reserve(size);
    row.bytes.set(fragment.bytes.subarray(start, start + size), at);
    const goesOn = i === 0 && fragment.continues;
    const cell = goesOn ? row.cells - 1 : row.cells++;
    if (!goesOn) row.starts[cell] = at;
    row.ends[cell] = row.tail;
    // What a whole cell would be flagged as is not known from its pieces, but for NULL, which is never cut.
    row.flags[cell] = isNull ? CELL_NULL : 0;
    refuseTooLarge(row, cell, limits);
  }
}

function refuseTooLarge(row: RowBatch, cell: number, limits: JoinLimits & { row: number }): void {
  const size = (row.ends[cell] as number) - (row.starts[cell] as number);
  if (size <= limits.cellBytes) return;
  const column = row.schema.columns[cell]?.name ?? '';
  throw appError('SOURCE/VALUE_TOO_LARGE', {
    message: `A value in ${limits.table}, column ${column}, row ${limits.row} is larger than ${limits.cellBytes} bytes.`,
    remedy:
      'Raise limits.cellBytes in the plan, leave the column out, or choose a mask and format that stream long values.',
    context: { table: limits.table, column, row: limits.row, limit: limits.cellBytes },
  });
}
