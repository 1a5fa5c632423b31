import { appError } from '../../../src-shared/errors/app-error.ts';
import { CELL_CUT, RowBatch } from '../../../src-shared/model/row-batch.ts';

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
    row ??= new RowBatch(batch.schema, new Uint8Array(2 * batch.tail + 1024), batch.schema.columns.length);
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
    const start = fragment.starts[i] as number;
    const end = fragment.ends[i] as number;
    const at = row.reserve(Math.max(0, end - start));
    row.bytes.set(fragment.bytes.subarray(start, end), at);
    const goesOn = i === 0 && fragment.continues;
    const cell = goesOn ? row.cells - 1 : row.cells++;
    if (!goesOn) {
      row.starts[cell] = at;
      row.flags[cell] = 0;
    }
    row.ends[cell] = row.tail;
    // An escaped piece makes the whole cell escaped: a piece without the flag holds no byte that escapes would change.
    row.flags[cell] = ((row.flags[cell] as number) | (fragment.flags[i] as number)) & ~CELL_CUT;
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
