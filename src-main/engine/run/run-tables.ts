import { bug } from '../../../src-shared/errors/app-error.ts';
import { renewed, type Reader } from './reader.ts';
import type { RunEnvironment } from './run-environment.ts';
import type { TableJob, TableResult } from './table-job.ts';
import { TableRun, type Work } from './table-run.ts';

/**
 * Runs all tables in the order of the plan, as many pieces of them at once as there are readers; all readers are at one and
 * the same point in time, and the first one's facts are those of the jobs. What a reader was at when its connection was lost
 * is read by another one, or by itself on a new connection. A failed table does not stop the others; after a cancellation the
 * rest is reported as cancelled. Never throws: what went wrong stands in the results.
 */
export async function runTables(
  jobs: readonly TableJob[],
  readers: readonly [Reader, ...Reader[]],
  env: RunEnvironment,
): Promise<readonly TableResult[]> {
  const { unproven } = readers[0].snapshot.facts;
  const bell = new Bell();
  const changed = (): void => bell.ring();
  const tables = jobs.map((job, index) => new TableRun(job, env, { unproven: unproven[index] ?? null, changed }));
  const leader = new AbortController();
  const signal = AbortSignal.any([env.signal, leader.signal]);
  const pool = { tables, bell, signal, leader, alive: readers.length };
  const losses = await Promise.all(readers.map((reader) => readUntilDone(reader, pool)));
  // Where something is left, all readers were lost.
  for (const table of tables) await table.giveUp(losses.find((loss) => loss !== null) ?? null);
  return tables.map(({ result }) => {
    if (result === null) throw bug('a table was never finished');
    return result;
  });
}

interface Pool {
  readonly tables: readonly TableRun[];
  readonly bell: Bell;
  /** Aborts when nobody can join any more. */
  readonly signal: AbortSignal;
  /** To be told when the point in time itself is lost. */
  readonly leader: AbortController;
  /** Readers that have a connection, or wait for one. */
  alive: number;
}

/** Gives the error with which its last connection was lost; null: nothing is left for it to do. */
async function readUntilDone(first: Reader, pool: Pool): Promise<Error | null> {
  const { tables, bell, signal, leader } = pool;
  let reader = first;
  // Also when all is taken: what another one loses at the very end is read and counted here.
  while (tables.some(({ result }) => result === null)) {
    const next = firstOf(tables);
    // One that is being cut, or whose reader is lost, may have work in a moment.
    if (next === null) await bell.next();
    else {
      const loss = await next.work(reader.snapshot);
      bell.ring();
      if (loss === null) continue;
      if (reader.renew === null) {
        pool.alive--;
        leader.abort();
      }
      if (pool.alive > 0) next.table.tellRetry();
      const other = await renewed(reader, signal);
      if (other === null) {
        if (reader.renew !== null) pool.alive--;
        return loss;
      }
      reader = other;
    }
  }
  return null;
}

function firstOf(tables: readonly TableRun[]): { readonly table: TableRun; readonly work: Work } | null {
  for (const table of tables) {
    const work = table.take();
    if (work !== null) return { table, work };
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
