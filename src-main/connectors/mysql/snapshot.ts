import { bug } from '../../../src-shared/errors/app-error.ts';
import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { TableRead } from '../../../src-shared/model/table-read.ts';
import type { ReadHow, Snapshot, SnapshotFacts } from '../../ports/connector.ts';
import { ignoring } from '../kit/ignoring.ts';
import { batchSchema } from './batch-schema.ts';
import { checkTableDrift, compareColumns } from './check-drift.ts';
import { describeColumns } from './describe-columns.ts';
import { mysqlDialect, quoteTable } from './dialect.ts';
import { judgeEngines } from './judge-engines.ts';
import type { Link } from './link.ts';

const NEVER = new AbortController().signal;

/**
 * Locks the tables, then opens the snapshot; `released` runs when it is disposed. A transaction holds a metadata lock on
 * every table it has touched until its end, and InnoDB's read view opens with the first row that is read: so all tables
 * are touched without reading a row, and only then is one read. Begun WITH CONSISTENT SNAPSHOT the view would be older
 * than the locks, and what others change in between would be error 1412 or, on a reloaded table, missing rows.
 */
export async function openSnapshot(
  link: Link,
  { reads, released }: { readonly reads: readonly TableRead[]; readonly released: () => void },
  signal: AbortSignal,
): Promise<Snapshot> {
  await link.rows('start transaction read only', signal);
  try {
    for (const read of reads) await touch(link, read, signal);
    await checkTableDrift(link, reads, signal);
    for (const read of reads) {
      // What a condition reads besides its table.
      if (read.where !== null) await link.rows(mysqlDialect.select({ ...read, limit: 0 }).text, signal);
    }
    const verdicts = await judgeEngines(link, reads, signal);
    const fixing = reads.find((_, i) => verdicts[i]?.isInnodb === true);
    if (fixing !== undefined) await openView(link, fixing, signal);
    const [moment] = (await link.rows('select utc_timestamp(6)', signal))[0] ?? [];
    const id = `connection ${link.id}, ${moment?.replace(' ', 'T')}Z`;
    return new MysqlSnapshot(link, { id, unproven: verdicts.map(({ unproven }) => unproven) }, released);
  } catch (error) {
    await endTransaction(link);
    throw error;
  }
}

/** Takes the metadata locks of a read and compares what a query gives with what is expected of it. */
async function touch(link: Link, read: TableRead, signal: AbortSignal): Promise<void> {
  const { source, params, columns } = read;
  if (source.kind === 'table') {
    await link.rows(`select 1 from ${quoteTable(source.table)} limit 0`, signal);
    return;
  }
  const now = await describeColumns(link, { sql: source.sql, params }, signal);
  compareColumns('The query', columns, new Map(now.map((column) => [column.name, column])));
}

/**
 * Fixes the point in time by reading a row of an InnoDB table. Where a run reads nothing but views and queries the first
 * of them does so: all the locks are held by then.
 */
async function openView(link: Link, { source }: TableRead, signal: AbortSignal): Promise<void> {
  if (source.kind === 'table') await link.rows(`select 1 from ${quoteTable(source.table)} limit 1`, signal);
}

/** Ends whatever transaction is open. A read-only one has nothing to commit. */
async function endTransaction(link: Link): Promise<void> {
  if (!link.isDead) await ignoring(link.rows('rollback', NEVER), 'the work has its own result or failure');
}

class MysqlSnapshot implements Snapshot {
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
      yield* this.#link.batches(mysqlDialect.select(read).text, batchSchema(read.columns), how);
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
    await endTransaction(this.#link);
    this.#released();
  }

  #begin(): void {
    if (this.#reading || this.#disposed) throw bug('a snapshot is read by two at once, or after its end');
    this.#reading = true;
  }
}

/** Rows of a read, counted by the server in the transaction at hand. */
export async function countRows(link: Link, read: TableRead, signal: AbortSignal): Promise<number> {
  const rows = await link.rows(mysqlDialect.count(read).text, signal);
  return Number(rows[0]?.[0]);
}
