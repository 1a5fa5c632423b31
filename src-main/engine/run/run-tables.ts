import { bug } from '../../../src-shared/errors/app-error.ts';
import type { Snapshot } from '../../ports/connector.ts';
import type { RunEnvironment } from './run-environment.ts';
import type { TableJob, TableResult } from './table-job.ts';
import { TableRun, type Work } from './table-run.ts';

/**
 * Runs all tables in the order of the plan, as many pieces of them at once as there are readers; all readers are at one and
 * the same point in time, and the first one's facts are those of the jobs. A failed table does not stop the others; after a
 * cancellation the rest is reported as cancelled. Never throws: what went wrong stands in the results.
 */
export async function runTables(
  jobs: readonly TableJob[],
  readers: readonly [Snapshot, ...Snapshot[]],
  env: RunEnvironment,
): Promise<readonly TableResult[]> {
  const { unproven } = readers[0].facts;
  const tables = jobs.map((job, index) => new TableRun(job, env, unproven[index] ?? null));
  const bell = new Bell();
  await Promise.all(readers.map((reader) => readUntilDone(reader, tables, bell)));
  return tables.map(({ result }) => {
    if (result === null) throw bug('a table was never finished');
    return result;
  });
}

async function readUntilDone(reader: Snapshot, tables: readonly TableRun[], bell: Bell): Promise<void> {
  while (tables.some(({ isTaken }) => !isTaken)) {
    const work = firstOf(tables);
    // One that is being cut may have work in a moment.
    if (work === null) await bell.next();
    else {
      await work(reader);
      bell.ring();
    }
  }
}

function firstOf(tables: readonly TableRun[]): Work | null {
  for (const table of tables) {
    const work = table.take();
    if (work !== null) return work;
  }
  return null;
}

/** Wakes all who wait for a change. */
class Bell {
  #waiting = Promise.withResolvers<void>();

  next(): Promise<void> {
    return this.#waiting.promise;
  }

  ring(): void {
    this.#waiting.resolve();
    this.#waiting = Promise.withResolvers<void>();
  }
}
