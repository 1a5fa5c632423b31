import { RowBatch } from '../../../src-shared/model/row-batch.ts';

/** A batch in two, both looking into it: whoever writes the first is done with it before the second. */
export interface CutBatch {
  readonly here: RowBatch;
  /** null: nothing is left. */
  readonly rest: RowBatch | null;
}

/** Cuts a batch of whole rows after so many of them. A fragment is of one row and is not cut. */
export function cutBatch(batch: RowBatch, rows: number): CutBatch {
  if (batch.fragment || rows >= batch.rows) return { here: batch, rest: null };
  return { here: rowsOf(batch, 0, rows), rest: rowsOf(batch, rows, batch.rows) };
}

/** Cuts a wire block after so many rows, which end at this byte. */
export function cutBlock(block: RowBatch, rows: number, end: number): CutBatch {
  const part = (from: number, to: number, count: number): RowBatch => {
    const piece = new RowBatch(block.schema, block.bytes.subarray(from, to), { cells: 0 });
    piece.rows = count;
    piece.tail = to - from;
    return piece;
  };
  return { here: part(0, end, rows), rest: part(end, block.tail, block.rows - rows) };
}

/** Rows of a batch as a batch of its own. What masks append to it is written over by the next: nobody looks at it any more. */
export function rowsOf(batch: RowBatch, from: number, to: number): RowBatch {
  const columns = batch.cells / batch.rows;
  const piece = new RowBatch(batch.schema, batch.bytes, { cells: 0 });
  piece.starts = batch.starts.subarray(from * columns, to * columns);
  piece.ends = batch.ends.subarray(from * columns, to * columns);
  piece.flags = batch.flags.subarray(from * columns, to * columns);
  piece.rows = to - from;
  piece.cells = piece.starts.length;
  piece.tail = batch.tail;
  return piece;
}
