/**
 * Keeps writers off the tables of a run for a moment, so that snapshots that begin meanwhile show the same: a shared lock on
 * each table, which waits for whoever is in the middle of a transaction that changed it. Whether the locks are there is asked
 * of the server, not believed: a readable secondary, for one, takes no notice of such hints.
 * https://learn.microsoft.com/sql/t-sql/queries/hints-transact-sql-table
 */
import { appError, type AppError } from '../../../src-shared/errors/app-error.ts';
import type { TableName } from '../../../src-shared/model/catalog.ts';
import type { TableRead } from '../../../src-shared/model/table-read.ts';
import type { Hold } from '../../ports/connector.ts';
import { SNAPSHOT_STATE_SQL, STILL_SQL } from './catalog.sql.ts';
import { quoteTable, readsMore } from './dialect.ts';
import { endTransaction } from './end-transaction.ts';
import { tableKind, type TableKind } from './hold-tables.ts';
import type { Link } from './link.ts';

interface Keeping {
  readonly signal: AbortSignal;
  /** For all tables together: those that are locked already keep others waiting. */
  readonly limitMs: number;
}

/** Rejects where it cannot be had, with the reason; nothing is held then. */
export async function keepStill(link: Link, reads: readonly TableRead[], { signal, limitMs }: Keeping): Promise<Hold> {
  const [state] = (await link.rows(SNAPSHOT_STATE_SQL, signal))[0] ?? [];
  if (state !== '1') throw notShared('The database does not allow snapshot isolation.');
  const tables = await tablesOf(link, reads, signal);
  const within = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  try {
    await link.rows('begin transaction', within);
    for (const { table } of tables) await link.ask({ text: keepStillStatement(table), values: ['0'] }, within);
    const loose = await firstLoose(link, tables, within);
    if (loose !== null) throw notShared(`The server keeps nobody from writing to ${loose.name}.`);
  } catch (error) {
    await endTransaction(link);
    throw within.aborted && !signal.aborted ? tooLong() : error;
  }
  return {
    lasts: async (own) => (await firstLoose(link, tables, own)) === null,
    [Symbol.asyncDispose]: () => endTransaction(link),
  };
}

/** A table that this session does not keep still; null: there is none. */
async function firstLoose(link: Link, tables: readonly Still[], signal: AbortSignal): Promise<Still | null> {
  const still = new Set((await link.rows(STILL_SQL, signal)).map(([id]) => id));
  return tables.find(({ id }) => !still.has(id)) ?? null;
}

interface Still {
  readonly table: TableName;
  readonly name: string;
  readonly id: string;
}

/** The tables, each once, in an order that all runs keep to. What else a read may read has no name here. */
async function tablesOf(link: Link, reads: readonly TableRead[], signal: AbortSignal): Promise<readonly Still[]> {
  const found = new Map<string, Still>();
  for (const { source, where } of reads) {
    if (source.kind !== 'table') throw notShared('What a query of the plan reads cannot be kept still.');
    const { table } = source;
    const name = `${table.namespace}.${table.name}`;
    if (where !== null && readsMore(where))
      throw notShared(`The condition of ${name} may read other tables, which cannot be kept still.`);
    const kind = await tableKind(link, table, signal);
    if (!isPlain(kind)) throw notShared(`What ${name} shows may lie in other tables, which cannot be kept still.`);
    found.set(quoteTable(table), { table, name, id: kind.id });
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, still]) => still);
}

/** Neither a view nor external, not in memory alone, without a filter that could read what it likes. */
function isPlain(kind: TableKind | null): kind is TableKind {
  return kind !== null && kind.type === 'U' && !kind.isExternal && !kind.isInMemory && !kind.isFiltered;
}

/** Reads no row; of a number of rows that is known to be none the server would not open the table. */
export function keepStillStatement(table: TableName): string {
  return `select top (convert(int, @p1)) 1 as [one] from ${quoteTable(table)} with (tablock, holdlock)`;
}

function notShared(why: string): AppError {
  return appError('SOURCE/SNAPSHOT_LOST', {
    message: `Several connections would not be at one point in time. ${why}`,
    remedy: 'Nothing has to be done: one connection reads the run.',
  });
}

function tooLong(): AppError {
  return appError('SOURCE/TIMEOUT', {
    message: 'The tables could not be kept still together in time: other sessions are in the middle of changing them.',
    remedy:
      'Nothing has to be done: one connection reads the run. A larger limits.lockTimeoutMs waits longer for them.',
  });
}
