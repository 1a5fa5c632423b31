import { isAppError } from '../../src-shared/errors/app-error.ts';
import type { CompiledPlan } from '../../src-shared/model/compiled-plan.ts';
import { cancelled } from '../engine/run/cancelled.ts';
import { fileExtension } from '../engine/run/file-path.ts';
import type { ChunkSize } from '../engine/run/run-environment.ts';
import { runTables } from '../engine/run/run-tables.ts';
import { SpaceWatch } from '../engine/run/space-watch.ts';
import type { CutTable, TableJob, TableResult } from '../engine/run/table-job.ts';
import { Throttle } from '../engine/run/throttle.ts';
import type { ExportContext, ExportOutcome } from './export-context.ts';
import { adoptParts, tellParts } from './kept-parts.ts';
import { adoptTable } from './kept-tables.ts';
import { LoadWatch } from './load-watch.ts';
import { logFailure } from './log-failure.ts';
import { openInWindow } from './open-in-window.ts';
import { openReaders } from './open-readers.ts';
import { RunCheckpoints } from './run-checkpoints.ts';

/**
 * Takes over what an earlier run had finished and reads the rest in one snapshot; each table that is whole is written down
 * before the next one. Never throws: what went wrong stands in the outcome.
 */
export async function readAndWrite(context: ExportContext, folder: string): Promise<ExportOutcome> {
  const { core, request, run } = context;
  await using checkpoints = new RunCheckpoints(core, run);
  const place = { folder, checkpoints, signal: request.signal };
  try {
    const kept = await adoptTables(context, place);
    const jobs = request.bound.jobs.filter(({ name }) => !kept.has(name));
    if (jobs.length === 0) return { tables: [...kept.values()], snapshot: null, error: undefined };
    // Before the snapshot: what is elsewhere is copied, and that may take long.
    const keptParts = await adoptParts(core, request.resumes?.parts ?? [], place);
    const { tables, snapshot } = await readTables(context, { jobs, keptParts, folder, checkpoints });
    const results = new Map([...kept, ...tables.map((table) => [table.name, table] as const)]);
    const inOrder = request.bound.jobs.flatMap(({ name }) => results.get(name) ?? []);
    return { tables: inOrder, snapshot, error: undefined };
  } catch (error) {
    const isCancelled = request.signal.aborted && (!isAppError(error) || error.code === 'RUN/CANCELLED');
    const why = isCancelled ? cancelled() : error;
    return { tables: [], snapshot: null, error: why };
  }
}

interface Place {
  /** Absolute folder of the package being written. */
  readonly folder: string;
  readonly checkpoints: RunCheckpoints;
  readonly signal: AbortSignal;
}

interface Reading extends Omit<Place, 'signal'> {
  readonly jobs: readonly TableJob[];
  readonly keptParts: ReadonlyMap<string, CutTable>;
}

/** The tables of an earlier run that have arrived here, by name. What did not is read like the others. */
async function adoptTables({ core, request }: ExportContext, place: Place): Promise<Map<string, TableResult>> {
  const kept = new Map<string, TableResult>();
  for (const table of request.resumes?.kept ?? []) {
    // Before its files move: whoever goes on with this run looks here first, and where they were before after that.
    await place.checkpoints.addWhole({ result: table.result, folder: place.folder });
    if (!(await adoptTable(core, table, { into: place.folder, signal: request.signal }))) continue;
    kept.set(table.result.name, table.result);
    request.onEvent({ type: 'table.finished', result: table.result });
  }
  return kept;
}

async function readTables(
  context: ExportContext,
  reading: Reading,
): Promise<{ tables: readonly TableResult[]; snapshot: string }> {
  const { window } = context.request.compiled.limits;
  if (window === undefined) return readNow(context, reading);
  await using open = await openInWindow(context, window);
  try {
    const { tables, snapshot } = await readNow({ ...context, request: open.request }, reading);
    return { tables: tables.map((table) => open.result(table)), snapshot };
  } catch (error) {
    throw open.error(error);
  }
}

async function readNow(
  context: ExportContext,
  { jobs, keptParts, folder, checkpoints }: Reading,
): Promise<{ tables: readonly TableResult[]; snapshot: string }> {
  const { core, request, facts, run } = context;
  const { dialect } = request.connection.connector;
  const { compress } = request.compiled;
  const space = new SpaceWatch(core.store, request.out);
  await space.require(0);
  await using load = new LoadWatch(context, jobs);
  await load.knows(request.connection.session);
  await using readers = await openReaders(core, { ...request, onSession: load.knows }, jobs);
  const { id } = readers;
  const told = tellParts(checkpoints, { folder, run, snapshot: id });
  request.onStage({ type: 'snapshot', id });
  const tables = await runTables(jobs, load.opened(readers.all, jobs), {
    store: core.store,
    digester: core.digester,
    clock: request.pause.clock,
    pause: request.pause,
    signal: request.signal,
    format: request.bound.format,
    extension: fileExtension(request.bound.format.format, compress),
    compression: compress === undefined ? null : core.compressions[compress],
    folder,
    cellBytes: request.compiled.limits.cellBytes,
    space,
    throttle: Throttle.of(request.compiled.limits, core.clock),
    chunk: chunkSize(request.compiled),
    grant: (table) => dialect.grantSelect(table, facts.user),
    onEvent: request.onEvent,
    keptParts,
    // What cannot be written down is whole all the same; only a later run could not keep it.
    onCut: (...cut) => told.onCut(...cut).catch((error: unknown) => logFailure(core, 'run.checkpoint', error)),
    onPart: (...part) => told.onPart(...part).catch((error: unknown) => logFailure(core, 'run.checkpoint', error)),
    onWhole: async (result) => {
      try {
        await checkpoints.addWhole({ result: { ...result, readBy: { run, snapshot: id } }, folder });
      } catch (error) {
        logFailure(core, 'run.checkpoint', error);
      }
    },
  });
  return { tables, snapshot: id };
}

function chunkSize({ chunk }: CompiledPlan): ChunkSize | null {
  return chunk === undefined ? null : { rows: Infinity, bytes: Infinity, ...chunk };
}
