import type { TableRead } from '../../../src-shared/model/table-read.ts';
import { selectStatement } from './dialect.ts';
import type { Link } from './link.ts';

/**
 * Has the server resolve the statement of a read, names and rights alike, without reading a row: with TOP (0) it is compiled
 * and gives none. Not SET NOEXEC, under which names may stay unresolved.
 */
export async function checkRead(link: Link, read: TableRead, signal: AbortSignal): Promise<void> {
  await link.ask(selectStatement({ ...read, limit: 0 }), signal);
}
