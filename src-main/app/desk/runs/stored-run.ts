import { join } from 'node:path';
import type { PastRun, RunDetail, RunSummary, RunTable } from '../../../../src-shared/contract/runs.ts';
import type { CompiledPlan } from '../../../../src-shared/model/compiled-plan.ts';
import { fromUtf8 } from '../../../../src-shared/util/utf8.ts';
import type { Core } from '../../core.ts';
import { figuresOf } from '../../run-figures.ts';
import type { RunFacts } from '../../run-records.ts';
import { reportOf, type RunReport } from '../../run-report.ts';
import { wholeSoFar } from '../../whole-so-far.ts';
import { tableWithResult, waitingTable } from './board-table.ts';
import { maskedColumns } from './masked-columns.ts';
import { listPackage } from './package-files.ts';
import { deliveryOf, summaryOf } from './run-board.ts';
import { readNotes } from './run-notes.ts';
import { totalsOf } from './run-totals.ts';
import { packageFolderOf } from './live-run.ts';

const MAX_PLAN_BYTES = 64 * 1024 * 1024;
const MAX_KEY_BYTES = 4096;

/** The plan as a run compiled it; null: it cannot be read. */
export async function compiledOf(core: Core, run: string): Promise<CompiledPlan | null> {
  const bytes = await core.store.read.file(join(core.home.runFolder(run), 'compiled-plan.json'), MAX_PLAN_BYTES);
  const text = bytes === null ? undefined : fromUtf8(bytes);
  if (text === undefined) return null;
  return JSON.parse(text) as CompiledPlan; // written by beginRun of this home
}

/** A line of the list from a run's record. */
export async function storedSummary(core: Core, facts: RunFacts): Promise<RunSummary> {
  const { tables } = reportOf(facts);
  const planned = tables.length > 0 ? tables.length : ((await compiledOf(core, facts.run))?.tables.length ?? 0);
  const withVerdict = (verdict: string): number => tables.filter((table) => table.verdict === verdict).length;
  return {
    ...{ run: facts.run, plan: facts.plan },
    // Before records told it the desktop's notes did.
    planPath: facts.planPath ?? (await readNotes(core, facts.run))?.planPath ?? null,
    ...{ connection: facts.connection, state: facts.state, started: facts.started, ended: facts.ended ?? null },
    ...{ tables: planned, complete: withVerdict('complete'), unproven: withVerdict('unproven') },
    ...{ progress: null, here: false, cancelling: false, paused: facts.paused ?? null },
    queuedUntil: facts.queued?.until ?? null,
  };
}

/** A line of the history of its plan, from a run's record. */
export async function pastRun(core: Core, facts: RunFacts): Promise<PastRun> {
  const figures = figuresOf(facts);
  const resumes = facts.resumes ?? null;
  const summary = await storedSummary(core, facts);
  if (figures === null) return { ...summary, volume: null, resumes };
  const { slowest: _slowest, time: _time, ...volume } = figures;
  return { ...summary, volume, resumes };
}

/** Everything that a home knows of a run. */
export async function storedDetail(core: Core, facts: RunFacts): Promise<RunDetail> {
  const [compiled, notes] = await Promise.all([compiledOf(core, facts.run), readNotes(core, facts.run)]);
  const report = reportOf(facts);
  const tableList = tablesOf(compiled, report);
  const stillMs = (report.stages.pausedMs ?? 0) + (report.stages.queuedMs ?? 0);
  const elapsedMs = facts.ended === undefined ? 0 : Date.parse(facts.ended) - Date.parse(facts.started);
  return {
    ...(await storedSummary(core, facts)),
    ...{ package: facts.package, folder: packageFolderOf(facts.folder), error: report.error ?? null },
    packageFiles: facts.package === null ? null : await listPackage(core, facts.package),
    vkey: await ownKey(core),
    ledgerSeq: facts.ledger?.seq ?? endSeqOf(notes?.events ?? []) ?? notes?.startSeq ?? null,
    snapshot: notes?.snapshot ?? null,
    figures: shownFigures(facts),
    wholeSoFar: facts.state === 'interrupted' ? await wholeSoFar(core, facts.run) : null,
    ...{ loadSummary: report.load === null ? null : summaryOf(report.load), load: null },
    // A terminal keeps no notes, and showed the same warnings.
    warnings: notes?.warnings ?? facts.accepted?.warnings ?? [],
    masked: compiled === null ? (notes?.masked ?? null) : maskedColumns(compiled),
    planTables: compiled?.planTables ?? null,
    production: notes?.production ?? false,
    pausable: null,
    totals: totalsOf(tableList, {
      rowsPerSecond: 0,
      bytesPerSecond: 0,
      elapsedMs: Math.max(0, elapsedMs),
      stillMs,
    }),
    tableList,
    deliveries: (facts.deliveries ?? []).map(deliveryOf),
    throughput: notes?.throughput ?? { from: 0, values: [] },
    events: notes?.events ?? [],
  };
}

function shownFigures(facts: RunFacts): RunDetail['figures'] {
  const figures = figuresOf(facts);
  if (figures === null) return null;
  return { ...figures, slowest: figures.slowest.map(({ times: _times, ...table }) => table) };
}

function endSeqOf(events: RunDetail['events']): number | null {
  const end = events.findLast(({ what }) => what.kind === 'ended')?.what;
  return end?.kind === 'ended' ? end.ledgerSeq : null;
}

/** All tables of the plan, each with its result where it has one. */
function tablesOf(compiled: CompiledPlan | null, { tables: results }: RunReport): RunTable[] {
  if (compiled === null) {
    return results.map((result) => tableWithResult(waitingTable({ ...result, estimatedRows: null }), result));
  }
  const byName = new Map(results.map((result) => [result.name, result]));
  return compiled.tables.map((planned) => {
    const result = byName.get(planned.name);
    return result === undefined ? waitingTable(planned) : tableWithResult(waitingTable(planned), result);
  });
}

async function ownKey(core: Core): Promise<string | null> {
  const bytes = await core.store.read.file(join(core.home.keysFolder, 'log.vkey'), MAX_KEY_BYTES);
  return bytes === null ? null : (fromUtf8(bytes)?.trim() ?? null);
}
