import { join } from 'node:path';
import { monotonicFactory } from 'ulid';
import { isAppError } from '../../src-shared/errors/app-error.ts';
import { toWireError, type WireError } from '../../src-shared/errors/wire.ts';
import { buildDescriptor } from '../engine/package/descriptor.ts';
import { sealPackage, type SealedPackage } from '../engine/package/seal-package.ts';
import { LoadTally } from '../engine/run/load-tally.ts';
import { isOfTable, isStill, type RunEvent, type TableResult } from '../engine/run/table-job.ts';
import { errorFields } from '../store/log-fields.ts';
import type { Core } from './core.ts';
import { deliverRun } from './deliver-run.ts';
import { describeTables } from './describe-tables.ts';
import { disclosedSource } from './disclosed-source.ts';
import { completedEntry, readingOf, resumedEntry, startedEntry } from './export-entries.ts';
import type { ExportResult } from './export-result.ts';
import { findLeftOver } from './left-over.ts';
import { setPartsAside } from './kept-parts.ts';
import { makeOutputFolder } from './make-output-folder.ts';
import { migrationScripts } from './migration-scripts.ts';
import { readAndWrite } from './read-and-write.ts';
import { removeEmptyPackage } from './remove-empty-package.ts';
import type { ExportContext, ExportOutcome, ExportRequest } from './export-context.ts';
import { openHomeLedger } from './open-home-ledger.ts';
import { elapsedBetween, summarize } from './run-figures.ts';
import { beginRun, type RunState } from './run-records.ts';
import type { RunStage } from './run-stage.ts';
import { StillRecord } from './still-record.ts';
import { RunTimes } from './run-times.ts';
import { tellTunnelKey } from './tunnels.ts';

const nextUlid = monotonicFactory();

/**
 * Runs an export: no ledger, no export; `export.started` is durable before the first row is read; the package gets its
 * name only when it is whole, or `.incomplete` when something is missing. A whole one is then delivered as the plan says.
 */
export async function executeExport(core: Core, request: ExportRequest): Promise<ExportResult> {
  const ledger = await core.ledger();
  const run = nextUlid(core.clock.now().getTime());
  const base = `${packageStem(request.compiled.name)}-${run}`;
  const partial = join(request.out, `.${base}.partial`);
  try {
    // First of all: where nothing can be written there is no run to remember.
    await makeOutputFolder(core, request.out, partial);
    const result = await runIn({ core, request, ledger, run }, { partial, base });
    // A run that wrote nothing leaves nothing behind.
    await removeEmptyPackage(core, partial, run);
    const leftOver = (await findLeftOver(core, partial)) ?? (await findLeftOver(core, asideOf(request, run)));
    return leftOver === null ? result : { ...result, leftOver };
  } catch (error) {
    await removeEmptyPackage(core, partial, run);
    throw error;
  }
}

/** Hidden folder beside a package for parts that are whole, of tables that are not in it. */
function asideOf({ out, compiled }: ExportRequest, run: string): string {
  return join(out, `.${packageStem(compiled.name)}.parts-${run}.partial`);
}

async function runIn(
  { core, request, ledger, run }: Pick<ExportContext, 'core' | 'request' | 'ledger' | 'run'>,
  { partial, base }: { partial: string; base: string },
): Promise<ExportResult> {
  const statements = request.compiled.tables.map((table) => request.connection.connector.dialect.select(table.read));
  const facts = await request.connection.session.facts(request.signal);
  using live = await beginRun(
    core,
    {
      run,
      state: 'running',
      plan: request.compiled.name,
      ...(request.planPath === null ? {} : { planPath: request.planPath }),
      connection: request.connection.name,
      started: core.clock.now().toISOString(),
      folder: partial,
      package: null,
      accepted: request.accepted,
      request: {
        ...{ params: { ...request.inputs.params }, only: [...request.inputs.only], out: request.out },
        ...{ planDigest: request.planDigest, key: request.bound.key?.fingerprint ?? null, database: facts.database },
      },
      ...(request.resumes === null ? {} : { resumes: request.resumes.run }),
    },
    {
      'plan.yaml': request.planText,
      'compiled-plan.json': `${JSON.stringify(request.compiled, null, 2)}\n`,
      'sql.json': `${JSON.stringify({ statements: statements.map((statement) => statement.text) }, null, 2)}\n`,
    },
  );
  const load = new LoadTally();
  const context = { core, request, ledger, facts, live, run, load };
  await announce(context);
  core.log.info('run.started', { run, tables: request.compiled.tables.length });
  const { pause } = request;
  const times = new RunTimes(pause.clock, request.signal);
  const record = new StillRecord(core, live);
  const heard = measured(context, { times, record });
  pause.listen((event) => heard.request.onEvent(event));
  const written = await readAndWrite(heard, partial);
  pause.close();
  await record.settled;
  const { sealed, error } = await times.sealing(() => trySealing(context, { outcome: written, times, partial, base }));
  // A ledger whose append failed takes no other until it is opened and examined anew.
  const end = error === undefined ? context : { ...context, ledger: await openHomeLedger(core) };
  const tables = error === undefined ? written.tables : written.tables.map((table) => unsealed(table, error));
  const outcome = { ...written, tables, error: written.error ?? error };
  const done = await finish(end, { outcome, sealed, times });
  return { ...done, deliveries: await deliverRun(end, done) };
}

