import type { Core } from './core.ts';
import { findLeftOver, type LeftOver } from './left-over.ts';
import { readRun, type RunFacts } from './run-records.ts';
import { reportOf, type RunReport } from './run-report.ts';

/** All that a home knows of a run, in the shape that the run itself had told it. */
export interface ShownRun extends RunFacts, RunReport {
  readonly leftOver: LeftOver | null;
}

/** One run with its report and what it left behind, or `RUN/ABSENT`. */
export async function showRun(core: Core, run: string): Promise<ShownRun> {
  const facts = await readRun(core, run);
  const report = reportOf(facts);
  const leftOver = facts.state === 'running' ? null : await findLeftOver(core, facts.folder);
  return { ...facts, ...report, leftOver };
}
