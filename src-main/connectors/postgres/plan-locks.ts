/** Which relations a run's reads touch, and which of them can be held against change. */
import { isAppError } from '../../../src-shared/errors/app-error.ts';
import type { TableName } from '../../../src-shared/model/catalog.ts';
import type { TableRead } from '../../../src-shared/model/table-read.ts';
import { failsAlone } from '../kit/fails-alone.ts';
import { arrayLiteral } from './array-literal.ts';
import { LOCKED_RELATIONS_SQL, OWN_FUNCTIONS_SQL, TABLE_KINDS_SQL } from './catalog.sql.ts';
import { quoteName, selectStatement } from './dialect.ts';
import type { Link } from './link.ts';
import { endTransaction, inTransaction } from './transaction.ts';

const HIDDEN = 'Row security is in force in what it reads: this login may see only some of the rows.';

export interface ReadLocks {
  /** Quoted names. */
  readonly lock: readonly string[];
  /** Why locking them would prove nothing; null: it does. */
  readonly unproven: string | null;
}

interface Relation extends TableName {
  /** pg_class.relkind. */
  readonly kind: string;
  /** LOCK TABLE asks for SELECT on the table; rights on columns alone do not do. */
  readonly mayLock: boolean;
  readonly mayReadColumns: boolean;
}

/** A table that a read is of. */
interface OwnTable extends Relation {
  /** Row security is in force for this login: the plan has warned of it. */
  readonly isFiltered: boolean;
  /** A part of it is a foreign table. */
  readonly reachesOut: boolean;
}

/** What is to be locked for each read, in order. */
export async function planLocks(
  link: Link,
  reads: readonly TableRead[],
  signal: AbortSignal,
): Promise<readonly ReadLocks[]> {
  const tables = await readTables(link, reads, signal);
  const plan: ReadLocks[] = [];
  for (const [i, read] of reads.entries()) plan.push(await planRead(link, { read, own: tables.get(i) }, signal));
  return plan;
}

async function planRead(
  link: Link,
  { read, own }: { readonly read: TableRead; readonly own: OwnTable | undefined },
  signal: AbortSignal,
): Promise<ReadLocks> {
  // A table that is gone fails in the locking, with its own error.
  if (read.source.kind === 'table' && own === undefined) return { lock: [quoted(read.source.table)], unproven: null };
  const isPlain = own !== undefined && (own.kind === 'r' || own.kind === 'p');
  try {
    if (isPlain && read.where === null && !own.reachesOut) {
      return { lock: canLock(own) ? [quoted(own)] : [], unproven: reasonOf([own], []) };
    }
    const relations = await relationsOf(link, read, signal);
    const reason = reasonOf(relations, await ownFunctions(link, read, signal));
    const hidden = own?.isFiltered === true ? null : await hiddenRows(link, read, signal);
    return { lock: relations.filter(canLock).map(quoted), unproven: reason ?? hidden };
  } catch (error) {
    // It will fail when it is read, in the same way most likely.
    if (!failsAlone(error)) throw error;
    const unproven = 'The server did not accept it before the snapshot was taken, so what it reads is not locked.';
    return { lock: isPlain && canLock(own) ? [quoted(own)] : [], unproven };
  }
}

function canLock({ kind, mayLock }: Relation): boolean {
  return mayLock && (kind === 'r' || kind === 'p' || kind === 'v');
}

function quoted({ namespace, name }: TableName): string {
  return `${quoteName(namespace)}.${quoteName(name)}`;
}

