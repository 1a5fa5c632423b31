import { join } from 'node:path';
import { appError, type AppError } from '../../src-shared/errors/app-error.ts';
import { counted } from '../../src-shared/util/format-number.ts';
import { isAlive } from '../../src-shared/model/run-state.ts';
import { compiledPlanDigest } from '../engine/plan/compiled-plan-digest.ts';
import { bindJobs } from './bind-jobs.ts';
import type { Core } from './core.ts';
import { findKeptParts, type KeptParts } from './kept-parts.ts';
import { findKeptTables, type KeptTable } from './kept-tables.ts';
import { openPlan, requireCompiled, type OpenPlan } from './open-plan.ts';
import { listRuns, readRun, type RunFacts } from './run-records.ts';

/** What would be done to go on with a run. */
export interface Resumption extends AsyncDisposable {
  readonly facts: RunFacts;
  /** It, and the runs that it goes on with itself, the latest first. */
  readonly earlier: readonly RunFacts[];
  readonly open: OpenPlan;
  /** Folder that the package appears in, unless another is given. */
  readonly out: string;
  /** In the order of the plan. */
  readonly kept: readonly KeptTable[];
  /** Of tables that are read: what of them is not read again, in the order of the plan. */
  readonly parts: readonly KeptParts[];
  /** Names of the tables that are read, in the order of the plan. */
  readonly rest: readonly string[];
}

/**
 * Looks at a run that did not end well: what of it is whole and can be kept, and what has to be read. The plan is the one the
 * run was started with, and it must still come to the same: `RUN/NOT_RESUMABLE` otherwise, and for runs that are over or alive.
 */
export async function openResumption(core: Core, run: string, signal: AbortSignal): Promise<Resumption> {
  const facts = await readRun(core, run);
  const { request } = facts;
  requireStopped(facts, await listRuns(core));
  if (request === undefined) {
    throw refusal(run, 'it was started by a version of Waybill that did not write down how.');
  }
  const open = await openPlan(core, {
    path: join(core.home.runFolder(run), 'plan.yaml'),
    planPath: facts.planPath ?? null,
    shownAs: `the plan of run ${run}`,
    params: request.params,
    only: request.only,
    accept: 'unsigned',
    signal,
  });
  try {
    const compiled = requireCompiled(open);
    if (compiledPlanDigest(compiled) !== request.planDigest) {
      throw refusal(run, 'its tables are no longer what they were: the catalog has changed since.');
    }
    const { key } = await bindJobs(core, { compiled, connector: open.connection.connector });
    if ((key?.fingerprint ?? null) !== request.key) {
      throw refusal(run, 'its pseudonym key is another one now, and the same person would have two names.');
    }
    const { database } = await open.connection.session.facts(signal);
    if (database !== request.database) {
      throw refusal(run, `its connection leads to the database ${database} now, and led to ${request.database} then.`);
    }
    const earlier = await chainOf(core, facts);
    const found = await findKeptTables(core, earlier, signal);
    const kept = compiled.tables.flatMap(({ name }) => found.get(name) ?? []);
    const rest = compiled.tables.flatMap(({ name }) => (found.has(name) ? [] : [name]));
    const parts = await findKeptParts(core, { runs: earlier, tables: rest }, signal);
    const close = async (): Promise<void> => open[Symbol.asyncDispose]();
    return { facts, earlier, open, out: request.out, kept, parts, rest, [Symbol.asyncDispose]: close };
  } catch (error) {
    await open[Symbol.asyncDispose]();
    throw error;
  }
}

/** Says that the tables come from two moments, or `RUN/TWO_SNAPSHOTS` when nobody let that pass. */
export function requireTwoSnapshots(found: Resumption, isAccepted: boolean): void {
  const { facts, kept, rest } = found;
  if (isAccepted || !isOfTwoMoments(found)) return;
  const shows = keptCount(found) === 1 ? 'shows' : 'show';
  throw appError('RUN/TWO_SNAPSHOTS', {
    message: `The snapshot of run ${facts.run} is gone. ${keptWords(found)} ${shows} the database as it was then, and the rest of ${counted(rest.length, 'table')} would show it as it is now.`,
    remedy: `Go on with --two-snapshots, which package and ledger will say; or read all of it anew with --start-over.`,
    context: { kept: kept.length, rest: rest.length },
  });
}

type Kept = Pick<Resumption, 'kept' | 'parts' | 'rest'>;

const partsOf = ({ parts }: Kept): number => parts.reduce((sum, table) => sum + table.parts.length, 0);

const keptCount = (found: Kept): number => found.kept.length + partsOf(found);

/** Something is kept, and something is read. */
export function isOfTwoMoments(found: Kept): boolean {
  return keptCount(found) > 0 && found.rest.length > 0;
}

/** `2 finished tables and 12 parts of public.orders`. */
export function keptWords({ kept, parts }: Kept): string {
  return [
    ...(kept.length === 0 ? [] : [counted(kept.length, 'finished table')]),
    ...parts.map((table) => `${counted(table.parts.length, 'part')} of ${table.table}`),
  ].join(' and ');
}

/** A run whose process died before it had taken over what was kept leaves it where it was. */
async function chainOf(core: Core, facts: RunFacts): Promise<readonly RunFacts[]> {
  const chain = [facts];
  for (let { resumes } = facts; resumes !== undefined && chain.every(({ run }) => run !== resumes);) {
    const before = await readRun(core, resumes);
    chain.push(before);
    ({ resumes } = before);
  }
  return chain;
}

function requireStopped(facts: RunFacts, runs: readonly RunFacts[]): void {
  const { run, state } = facts;
  if (state === 'succeeded') {
    throw appError('RUN/NOT_RESUMABLE', {
      message: `Run ${run} is complete: there is nothing left to do.`,
      remedy: 'To export anew, run its plan again.',
    });
  }
  if (isAlive(facts)) {
    throw appError('RUN/NOT_RESUMABLE', {
      message: `Run ${run} is still ${state}.`,
      remedy: 'Wait for its end, or stop it where it was started (Ctrl+C).',
    });
  }
  const later = runs.find(({ resumes }) => resumes === run);
  if (later !== undefined) {
    throw appError('RUN/NOT_RESUMABLE', {
      message: `Run ${later.run} has gone on with run ${run} already.`,
      remedy: later.state === 'succeeded' ? `See: waybill runs show ${later.run}` : `waybill resume ${later.run}`,
    });
  }
}

function refusal(run: string, why: string): AppError {
  return appError('RUN/NOT_RESUMABLE', {
    message: `Run ${run} cannot be gone on with: ${why}`,
    remedy: 'Run its plan again: waybill run FILE.',
  });
}
