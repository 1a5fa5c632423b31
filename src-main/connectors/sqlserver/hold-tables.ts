/**
 * Holds the tables of a run against TRUNCATE and DDL, and against nothing else: an intent lock on the table, which a
 * transaction keeps under REPEATABLE READ, and no lock on any row. Whether it is held is asked of the server, not believed.
 */
import { isAppError } from '../../../src-shared/errors/app-error.ts';
import type { TableName } from '../../../src-shared/model/catalog.ts';
import type { TableRead } from '../../../src-shared/model/table-read.ts';
import type { SnapshotHow } from '../../ports/connector.ts';
import { failsAlone } from '../kit/fails-alone.ts';
import { HELD_SQL, tableKindSql } from './catalog.sql.ts';
import { quoteTable, readsMore } from './dialect.ts';
import type { Link } from './link.ts';

const REFUSED = 'The server did not accept it before the snapshot was taken, so what it reads is not held.';
const QUERY = 'What a query reads cannot be held against TRUNCATE and against changes of its tables.';
const CONDITION = 'Its condition may read other tables, which are not held.';

/** What the server says of a table, before anything of it is read. */
export interface TableKind {
  /** Its number, by which locks name it. */
  readonly id: string;
  readonly type: string;
  readonly isExternal: boolean;
  readonly isInMemory: boolean;
  /** By row-level security, as far as the login may see it. */
  readonly isFiltered: boolean;
}

/** null: it is not there, or the login may not see it. */
export async function tableKind(link: Link, table: TableName, signal: AbortSignal): Promise<TableKind | null> {
  const [row] = await link.rows(tableKindSql(table), signal);
  if (row === undefined) return null;
  const [id, type, external, memory, filtered] = row;
  return {
    ...{ id: id ?? '', type: type ?? '', isExternal: external === '1' },
    ...{ isInMemory: memory === '1', isFiltered: filtered === '1' },
  };
}

interface Holdable {
  readonly table: TableName;
  readonly name: string;
  readonly id: string;
  /** Why its lock alone would prove nothing; null: it would. */
  readonly loose: string | null;
}

/** A table to be held, or why nothing is. */
type Judged = Holdable | string;

/** What of the reads is to be held. To be asked before the transaction, whose first access to anything fixes its moment. */
export async function judgeReads(
  link: Link,
  reads: readonly TableRead[],
  signal: AbortSignal,
): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  for (const read of reads) {
    if (read.source.kind === 'query') judged.push(QUERY);
    else judged.push(judge(read.source.table, await tableKind(link, read.source.table, signal), read.where));
  }
  return judged;
}

function judge(table: TableName, kind: TableKind | null, where: string | null): Judged {
  const name = `${table.namespace}.${table.name}`;
  if (kind?.isExternal === true) return `The external table ${name} lies outside this database, outside the snapshot.`;
  if (kind?.isInMemory === true) return `The memory-optimised table ${name} takes no part in a snapshot with others.`;
  if (kind?.type === 'V')
    return `What the view ${name} reads cannot be held against TRUNCATE and changes of its tables.`;
  return { table, name, id: kind?.id ?? '', loose: where !== null && readsMore(where) ? CONDITION : null };
}

interface Holding {
  readonly signal: AbortSignal;
  /** Called when all of them have been touched: the moment is fixed, and none can be emptied any more. */
  readonly onFixed?: SnapshotHow['onFixed'];
}

/** Per read, in order, why a count equal on all sides would still prove nothing; null: it proves it. */
export async function holdTables(
  link: Link,
  judged: readonly Judged[],
  { signal, onFixed }: Holding,
): Promise<readonly (string | null)[]> {
  const touched: Judged[] = [];
  for (const each of judged) touched.push(typeof each === 'string' ? each : await touch(link, each, signal));
  onFixed?.();
  const held = await heldTables(link, signal);
  return touched.map((each) => {
    if (typeof each === 'string') return each;
    if (each.loose !== null) return each.loose;
    if (held === null)
      return `The login may not see its locks (VIEW SERVER STATE), so nothing proves that ${each.name} is held.`;
    return held.has(each.id) ? null : `The server does not hold ${each.name} for this session.`;
  });
}

async function touch(link: Link, each: Holdable, signal: AbortSignal): Promise<Judged> {
  try {
    await link.ask({ text: holdStatement(each.table), values: ['0'] }, signal);
    return each;
  } catch (error) {
    if (failsAlone(error)) return REFUSED;
    throw error;
  }
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
