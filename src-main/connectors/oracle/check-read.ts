import type { TableRead } from '../../../src-shared/model/table-read.ts';
import { selectStatement } from './dialect.ts';
import type { Link } from './link.ts';

/** Has the server parse the statement of a read, names and rights alike, without running it. */
export async function checkRead(link: Link, read: TableRead, signal: AbortSignal): Promise<void> {
  await link.describe(selectStatement(read), signal);
}
