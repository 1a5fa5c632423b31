import type { TableRead } from '../../../src-shared/model/table-read.ts';
import type { SnapshotFacts } from '../../ports/connector.ts';
import { compareColumns } from '../kit/compare-columns.ts';
import { failsAlone } from '../kit/fails-alone.ts';
import type { SnapshotWork } from '../kit/held-snapshot.ts';
import { ignoring } from '../kit/ignoring.ts';
import { MOMENT_SQL } from './catalog.sql.ts';
import { checkTableDrift } from './check-drift.ts';
import { describeColumns } from './describe-columns.ts';
import { holdTables } from './hold-tables.ts';
import type { Link } from './link.ts';
import { scnFor } from './moment.ts';
import { countRows, cutKey, readBatches } from './read-rows.ts';
import { joinedScn, snapshotId } from './shared-moment.ts';

const NEVER = new AbortController().signal;

interface Opening {
  readonly signal: AbortSignal;
  /** The id of the snapshot to join; null: none. */
  readonly joins: string | null;
}

/**
 * One READ ONLY transaction: every statement in it sees the moment at which it began, and the server refuses to change rows.
 * LOCK TABLE is allowed in it. Where all reads are tables of which the login may see the past, they are read as of one
 * system change number, taken when all of them are held. By that number another session joins, with locks of its own.
 */
export async function openSnapshot(
  link: Link,
  reads: readonly TableRead[],
  { signal, joins }: Opening,
): Promise<SnapshotWork> {
  for (const read of reads) await checkQuery(link, read, signal);
  await link.ask('set transaction read only', [], signal);
  try {
    const unproven = await holdTables(link, reads, signal);
    for (const read of reads) await checkTableDrift(link, read, signal);
    if (joins !== null) {
      const scn = await joinedScn(link, reads, { joins, signal });
      return workAt(link, scn, { id: joins, unproven });
    }
    const scn = await scnFor(link, reads, signal);
    const [moment] = (await link.ask(MOMENT_SQL, [], signal))[0] ?? [];
    return workAt(link, scn, { id: snapshotId(scn, moment ?? ''), unproven });
  } catch (error) {
    await endTransaction(link);
    throw error;
  }
}

function workAt(link: Link, scn: string | null, facts: SnapshotFacts): SnapshotWork {
  return {
    facts,
    read: (read, { signal }) => readBatches(link, read, { scn, signal }),
    count: (read, signal) => countRows(link, read, { scn, signal }),
    cut: (read, key, { rows, signal }) => cutKey(link, { read, key, rows }, { scn, signal }),
    abandon: () => link.destroy(),
    end: () => endTransaction(link),
  };
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

/** Ends the transaction and gives its locks back: there is nothing to commit. */
async function endTransaction(link: Link): Promise<void> {
  if (link.isDead) return;
  await ignoring(link.ask('rollback', [], NEVER), 'the work has its own result or failure');
}
