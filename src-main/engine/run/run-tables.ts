import { dirname } from 'node:path';
import { isAppError } from '../../../src-shared/errors/app-error.ts';
import { toWireError } from '../../../src-shared/errors/wire.ts';
import type { Snapshot } from '../../ports/connector.ts';
import { checkPart, checkPartAlone } from './check-part.ts';
import type { RunEnvironment } from './run-environment.ts';
import { fullDiskOf } from './space-watch.ts';
import { errorOfTable } from './table-error.ts';
import type { TableJob, TableResult, WrittenFile } from './table-job.ts';
import { cancelled } from './cancelled.ts';
import { writeTable, type WrittenTable } from './write-table.ts';

/** Facts about one table that lead to its verdict. */
export interface TableEvidence {
  readonly sourceRows: number;
  readonly writtenRows: number;
  readonly rereadRows: number;
  /** Why equal counts would prove nothing here; null: they do. */
  readonly unproven: string | null;
}

/** Complete only when source = written = re-read, and the source could not change between the count and the read. */
export function verdictOf(evidence: TableEvidence): Pick<TableResult, 'verdict' | 'why'> {
  const { sourceRows, writtenRows, rereadRows } = evidence;
  if (sourceRows !== writtenRows || writtenRows !== rereadRows) {
    return {
      verdict: 'incomplete',
      why: `The source has ${sourceRows} rows, ${writtenRows} were written and ${rereadRows} were read back.`,
    };
  }
  return evidence.unproven === null ? { verdict: 'complete' } : { verdict: 'unproven', why: evidence.unproven };
}

/**
 * Runs all tables one after the other in one snapshot. A failed table does not stop the others; after a cancellation the
 * rest is reported as cancelled. Never throws: what went wrong stands in the results.
 */
export async function runTables(
  jobs: readonly TableJob[],
  snapshot: Snapshot,
  env: RunEnvironment,
): Promise<readonly TableResult[]> {
  const results: TableResult[] = [];
  for (const [index, job] of jobs.entries()) {
    env.onEvent({ type: 'table.started', table: job.name, estimatedRows: job.estimatedRows });
    const result = await runTable(job, snapshot, { env, unproven: snapshot.facts.unproven[index] ?? null });
    results.push(result);
    if (result.verdict !== 'incomplete') await env.onWhole?.(result);
    env.onEvent({ type: 'table.finished', result });
  }
  return results;
}

async function runTable(
  job: TableJob,
  snapshot: Snapshot,
  { env, unproven }: { env: RunEnvironment; unproven: string | null },
): Promise<TableResult> {
  const began = env.clock.monotonicMs();
  const found: { source: number | null; files: readonly WrittenFile[] | null; reread: number | null } = {
    source: null,
    files: null,
    reread: null,
  };
  const result = (rest: Pick<TableResult, 'verdict' | 'why' | 'error'>): TableResult => ({
    name: job.name,
    table: job.table,
    sourceRows: found.source,
    writtenRows: found.files === null ? null : sumOf(found.files, 'rows'),
    rereadRows: found.reread,
    resources: found.files ?? [],
    elapsedMs: Math.round(env.clock.monotonicMs() - began),
    ...rest,
  });
  try {
    if (env.signal.aborted) throw cancelled();
    const written = await writeTable(job, snapshot, env);
    const { files } = written;
    found.files = files;
    const rows = sumOf(files, 'rows');
    env.onEvent({ type: 'table.checking', table: job.name, rows, bytes: plainBytesOf(files) });
    // The server counts while we read what is left.
    const [source, reread] = await Promise.allSettled([snapshot.count(job.read, env.signal), checkTable(written, env)]);
    found.source = valueOf(source);
    found.reread = valueOf(reread);
    return result(verdictOf({ sourceRows: found.source, writtenRows: rows, rereadRows: found.reread, unproven }));
  } catch (error) {
    const isCancelled = env.signal.aborted && !isAppError(error, 'RUN/CANCELLED');
    const told = fullDiskOf(error, { table: job.name, folder: dirname(env.folder) });
    const wire = toWireError(isCancelled ? cancelled() : errorOfTable(told, job, env.grant));
    return result({ verdict: 'incomplete', why: wire.message, error: wire });
  }
}

function valueOf<T>(settled: PromiseSettledResult<T>): T {
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
}

const sumOf = (files: readonly WrittenFile[], what: 'rows'): number => files.reduce((sum, file) => sum + file[what], 0);

const plainBytesOf = (files: readonly WrittenFile[]): number =>
  files.reduce((sum, { bytes, plain }) => sum + (plain?.bytes ?? bytes), 0);

/** Rows of all files by the independent count. All but the last one hold, by now, what was written to them. */
async function checkTable({ files, last }: WrittenTable, env: RunEnvironment): Promise<number> {
  if (files.length === 1) return await checkPart(last, env);
  return sumOf(files.slice(0, -1), 'rows') + (await checkPartAlone(last, env));
}
