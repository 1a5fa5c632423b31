import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { PieceSize } from '../../ports/connector.ts';
import { rowsOf } from './cut-batch.ts';

/**
 * The whole rows of a batch in pieces, in order; a batch that is small enough, or holds no cells, is one piece. Pieces look into
 * the batch: done with one before the next, and none of them is released.
 */
export function* divideBatch(batch: RowBatch, size: PieceSize | null): Generator<RowBatch> {
  const rows = size === null ? batch.rows : rowsOfPiece(batch, size);
  if (batch.fragment || batch.cells === 0 || rows >= batch.rows) {
    yield batch;
    return;
  }
  for (let from = 0; from < batch.rows; from += rows) yield rowsOf(batch, from, Math.min(from + rows, batch.rows));
}

/** Rows of a mean length are what the bytes are counted in. */
function rowsOfPiece({ rows, tail }: RowBatch, size: PieceSize): number {
  const byBytes = tail === 0 ? Infinity : Math.ceil((rows * size.bytes) / tail);
  return Math.max(1, Math.min(size.rows, byBytes));
}
