import { isAlive } from '../../src-shared/model/run-state.ts';
import type { Core } from './core.ts';
import { findLeftOver, type LeftOver } from './left-over.ts';
import { figuresOf, type RunFigures } from './run-figures.ts';
import { readCheckpoints } from './run-checkpoints.ts';
import { readRun, type RunFacts } from './run-records.ts';
import { wholeSoFar, type WholeSoFar } from './whole-so-far.ts';
import { reportOf, type RunReport } from './run-report.ts';

/** All that a home knows of a run, in the shape that the run itself had told it. */
export interface ShownRun extends RunFacts, Pick<RunReport, 'tables' | 'error' | 'load'> {
  /** null: its record does not tell them. */
  readonly summary: RunFigures | null;
  /** Of a run whose process ended before it could report; null: it did report, runs, or had nothing whole. */
  readonly wholeSoFar: WholeSoFar | null;
  readonly leftOver: LeftOver | null;
}

/** One run with its report and what it left behind, or `RUN/ABSENT`. */
export async function showRun(core: Core, run: string): Promise<ShownRun> {
  const facts = await readRun(core, run);
  const { tables, load, error } = reportOf(facts);
  const leftOver = isAlive(facts) ? null : await leftOverOf(core, facts);
  return {
    ...facts,
    tables,
    ...(error === undefined ? {} : { error }),
    summary: figuresOf(facts),
    wholeSoFar: facts.state === 'interrupted' ? await wholeSoFar(core, run) : null,
    load,
    leftOver,
  };
}

/** What lies in its hidden folder, or in the one beside its package. */
async function leftOverOf(core: Core, { folder, run }: RunFacts): Promise<LeftOver | null> {
  const { cut } = await readCheckpoints(core, run);
  const aside = [...cut.values()].flatMap(({ parts }) => [...parts.values()]).map((part) => part.folder);
  for (const each of new Set([folder, ...aside])) {
    const found = await findLeftOver(core, each);
    if (found !== null) return found;
  }
  return null;
}
