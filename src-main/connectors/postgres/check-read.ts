import type { TableRead } from '../../../src-shared/model/table-read.ts';
import { selectStatement } from './dialect.ts';
import type { Link } from './link.ts';
import { inTransaction } from './transaction.ts';

/**
 * Has the server parse and plan the statement of a read without running it. Unlike Parse and Describe, EXPLAIN looks at the
 * login's rights too, behind views and in subqueries alike.
 */
export async function checkRead(link: Link, read: TableRead, signal: AbortSignal): Promise<void> {
  await inTransaction(link, { signal }, () => link.query(`explain (costs off)\n${selectStatement(read)}`, [], signal));
}
