import { dirname, join } from 'node:path';
import { appError, isAppError, type AppError } from '../../../src-shared/errors/app-error.ts';
import { toWireError } from '../../../src-shared/errors/wire.ts';
import type { Snapshot } from '../../ports/connector.ts';
import { readBack } from './read-back.ts';
import type { RunEnvironment } from './run-environment.ts';
import { fullDiskOf } from './space-watch.ts';
import { errorOfTable } from './table-error.ts';
import type { TableJob, TableResult, WrittenFile } from './table-job.ts';
import { cancelled } from './cancelled.ts';
import { writeTable } from './write-table.ts';

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
    const files = await writeTable(job, snapshot, env);
    found.files = files;
    const rows = sumOf(files, 'rows');
    env.onEvent({ type: 'table.checking', table: job.name, rows, bytes: sumOf(files, 'bytes') });
    // The server counts while we read back.
    const [source, reread] = await Promise.allSettled([
      snapshot.count(job.read, env.signal),
      checkFiles(job, files, env),
    ]);
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

const sumOf = (files: readonly WrittenFile[], what: 'rows' | 'bytes'): number =>
  files.reduce((sum, file) => sum + file[what], 0);

/** Rows of all files, each of which holds as many as were written to it. */
async function checkFiles(job: TableJob, files: readonly WrittenFile[], env: RunEnvironment): Promise<number> {
  let rows = 0;
  for (const file of files) {
    const found = await checkFile(job, file, env);
    // Of parts that differ, one too many and one too few would add up to the right sum.
    if (found !== file.rows && files.length > 1) throw partDiffers(file, found);
    rows += found;
  }
  return rows;
}

function partDiffers({ path, rows }: WrittenFile, found: number): AppError {
  return appError('RUN/READ_BACK_MISMATCH', {
    message: `${path} holds ${found} rows, and ${rows} were written to it.`,
    remedy: 'Check the disk and the programs that may touch this folder, then run the export again.',
  });
}

function checkFile(job: TableJob, file: WrittenFile, env: RunEnvironment): Promise<number> {
  const { format, options, context } = env.format;
  return readBack(env.store.read, env.digester, {
    path: join(env.folder, ...file.path.split('/')),
    sha256: file.sha256,
    bytes: file.bytes,
    reader: format.reader(job.outputSchema, options, context),
    signal: env.signal,
  });
}
