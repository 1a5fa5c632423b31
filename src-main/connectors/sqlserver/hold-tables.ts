/**
 * Holds the tables of a run against TRUNCATE and DDL, and against nothing else: an intent lock on the table, which a
 * transaction keeps under REPEATABLE READ, and no lock on any row. Whether it is held is asked of the server, not believed.
 */
import { isAppError } from '../../../src-shared/errors/app-error.ts';
import type { TableName } from '../../../src-shared/model/catalog.ts';
import type { TableRead } from '../../../src-shared/model/table-read.ts';
import { failsAlone } from '../kit/fails-alone.ts';
import { HELD_SQL, tableKindSql } from './catalog.sql.ts';
import { quoteTable, readsMore } from './dialect.ts';
import type { Link } from './link.ts';

const REFUSED = 'The server did not accept it before the snapshot was taken, so what it reads is not held.';
const QUERY = 'What a query reads cannot be held against TRUNCATE and against changes of its tables.';
const CONDITION = 'Its condition may read other tables, which are not held.';

/** A table that was touched, by its number; or why holding it would prove nothing. */
type Touched = { readonly table: string; readonly name: string } | { readonly unproven: string };

/** Per read, in order, why a count equal on all sides would still prove nothing; null: it proves it. */
export async function holdTables(
  link: Link,
  reads: readonly TableRead[],
  signal: AbortSignal,
): Promise<readonly (string | null)[]> {
  const touched: Touched[] = [];
  for (const read of reads) touched.push(await touch(link, read, signal));
  const held = await heldTables(link, signal);
  return touched.map((each) => {
    if ('unproven' in each) return each.unproven;
    if (held === null)
      return `The login may not see its locks (VIEW SERVER STATE), so nothing proves that ${each.name} is held.`;
    return held.has(each.table) ? null : `The server does not hold ${each.name} for this session.`;
  });
}

async function touch(link: Link, read: TableRead, signal: AbortSignal): Promise<Touched> {
  if (read.source.kind === 'query') return { unproven: QUERY };
  const { table } = read.source;
  const name = `${table.namespace}.${table.name}`;
  const [number, type, external, memory] = (await link.rows(tableKindSql(table), signal))[0] ?? [];
  if (external === '1')
    return { unproven: `The external table ${name} lies outside this database, outside the snapshot.` };
  if (memory === '1')
    return { unproven: `The memory-optimised table ${name} takes no part in a snapshot with others.` };
  if (type === 'V')
    return { unproven: `What the view ${name} reads cannot be held against TRUNCATE and changes of its tables.` };
  try {
    await link.ask({ text: holdStatement(table), values: ['0'] }, signal);
  } catch (error) {
    if (failsAlone(error)) return { unproven: REFUSED };
    throw error;
  }
  if (read.where !== null && readsMore(read.where)) return { unproven: CONDITION };
  return { table: number ?? '', name };
}

/**
 * Opens a table without reading a row of it. The number of rows is a parameter: for one that is known to be none the server
 * would not open the table.
 */
export function holdStatement(table: TableName): string {
  return `select top (convert(int, @p1)) 1 as [one] from ${quoteTable(table)} with (repeatableread)`;
}

/** Numbers of the tables this session has a lock on; null: the login may not see it. */
async function heldTables(link: Link, signal: AbortSignal): Promise<ReadonlySet<string> | null> {
  try {
    return new Set((await link.rows(HELD_SQL, signal)).map(([table]) => table ?? ''));
  } catch (error) {
    if (isAppError(error, 'SOURCE/PERMISSION_DENIED')) return null;
    throw error;
  }
}
