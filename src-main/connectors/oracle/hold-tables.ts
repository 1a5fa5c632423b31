/**
 * Holds the tables of a run against TRUNCATE and DDL, and against nothing else: ROW SHARE is the weakest lock on a table, and
 * no row is locked. It needs SELECT on the table; the right READ is not enough.
 * https://docs.oracle.com/en/database/oracle/oracle-database/23/sqlrf/LOCK-TABLE.html
 */
import { isAppError } from '../../../src-shared/errors/app-error.ts';
import type { TableName } from '../../../src-shared/model/catalog.ts';
import type { TableRead } from '../../../src-shared/model/table-read.ts';
import { failsAlone } from '../kit/fails-alone.ts';
import { TABLE_KIND_SQL } from './catalog.sql.ts';
import { quoteTable, readsMore } from './dialect.ts';
import type { Link } from './link.ts';

const QUERY = 'What a query reads cannot be held against TRUNCATE and against changes of its tables.';
const CONDITION = 'Its condition may read other tables, which are not held.';

/** Per read, in order, why a count equal on all sides would still prove nothing; null: it proves it. */
export async function holdTables(
  link: Link,
  reads: readonly TableRead[],
  signal: AbortSignal,
): Promise<readonly (string | null)[]> {
  const unproven: (string | null)[] = [];
  for (const read of reads) unproven.push(await hold(link, read, signal));
  return unproven;
}

async function hold(link: Link, { source, where }: TableRead, signal: AbortSignal): Promise<string | null> {
  if (source.kind === 'query') return QUERY;
  const { table } = source;
  const name = `${table.namespace}.${table.name}`;
  const kinds = (await link.ask(TABLE_KIND_SQL, [table.namespace, table.name], signal)).map(([kind]) => kind);
  if (kinds.includes('external')) return `The external table ${name} lies outside the database, outside any snapshot.`;
  if (kinds.includes('view')) return `What the view ${name} reads cannot be held against changes of all its tables.`;
  try {
    await link.ask(lockStatement(table, link.lockTimeoutMs), [], signal);
  } catch (error) {
    const denied = isAppError(error, 'SOURCE/PERMISSION_DENIED');
    if (denied)
      return `The login may not lock ${name} (SELECT lets it, READ does not): TRUNCATE and DDL are not kept off.`;
    if (failsAlone(error)) return `The server did not let ${name} be locked: TRUNCATE and DDL are not kept off.`;
    throw error;
  }
  return where !== null && readsMore(where) ? CONDITION : null;
}

/** The product counts whole seconds. */
export function lockStatement(table: TableName, timeoutMs: number): string {
  return `lock table ${quoteTable(table)} in row share mode wait ${Math.ceil(timeoutMs / 1000)}`;
}
