import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { TableRead } from '../../../src-shared/model/table-read.ts';
import { countStatement, cutStatement, selectStatement, type Cut } from './dialect.ts';
import { keyText } from './key-literal.ts';
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

/** The key at a cut; null: there is no such row, or its key cannot be written exactly, and what is left is one range. */
export async function cutKey(link: Link, cut: Cut, { scn, signal }: ReadAt): Promise<readonly string[] | null> {
  const { text, values } = cutStatement(cut, scn);
  const [found] = await link.ask(text, values, signal);
  const texts = cut.key.flatMap((column, i) => keyText(found?.[i] ?? null, column) ?? []);
  return texts.length === cut.key.length ? texts : null;
}
