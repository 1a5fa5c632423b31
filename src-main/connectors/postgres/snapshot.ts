import { bug } from '../../../src-shared/errors/app-error.ts';
import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { TableRead } from '../../../src-shared/model/table-read.ts';
import type { ReadHow, Snapshot, SnapshotFacts } from '../../ports/connector.ts';
import { checkTableDrift, compareColumns } from './check-drift.ts';
import { copyBatches } from './copy-batches.ts';
import { describeColumns } from './describe-columns.ts';
import { postgresDialect } from './dialect.ts';
import type { Link } from './link.ts';
import { planLocks } from './plan-locks.ts';
import { endTransaction } from './transaction.ts';

const NEVER = new AbortController().signal;

/** Locks the tables, then opens the snapshot; `released` runs when it is disposed. */
export async function openSnapshot(
  link: Link,
  { reads, released }: { readonly reads: readonly TableRead[]; readonly released: () => void },
  signal: AbortSignal,
): Promise<Snapshot> {
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
    return new PostgresSnapshot(link, { id, unproven }, released);
  } catch (error) {
    await endTransaction(link, signal);
    throw error;
  }
}

/** A query's columns are always described as nullable. */
function asNullable<Column extends { readonly nullable: boolean }>(column: Column): Column {
  return { ...column, nullable: true };
}

class PostgresSnapshot implements Snapshot {
  readonly facts: SnapshotFacts;
  readonly #link: Link;
  readonly #released: () => void;
  #reading = false;
  #disposed = false;

  constructor(link: Link, facts: SnapshotFacts, released: () => void) {
    this.#link = link;
    this.facts = facts;
    this.#released = released;
  }

  async *read(read: TableRead, how: ReadHow): AsyncGenerator<RowBatch> {
    this.#begin();
    try {
      yield* copyBatches(this.#link, read, how);
    } finally {
      this.#reading = false;
    }
  }

  async count(read: TableRead, signal: AbortSignal): Promise<number> {
    this.#begin();
    try {
      return await countRows(this.#link, read, signal);
    } finally {
      this.#reading = false;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    if (this.#reading) this.#link.destroy();
    await endTransaction(this.#link, NEVER);
    this.#released();
  }

  #begin(): void {
    if (this.#reading || this.#disposed) throw bug('a snapshot is read by two at once, or after its end');
    this.#reading = true;
  }
}

/** Rows of a read, counted by the server in the transaction at hand. */
export async function countRows(link: Link, read: TableRead, signal: AbortSignal): Promise<number> {
  const { text, values } = postgresDialect.count(read);
  const rows = await link.query(text, values, signal);
  return Number(rows[0]?.[0]);
}
