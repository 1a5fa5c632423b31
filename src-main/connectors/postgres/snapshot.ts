import type { TableRead } from '../../../src-shared/model/table-read.ts';
import type { SnapshotFacts } from '../../ports/connector.ts';
import { compareColumns } from '../kit/compare-columns.ts';
import type { SnapshotWork } from '../kit/held-snapshot.ts';
import { checkTableDrift } from './check-drift.ts';
import { copyBatches } from './copy-batches.ts';
import { describeColumns } from './describe-columns.ts';
import { postgresDialect } from './dialect.ts';
import type { Link } from './link.ts';
import { planLocks } from './plan-locks.ts';
import { endTransaction } from './transaction.ts';

const NEVER = new AbortController().signal;

/** Locks the tables, then opens the snapshot. */
export async function openSnapshot(
  link: Link,
  reads: readonly TableRead[],
  signal: AbortSignal,
): Promise<SnapshotWork> {
  const { lock, unproven } = await planLocks(link, reads, signal);
  for (const read of reads) {
    if (read.source.kind !== 'query') continue;
    const now = await describeColumns(link, { sql: read.source.sql, params: read.params }, signal);
    compareColumns('The query', read.columns.map(asNullable), new Map(now.map((column) => [column.name, column])));
  }
  // BEGIN and LOCK take no snapshot; the first statement after them does, with all locks held.
  await link.query('begin isolation level repeatable read read only', [], signal);
  try {
    if (lock.length > 0) await link.query(`lock table ${lock.join(', ')} in access share mode`, [], signal);
    const id = (await link.query('select pg_catalog.pg_export_snapshot()', [], signal))[0]?.[0] ?? '';
    await link.query('savepoint names', [], signal);
    await link.query('set local search_path = pg_catalog', [], signal);
    await checkTableDrift(link, reads, signal);
    await link.query('rollback to savepoint names', [], signal);
    return workOn(link, { id, unproven });
  } catch (error) {
    await endTransaction(link, signal);
    throw error;
  }
}

/** A query's columns are always described as nullable. */
function asNullable<Column extends { readonly nullable: boolean }>(column: Column): Column {
  return { ...column, nullable: true };
}

function workOn(link: Link, facts: SnapshotFacts): SnapshotWork {
  return {
    facts,
    read: (read, how) => copyBatches(link, read, how),
    count: (read, signal) => countRows(link, read, signal),
    abandon: () => link.destroy(),
    end: () => endTransaction(link, NEVER),
  };
}

/** Rows of a read, counted by the server in the transaction at hand. */
export async function countRows(link: Link, read: TableRead, signal: AbortSignal): Promise<number> {
  const { text, values } = postgresDialect.count(read);
  const rows = await link.query(text, values, signal);
  return Number(rows[0]?.[0]);
}
