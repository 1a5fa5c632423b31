import { z } from 'zod';
import type { WireError } from '../../src-shared/errors/wire.ts';
import type { TableResult } from '../engine/run/table-job.ts';
import type { RunFacts } from './run-records.ts';

/** What a run told of its tables at its end. */
export interface RunReport {
  /** Empty where its process died, or its report could not be kept. */
  readonly tables: readonly TableResult[];
  readonly error?: WireError;
}

// What `execute-export.ts` wrote; a report of another version is shown as far as it is the same.
const reportShape = z.object({
  tables: z.array(z.custom<TableResult>((table) => typeof table === 'object' && table !== null && 'verdict' in table)),
  error: z.custom<WireError>((error) => typeof error === 'object' && error !== null && 'code' in error).optional(),
});

/** The report that a run's record keeps. */
export function reportOf({ report }: RunFacts): RunReport {
  const { tables = [], error } = reportShape.safeParse(report).data ?? {};
  return { tables, ...(error === undefined ? {} : { error }) };
}