function reasonOf(relations: readonly Relation[], functions: readonly string[]): string | null {
  const named = ({ namespace, name }: TableName): string => `${namespace}.${name}`;
  const holdsView = relations.some((relation) => relation.kind === 'v' && relation.mayLock);
  for (const relation of relations) {
    if (relation.kind === 'm') return `The materialized view ${named(relation)} cannot be locked against REFRESH.`;
    if (relation.kind === 'f')
      return `The foreign table ${named(relation)} lies on another server, outside the snapshot.`;
    // Behind a view the login needs no right of its own: the lock on the view reaches it.
    const behindView = holdsView && !relation.mayReadColumns;
    if (relation.mayLock || behindView) continue;
    if (!relation.mayReadColumns) return `The login may not read ${named(relation)}.`;
    return `The login may read ${named(relation)} but not lock it.`;
  }
  if (functions.length === 0) return null;
  return `The function ${functions.join(', ')} may read tables that are not locked.`;
}

async function readTables(
  link: Link,
  reads: readonly TableRead[],
  signal: AbortSignal,
): Promise<Map<number, OwnTable>> {
  const named = [...reads.entries()].flatMap(([i, { source }]) =>
    source.kind === 'table' ? [{ i, ...source.table }] : [],
  );
  if (named.length === 0) return new Map();
  const values = [arrayLiteral(named.map((table) => table.namespace)), arrayLiteral(named.map((table) => table.name))];
  const ask = () => link.query(TABLE_KINDS_SQL, values, signal);
  const rows = await inTransaction(link, { signal, systemOnly: true }, ask);
  const found = new Map<number, OwnTable>();
  for (const [place, kind, mayLock, mayReadColumns, isFiltered, reachesOut] of rows) {
    const table = named[Number(place) - 1];
    if (table === undefined) continue;
    found.set(table.i, {
      ...{ namespace: table.namespace, name: table.name, kind: kind ?? '' },
      ...{ mayLock: mayLock === 't', mayReadColumns: mayReadColumns === 't' },
      ...{ isFiltered: isFiltered === 't', reachesOut: reachesOut === 't' },
    });
  }
  return found;
}

/** Has the server parse, rewrite and plan the statement, and looks which relations that locked. */
async function relationsOf(link: Link, read: TableRead, signal: AbortSignal): Promise<readonly Relation[]> {
  await link.query('begin read only', [], signal);
  try {
    await link.query(`explain (costs off)\n${selectStatement(read)}`, [], signal);
    await link.query('set local search_path = pg_catalog', [], signal);
    const rows = await link.query(LOCKED_RELATIONS_SQL, [], signal);
    return rows.map(([namespace, name, kind, mayLock, mayReadColumns]) => ({
      ...{ namespace: namespace ?? '', name: name ?? '', kind: kind ?? '' },
      ...{ mayLock: mayLock === 't', mayReadColumns: mayReadColumns === 't' },
    }));
  } finally {
    await endTransaction(link, signal);
  }
}

/**
 * Whether row security takes rows away from what a read reads besides its own table, behind views too, whoever's rights they are
 * read with: without row security, a statement that it is in force for is refused. null: it takes none.
 */
async function hiddenRows(link: Link, read: TableRead, signal: AbortSignal): Promise<string | null> {
  try {
    await inTransaction(link, { signal }, async () => {
      await link.query('set local row_security = off', [], signal);
      await link.query(`explain (costs off)\n${selectStatement(read)}`, [], signal);
    });
    return null;
  } catch (error) {
    // The rights were there when it was planned as it is read.
    if (isAppError(error, 'SOURCE/PERMISSION_DENIED')) return HIDDEN;
    throw error;
  }
}

/** Functions of the database's own, written in SQL or a procedural language, whose names occur in the operator's words. */
async function ownFunctions(link: Link, read: TableRead, signal: AbortSignal): Promise<readonly string[]> {
  const words = `${read.where ?? ''} ${read.source.kind === 'query' ? read.source.sql : ''}`;
  const names = [...new Set(words.toLowerCase().match(/[\p{L}_][\p{L}\p{N}_$]*/gu) ?? [])];
  if (names.length === 0) return [];
  const ask = () => link.query(OWN_FUNCTIONS_SQL, [arrayLiteral(names)], signal);
  const rows = await inTransaction(link, { signal, systemOnly: true }, ask);
  return rows.map(([name]) => name ?? '');
}
