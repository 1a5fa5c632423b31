import type { BatchSchema, RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { TableRead } from '../../../src-shared/model/table-read.ts';
import type { BatchPool } from '../kit/batch-pool.ts';
import { binaryColumn } from './binary-columns.ts';
import { BinaryLongRow } from './binary-long-row.ts';
import { LongRowSplitter, PIECE_HEADROOM } from './copy-split-long.ts';

/** Takes the pieces of rows longer than a block, one after the other, and gives their cells. */
export type LongRows = (piece: RowBatch) => Iterable<RowBatch>;

export function textLongRows(schema: BatchSchema): LongRows {
  const splitter = new LongRowSplitter(schema);
  return function* cellsOf(piece) {
    splitter.split(piece, piece.rows === 1);
    if (piece.cells === 0) piece.release();
    else yield piece;
  };
}

export function binaryLongRows(read: TableRead, pool: BatchPool): LongRows {
  const encodings = read.columns.map((column) => binaryColumn(column).encoding);
  const isUtc = read.columns.map(({ type }) => type.kind === 'timestamp' && type.zone === 'utc');
  const row = new BinaryLongRow(encodings, isUtc);
  const splitText = textLongRows(pool.schema);
  return function* cellsOf(piece) {
    using _owned = { [Symbol.dispose]: () => piece.release() };
    const isLast = piece.rows === 1;
    let waiting: RowBatch | null = null;
    for (const text of row.textOf(piece.bytes.subarray(PIECE_HEADROOM, piece.tail), isLast)) {
      if (waiting !== null) yield* splitText(waiting);
      waiting = pieceOf(text, pool);
    }
    if (waiting === null) return;
    // Only the last portion of the last piece ends the row.
    waiting.rows = isLast ? 1 : 0;
    yield* splitText(waiting);
  };
}

function pieceOf(text: Uint8Array, pool: BatchPool): RowBatch {
  const batch = pool.take();
  batch.fragment = true;
  batch.tail = PIECE_HEADROOM;
  const at = batch.reserve(text.length);
  batch.bytes.set(text, at);
  return batch;
}