/** What the run tells of itself is heard by its watch and its record as well. */
function measured(
  context: ExportContext,
  { times, record }: { readonly times: RunTimes; readonly record: StillRecord },
): ExportContext {
  const { request } = context;
  const onEvent = (event: RunEvent): void => {
    if (isOfTable(event)) times.onEvent(event);
    else if (isStill(event)) record.onEvent(event);
    if (event.type === 'run.begins') times.queued(event.queuedMs);
    request.onEvent(event);
  };
  const onStage = (stage: RunStage): void => {
    if (stage.type === 'snapshot') times.opened();
    request.onStage(stage);
  };
  return { ...context, request: { ...request, onEvent, onStage } };
}

/** "Complete" is a verdict on what was handed over: without a sealed package nothing was. */
function unsealed(table: TableResult, error: unknown): TableResult {
  if (table.verdict === 'incomplete') return table;
  return { ...table, verdict: 'incomplete', why: 'Its package could not be sealed.', error: toWireError(error) };
}

/** No ledger, no export: a run that the ledger cannot take has failed before it read anything. */
async function announce(context: ExportContext): Promise<void> {
  try {
    await tellTunnelKey(context.core, context.request.connection.name);
    const { seq } = await context.ledger.append('export.started', startedEntry(context));
    if (context.request.resumes !== null) await context.ledger.append('export.resumed', resumedEntry(context));
    context.request.onStage({ type: 'started', run: context.run, ledgerSeq: seq });
  } catch (error) {
    const ended = context.core.clock.now().toISOString();
    const planned = context.request.compiled.tables.length;
    const report = { tables: [], planned, error: toWireError(error) };
    await keptIfPossible(context.core, () => context.live.update({ state: 'failed', ended, report }));
    throw error;
  }
}

interface Written {
  readonly outcome: ExportOutcome;
  readonly times: RunTimes;
  readonly partial: string;
  readonly base: string;
}

const isEmpty = (facts: object): boolean => Object.keys(facts).length === 0;

/** What cannot be sealed is no package, and the run has failed: the ledger must still hear of it. */
async function trySealing(
  context: ExportContext,
  written: Written,
): Promise<{ sealed: SealedPackage | null; error: unknown }> {
  try {
    return { sealed: await sealWhatIsThere(context, written), error: undefined };
  } catch (error) {
    return { sealed: null, error };
  }
}

