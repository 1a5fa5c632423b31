import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { TableRead } from '../../../src-shared/model/table-read.ts';
import { countStatement, selectStatement } from './dialect.ts';
import type { Link } from './link.ts';

export interface ReadAt {
  /** The moment that is read; null: the transaction's, or that of the statement. */
  readonly scn: string | null;
  readonly signal: AbortSignal;
}

export function readBatches(link: Link, read: TableRead, { scn, signal }: ReadAt): AsyncGenerator<RowBatch> {
  return link.batches(selectStatement(read, scn), read, signal);
}

/** Rows of a read, counted by the server. */
export async function countRows(link: Link, read: TableRead, { scn, signal }: ReadAt): Promise<number> {
  const { text, values } = countStatement(read, scn);
  const [row] = await link.ask(text, values, signal);
  return Number(row?.[0]);
}
