import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { TableRead } from '../../../src-shared/model/table-read.ts';
import { cutStatement, sqlserverDialect, type Cut } from './dialect.ts';
import { keyText } from './key-literal.ts';
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

/** The key at a cut; null: there is no such row. */
export async function cutKey(link: Link, cut: Cut, signal: AbortSignal): Promise<readonly string[] | null> {
  const [found] = await link.ask(cutStatement(cut), signal);
  const texts = cut.key.flatMap((column, i) => keyText(found?.[i] ?? null, column) ?? []);
  return texts.length === cut.key.length ? texts : null;
}
