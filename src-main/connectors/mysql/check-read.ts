import type { TableRead } from '../../../src-shared/model/table-read.ts';
import { selectStatement } from './dialect.ts';
import type { Link } from './link.ts';

/**
 * Has the server resolve the statement of a read, names and rights alike, without reading a row: with LIMIT 0 it ends before
 * the first. Not PREPARE, to which a stray `?` would be a parameter.
 */
export async function checkRead(link: Link, read: TableRead, signal: AbortSignal): Promise<void> {
  await link.rows(selectStatement({ ...read, limit: 0 }), signal);
}
