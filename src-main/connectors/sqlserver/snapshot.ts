import { appError } from '../../../src-shared/errors/app-error.ts';
import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { TableRead } from '../../../src-shared/model/table-read.ts';
import type { SnapshotFacts, SnapshotHow } from '../../ports/connector.ts';
import { compareColumns } from '../kit/compare-columns.ts';
import { failsAlone } from '../kit/fails-alone.ts';
import type { SnapshotWork } from '../kit/held-snapshot.ts';
import { SNAPSHOT_STATE_SQL, TRANSACTION_SQL } from './catalog.sql.ts';
import { checkTableDrift } from './check-drift.ts';
import { describeColumns } from './describe-columns.ts';
import { endTransaction } from './end-transaction.ts';
import { holdTables, judgeReads } from './hold-tables.ts';
import type { Link } from './link.ts';
import { countRows, cutKey, readBatches } from './read-rows.ts';

const NO_SNAPSHOT =
  'Snapshot isolation is off in the database: every statement sees a moment of its own, and rows that others move meanwhile may come twice or not at all.';

/** The transaction that holds the moment. */
interface Held {
  readonly number: string;
  readonly moment: string;
}

interface Opening {
  readonly signal: AbortSignal;
  readonly beforeFixed?: SnapshotHow['beforeFixed'];
  readonly onFixed?: SnapshotHow['onFixed'];
}

/**
 * One transaction under SNAPSHOT. Its moment is that of the first access to data, which is the one that holds the first
 * table; what has to be asked of the server before is asked outside of it. Where the database allows no snapshots, the transaction runs under READ COMMITTED, and nothing is proven by it.
 */
export async function openSnapshot(
  link: Link,
  reads: readonly TableRead[],
  { signal, beforeFixed, onFixed }: Opening,
): Promise<SnapshotWork> {
  for (const read of reads) await checkQuery(link, read, signal);
  const [state, readOnly] = (await link.rows(SNAPSHOT_STATE_SQL, signal))[0] ?? [];
  const level = state === '1' ? 'snapshot' : 'read committed';
  const judged = await judgeReads(link, reads, signal);
  try {
    await link.rows(`set transaction isolation level ${level}`, signal);
    await beforeFixed?.();
    await link.rows('begin transaction', signal);
    const unheld = await holdTables(link, judged, { signal, onFixed });
    const unproven: (string | null)[] = [];
    for (const [i, read] of reads.entries()) {
      const masked = await checkTableDrift(link, read, signal);
      // Where nobody can write, every moment is the same.
      const loose = state === '1' || readOnly === '1' ? null : NO_SNAPSHOT;
      unproven.push(loose ?? unheld[i] ?? maskedReason(masked));
    }
    const held = await transactionOf(link, signal);
    return workOn(link, held, { id: `transaction ${held.number} (${level}), ${held.moment}Z`, unproven });
  } catch (error) {
    await endTransaction(link);
    throw error;
  }
}

function maskedReason(masked: readonly string[]): string | null {
  if (masked.length === 0) return null;
  return `The server masks ${masked.join(', ')} for this login: what is read is not what is stored.`;
}

/** A query whose columns have changed ends the run; one the server does not accept fails by itself when it is read. */
async function checkQuery(link: Link, { source, params, columns }: TableRead, signal: AbortSignal): Promise<void> {
  if (source.kind !== 'query') return;
  try {
    const now = await describeColumns(link, { sql: source.sql, params }, signal);
    compareColumns('The query', columns, new Map(now.map((column) => [column.name, column])));
  } catch (error) {
    if (!failsAlone(error)) throw error;
  }
}

async function transactionOf(link: Link, signal: AbortSignal): Promise<Held> {
  const [number, moment] = (await link.rows(TRANSACTION_SQL, signal))[0] ?? [];
  return { number: number ?? '', moment: moment ?? '' };
}

/** Some errors in a statement end the transaction with it; what came after would be rows of another moment. */
async function mustHold(link: Link, held: Held, signal: AbortSignal): Promise<void> {
  if (link.inTransaction && (await transactionOf(link, signal)).number === held.number) return;
  throw appError('SOURCE/SNAPSHOT_LOST', {
    message: 'The server has ended the transaction that held the snapshot, after an error in an earlier statement.',
    remedy: 'Run the failed table by itself, and the others again.',
  });
}

function workOn(link: Link, held: Held, facts: SnapshotFacts): SnapshotWork {
  return {
    facts,
    read: (read, { signal }) => readHeld(link, read, { held, signal }),
    count: async (read, signal) => {
      await mustHold(link, held, signal);
      return countRows(link, read, signal);
    },
    cut: async (read, key, { rows, signal }) => {
      await mustHold(link, held, signal);
      return cutKey(link, { read, key, rows }, signal);
    },
    abandon: () => link.destroy(),
    end: () => endTransaction(link),
  };
}

async function* readHeld(
  link: Link,
  read: TableRead,
  { held, signal }: { held: Held; signal: AbortSignal },
): AsyncGenerator<RowBatch> {
  await mustHold(link, held, signal);
  yield* readBatches(link, read, signal);
}
