import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { TableRead } from '../../../src-shared/model/table-read.ts';
import { sqlserverDialect } from './dialect.ts';
import type { Link } from './link.ts';

/** Rows of a read in the transaction at hand, or in one of their own. */
export function readBatches(link: Link, read: TableRead, signal: AbortSignal): AsyncGenerator<RowBatch> {
  return link.batches(sqlserverDialect.select(read), read, signal);
}

/** Rows of a read, counted by the server in the transaction at hand, or in one of their own. */
export async function countRows(link: Link, read: TableRead, signal: AbortSignal): Promise<number> {
  const rows = await link.ask(sqlserverDialect.count(read), signal);
  return Number(rows[0]?.[0]);
}
