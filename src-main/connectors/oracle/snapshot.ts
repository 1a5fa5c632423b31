import type { TableRead } from '../../../src-shared/model/table-read.ts';
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
import { countRows, readBatches } from './read-rows.ts';

const NEVER = new AbortController().signal;

/**
 * One READ ONLY transaction: every statement in it sees the moment at which it began, and the server refuses to change rows.
 * LOCK TABLE is allowed in it. Where all reads are tables of which the login may see the past, they are read as of one
 * system change number, taken when all of them are held.
 */
export async function openSnapshot(
  link: Link,
  reads: readonly TableRead[],
  signal: AbortSignal,
): Promise<SnapshotWork> {
  for (const read of reads) await checkQuery(link, read, signal);
  await link.ask('set transaction read only', [], signal);
  try {
    const unproven = await holdTables(link, reads, signal);
    for (const read of reads) await checkTableDrift(link, read, signal);
    const scn = await scnFor(link, reads, signal);
    const [moment] = (await link.ask(MOMENT_SQL, [], signal))[0] ?? [];
    const id = scn === null ? `read only transaction, ${moment ?? ''}Z` : `SCN ${scn}, ${moment ?? ''}Z`;
    return {
      facts: { id, unproven },
      read: (read, how) => readBatches(link, read, { scn, signal: how.signal }),
      count: (read, own) => countRows(link, read, { scn, signal: own }),
      abandon: () => link.destroy(),
      end: () => endTransaction(link),
    };
  } catch (error) {
    await endTransaction(link);
    throw error;
  }
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
