import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { PieceSize } from '../../ports/connector.ts';
import { cutBlock, rowsOf } from './cut-batch.ts';

/** Where so many rows of a wire block end. */
type EndOf = (block: RowBatch, rows: number) => number;

/**
 * The whole rows of a batch in pieces, in order; a batch that is small enough is one piece. Pieces look into the batch: done with
 * one before the next, and none of them is released. `endOf`: of wire blocks; absent: they are one piece.
 */
export function* divideBatch(batch: RowBatch, size: PieceSize | null, endOf?: EndOf): Generator<RowBatch> {
  const rows = size === null ? batch.rows : rowsOfPiece(batch, size);
  if (batch.fragment || rows >= batch.rows) yield batch;
  else if (batch.cells > 0) yield* dividedCells(batch, rows);
  else if (endOf === undefined) yield batch;
  else yield* dividedBlock(batch, rows, endOf);
}

function* dividedCells(batch: RowBatch, rows: number): Generator<RowBatch> {
  for (let from = 0; from < batch.rows; from += rows) yield rowsOf(batch, from, Math.min(from + rows, batch.rows));
}

function* dividedBlock(block: RowBatch, rows: number, endOf: EndOf): Generator<RowBatch> {
  let left = block;
  while (left.rows > rows) {
    const { here, rest } = cutBlock(left, rows, endOf(left, rows));
    yield here;
    if (rest === null) return;
    left = rest;
  }
  yield left;
}

/** Rows of a mean length are what the bytes are counted in. */
function rowsOfPiece({ rows, tail }: RowBatch, size: PieceSize): number {
  const byBytes = tail === 0 ? Infinity : Math.ceil((rows * size.bytes) / tail);
  return Math.max(1, Math.min(size.rows, byBytes));
}
