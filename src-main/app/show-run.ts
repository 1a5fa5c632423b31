import { z } from 'zod';
import type { WireError } from '../../src-shared/errors/wire.ts';
import type { TableResult } from '../engine/run/table-job.ts';
import type { Core } from './core.ts';
import { findLeftOver, type LeftOver } from './left-over.ts';
import { readRun, type RunFacts } from './run-records.ts';

/** All that a home knows of a run, in the shape that the run itself had told it. */
export interface ShownRun extends RunFacts {
  /** Empty where its process died, or its report could not be kept. */
  readonly tables: readonly TableResult[];
  readonly error?: WireError;
  readonly leftOver: LeftOver | null;
}

// What `execute-export.ts` wrote; a report of another version is shown as far as it is the same.
const reportShape = z.object({
  tables: z.array(z.custom<TableResult>((table) => typeof table === 'object' && table !== null && 'verdict' in table)),
  error: z.custom<WireError>((error) => typeof error === 'object' && error !== null && 'code' in error).optional(),
});

/** One run with its report and what it left behind, or `RUN/ABSENT`. */
export async function showRun(core: Core, run: string): Promise<ShownRun> {
  const facts = await readRun(core, run);
  const report = reportShape.safeParse(facts.report);
  const { tables = [], error } = report.success ? report.data : {};
  const leftOver = facts.state === 'running' ? null : await findLeftOver(core, facts.folder);
  return { ...facts, tables, ...(error === undefined ? {} : { error }), leftOver };
}