async function sealWhatIsThere(
  { core, request, ledger, facts, run }: ExportContext,
  { outcome, times, partial, base }: Written,
): Promise<SealedPackage | null> {
  if (!outcome.tables.some((table) => table.resources.length > 0)) return null;
  const whole = outcome.tables.every((table) => table.verdict !== 'incomplete');
  const lost = outcome.tables.filter(({ resources }) => resources.length === 0).map(({ name }) => name);
  await setPartsAside(core, { run, folder: partial, aside: asideOf(request, run), tables: lost });
  const { format, options, context } = request.bound.format;
  const reading = readingOf(request, times);
  const scripts = migrationScripts(core.registries, request.compiled, outcome.tables);
  return sealPackage(
    {
      run,
      planDigest: request.planDigest,
      partialFolder: partial,
      finalFolder: join(request.out, whole ? base : `${base}.incomplete`),
      tables: outcome.tables,
      ...(isEmpty(reading) ? {} : { reading }),
      scripts: scripts?.scripts ?? [],
      ...(request.compiled.mode === null ? {} : { mode: request.compiled.mode }),
      descriptor: buildDescriptor({
        name: request.compiled.name,
        run,
        created: core.clock.now().toISOString(),
        purpose: request.compiled.purpose,
        format: format.describe(options, context),
        compression: request.compiled.compress ?? null,
        tables: describeTables(core.registries, request, outcome.tables),
        migrate: scripts,
        source: request.compiled.disclose.includes('source') ? disclosedSource(request.connection, facts) : null,
      }),
    },
    core.store,
    ledger,
  );
}

async function finish(
  context: ExportContext,
  { outcome, sealed, times }: { outcome: ExportOutcome; sealed: SealedPackage | null; times: RunTimes },
): Promise<Omit<ExportResult, 'deliveries'>> {
  const { core, ledger, live, run, request } = context;
  const state = stateOf(outcome, request.signal.aborted);
  const error = outcome.error ?? outcome.tables.find((table) => table.error !== undefined)?.error;
  const wire = error === undefined ? undefined : error instanceof Error ? toWireError(error) : (error as WireError); // errors of tables are wire errors already
  const ended = core.clock.now().toISOString();
  const tables = outcome.tables.map((table) => times.told(table));
  const stages = sealed === null ? { ...times.stages, sealingMs: null } : times.stages;
  const { times: pauses, ms } = request.pause.total;
  const paused = pauses === 0 ? null : Math.round(ms);
  const measures = { planned: request.compiled.tables.length, stages: { ...stages, pausedMs: paused } };
  const told = {
    ...{ run, state, package: sealed?.folder ?? null, tables },
    load: context.load.summary,
    summary: summarize({ tables, ...measures, elapsedMs: elapsedBetween(live.facts.started, ended) }),
    ...(wire === undefined ? {} : { error: wire }),
  };
  const report = { ...told, ...measures };
  const reportDigest = await keptIfPossible(core, () =>
    live.keep('report.json', new TextEncoder().encode(`${JSON.stringify(report, null, 2)}\n`)),
  );
  const type = state === 'cancelled' ? 'export.cancelled' : state === 'failed' ? 'export.failed' : 'export.completed';
  const position = await ledger.append(
    type,
    completedEntry(context, { outcome, sealed, state, reading: readingOf(request, times), reportDigest, error: wire }),
  );
  core.log.info('run.ended', { run, state, ...(wire === undefined ? {} : { error: wire.code }) });
  const place = { seq: sealed?.seq ?? position.seq, size: position.size };
  await keptIfPossible(core, () =>
    live.update({
      ...{ state, ended, package: sealed?.folder ?? null, ledger: place, report },
      // Its hidden name is gone with the renaming.
      ...(sealed === null ? {} : { folder: sealed.folder }),
    }),
  );
  return { ...told, ledger: place };
}

/**
 * The run is over by now, and the ledger keeps room for its end. On a full disk the record beside it is given up: the next
 * opening of the home makes it good from the ledger.
 */
async function keptIfPossible<T>(core: Core, keep: () => Promise<T>): Promise<T | null> {
  try {
    return await keep();
  } catch (error) {
    if (!isAppError(error, 'SPOOL/DISK_FULL')) throw error;
    core.log.warn('run.record_lost', errorFields(error));
    return null;
  }
}

function stateOf(outcome: ExportOutcome, aborted: boolean): RunState {
  const whole = outcome.tables.filter((table) => table.verdict !== 'incomplete').length;
  if (outcome.error === undefined && outcome.tables.length > 0 && whole === outcome.tables.length) return 'succeeded';
  if (aborted) return 'cancelled';
  return outcome.error === undefined && whole > 0 ? 'partial' : 'failed';
}

// The package's folder name: the plan's name with only what every file system takes.
function packageStem(name: string): string {
  return (
    name
      .normalize('NFC')
      .replace(/[^\p{L}\p{N}._-]+/gu, '-')
      .replace(/^[.-]+|[.-]+$/g, '')
      .slice(0, 80) || 'export'
  );
}
