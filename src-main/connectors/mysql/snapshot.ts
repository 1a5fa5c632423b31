import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { ReadColumn, TableRead } from '../../../src-shared/model/table-read.ts';
import type { ReadHow, SnapshotFacts, SnapshotHow } from '../../ports/connector.ts';
import { compareColumns } from '../kit/compare-columns.ts';
import { withDeadline } from '../kit/deadline.ts';
import { failsAlone } from '../kit/fails-alone.ts';
import type { SnapshotWork } from '../kit/held-snapshot.ts';
import { ignoring } from '../kit/ignoring.ts';
import { batchSchema } from './batch-schema.ts';
import { checkTableDrift } from './check-drift.ts';
import { describeColumns } from './describe-columns.ts';
import { mysqlDialect, quoteTable } from './dialect.ts';
import { judgeEngines } from './judge-engines.ts';
import type { Link } from './link.ts';
import { widenBuffer } from './widen-buffer.ts';

const UNTOUCHED = 'The server did not accept it before the snapshot was taken, so what it reads is not locked.';
const NEVER = new AbortController().signal;
/** What a server that stands still may hold up the end of a run. */
const LAST_WORD_MS = 500;

interface Opening {
  readonly signal: AbortSignal;
  readonly beforeFixed?: SnapshotHow['beforeFixed'];
  readonly onFixed?: SnapshotHow['onFixed'];
}

/**
 * Locks the tables, then opens the snapshot. A transaction holds a metadata lock on every table it has touched until its
 * end, and InnoDB's read view opens with the first row that is read: so all tables are touched without reading a row, and
 * only then is one read. Begun WITH CONSISTENT SNAPSHOT the view would be older than the locks, and what others change in
 * between would be error 1412 or, on a reloaded table, missing rows.
 */
export async function openSnapshot(
  link: Link,
  reads: readonly TableRead[],
  { signal, beforeFixed, onFixed }: Opening,
): Promise<SnapshotWork> {
  await widenBuffer(link, signal);
  await link.rows('start transaction read only', signal);
  try {
    const untouched = new Set<TableRead>();
    for (const read of reads) if (!(await tryTo(() => touch(link, read, signal)))) untouched.add(read);
    // Of a table without rights the server shows no columns.
    await checkTableDrift(
      link,
      reads.filter((read) => !untouched.has(read)),
      signal,
    );
    for (const read of reads) {
      if (!(await tryTo(() => touchCondition(link, read, signal)))) untouched.add(read);
    }
    const verdicts = await judgeEngines(link, reads, signal);
    await beforeFixed?.();
    const fixing = reads.find((read, i) => verdicts[i]?.isInnodb === true && !untouched.has(read));
    if (fixing !== undefined) await openView(link, fixing, signal);
    onFixed?.();
    const [moment] = (await link.rows('select utc_timestamp(6)', signal))[0] ?? [];
    const id = `connection ${link.id}, ${moment?.replace(' ', 'T')}Z`;
    return workOn(link, {
      id,
      unproven: reads.map((read, i) => (untouched.has(read) ? UNTOUCHED : (verdicts[i]?.unproven ?? null))),
    });
  } catch (error) {
    await endTransaction(link);
    throw error;
  }
}

/** False: the read will fail when it is read, in the same way most likely; the others are not to suffer for it. */
async function tryTo(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (failsAlone(error)) return false;
    throw error;
  }
}

/** What a condition reads besides its table. */
async function touchCondition(link: Link, read: TableRead, signal: AbortSignal): Promise<void> {
  if (read.where !== null) await link.rows(mysqlDialect.select({ ...read, limit: 0 }).text, signal);
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

/**
 * Ends whatever transaction is open. A read-only one has nothing to commit, and nobody needs the connection any more: a
 * server that does not answer is left standing.
 */
async function endTransaction(link: Link): Promise<void> {
  if (link.isDead) return;
  const giveUp = (): Error => {
    link.destroy();
    return new Error('the server does not answer');
  };
  const ending = withDeadline(link.rows('rollback', NEVER), LAST_WORD_MS, giveUp);
  await ignoring(ending, 'the work has its own result or failure');
}

function workOn(link: Link, facts: SnapshotFacts): SnapshotWork {
  return {
    facts,
    read: (read, how) => readBatches(link, read, how),
    count: (read, signal) => countRows(link, read, signal),
    cut: (read, key, { rows, signal }) => cutKey(link, { read, key, rows }, signal),
    abandon: () => link.destroy(),
    end: () => endTransaction(link),
  };
}

/** Rows of a read in the transaction at hand. */
export function readBatches(link: Link, read: TableRead, how: ReadHow): AsyncGenerator<RowBatch> {
  const { signal, wire } = how;
  return link.batches(mysqlDialect.select(read).text, batchSchema(read.columns), { signal, wire: wire !== false });
}

interface Cut {
  readonly read: TableRead;
  readonly key: readonly ReadColumn[];
  readonly rows: number;
}

async function cutKey(link: Link, { read, key, rows }: Cut, signal: AbortSignal): Promise<readonly string[] | null> {
  const { keyCuts } = mysqlDialect;
  if (keyCuts === undefined) return null;
  const [found] = await link.rows(keyCuts.cut(read, key, rows).text, signal);
  return found === undefined ? null : found.map((value) => value ?? '');
}

/** Rows of a read, counted by the server in the transaction at hand. */
export async function countRows(link: Link, read: TableRead, signal: AbortSignal): Promise<number> {
  const rows = await link.rows(mysqlDialect.count(read).text, signal);
  return Number(rows[0]?.[0]);
}
