import type { ReadColumn, TableRead } from '../../../src-shared/model/table-read.ts';
import type { ReadHow, SnapshotFacts } from '../../ports/connector.ts';
import { compareColumns } from '../kit/compare-columns.ts';
import type { SnapshotWork } from '../kit/held-snapshot.ts';
import { checkTableDrift } from './check-drift.ts';
import { copyBatches } from './copy-batches.ts';
import { describeColumns } from './describe-columns.ts';
import { literal, postgresDialect } from './dialect.ts';
import type { Link } from './link.ts';
import { lockTables } from './lock-tables.ts';
import { planLocks, type ReadLocks } from './plan-locks.ts';
import { eachInSavepoint, inSavepoint } from './savepoint.ts';
import { endLastTransaction, endTransaction } from './transaction.ts';

interface Opening {
  readonly signal: AbortSignal;
  /** The id of an open snapshot that this one is to be; null: it is one of its own. */
  readonly joins: string | null;
}

/** Locks the tables, then opens the snapshot. Each read and count has a savepoint: what fails takes no other with it. */
export async function openSnapshot(
  link: Link,
  reads: readonly TableRead[],
  { signal, joins }: Opening,
): Promise<SnapshotWork> {
  const plan = await planLocks(link, reads, signal);
  for (const read of reads) {
    if (read.source.kind !== 'query') continue;
    const now = await describeColumns(link, { sql: read.source.sql, params: read.params }, signal);
    compareColumns('The query', read.columns.map(asNullable), new Map(now.map((column) => [column.name, column])));
  }
  // BEGIN, SAVEPOINT and LOCK take no snapshot; the first statement after them does, with all locks held.
  await link.query('begin isolation level repeatable read read only', [], signal);
  try {
    // Nothing may come before it. Its tables are locked there until this transaction has locked them, too.
    if (joins !== null) await link.query(`set transaction snapshot ${literal(joins)}`, [], signal);
    const names = [...new Set(plan.flatMap(({ lock }) => lock))].sort();
    const refused = await lockTables(link, names, signal);
    const id = joins ?? (await link.query('select pg_catalog.pg_export_snapshot()', [], signal))[0]?.[0] ?? '';
    await link.query('savepoint names', [], signal);
    await link.query('set local search_path = pg_catalog', [], signal);
    await checkTableDrift(link, reads, signal);
    await link.query('rollback to savepoint names', [], signal);
    return workOn(link, { id, unproven: plan.map((each) => reasonOf(each, refused)) });
  } catch (error) {
    await endTransaction(link, signal);
    throw error;
  }
}

function reasonOf({ lock, unproven }: ReadLocks, refused: ReadonlySet<string>): string | null {
  const table = lock.find((name) => refused.has(name));
  return unproven ?? (table === undefined ? null : `The login may not lock ${table}.`);
}

/** A query's columns are always described as nullable. */
function asNullable<Column extends { readonly nullable: boolean }>(column: Column): Column {
  return { ...column, nullable: true };
}

function workOn(link: Link, facts: SnapshotFacts): SnapshotWork {
  return {
    facts,
    read: (read, how: ReadHow) => eachInSavepoint(link, how.signal, () => copyBatches(link, read, how)),
    count: (read, signal) => inSavepoint(link, signal, () => countRows(link, read, signal)),
    cut: (read, key, { rows, signal }) => inSavepoint(link, signal, () => cutKey(link, { read, key, rows }, signal)),
    abandon: () => link.destroy(),
    end: () => endLastTransaction(link),
  };
}

interface Cut {
  readonly read: TableRead;
  readonly key: readonly ReadColumn[];
  readonly rows: number;
}

async function cutKey(link: Link, { read, key, rows }: Cut, signal: AbortSignal): Promise<readonly string[] | null> {
  const { keyCuts } = postgresDialect;
  if (keyCuts === undefined) return null;
  const { text, values } = keyCuts.cut(read, key, rows);
  const [found] = await link.query(text, values, signal);
  return found === undefined ? null : found.map((value) => value ?? '');
}

/** Rows of a read, counted by the server in the transaction at hand. */
export async function countRows(link: Link, read: TableRead, signal: AbortSignal): Promise<number> {
  const { text, values } = postgresDialect.count(read);
  const rows = await link.query(text, values, signal);
  return Number(rows[0]?.[0]);
}
