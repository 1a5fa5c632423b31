import { z } from 'zod';
import { loadSummary } from '../../src-shared/contract/run-load.ts';
import type { WireError } from '../../src-shared/errors/wire.ts';
import type { LoadSummary } from '../../src-shared/model/server-load.ts';
import type { RunFacts } from './run-records.ts';
import type { ReportedTable, StageTimes } from './run-times.ts';

/** What a run told of its tables at its end. */
export interface RunReport {
  /** Empty where its process died, or its report could not be kept. */
  readonly tables: readonly ReportedTable[];
  /** How many tables it was asked for. */
  readonly planned: number;
  readonly stages: StageTimes;
  /** null: it did not look. */
  readonly load: LoadSummary | null;
  readonly error?: WireError;
}

// What `execute-export.ts` wrote; a report of another version is shown as far as it is the same.
const reportShape = z.object({
  tables: z.array(
    z.custom<ReportedTable>((table) => typeof table === 'object' && table !== null && 'verdict' in table),
  ),
  planned: z.number().optional(),
  stages: z
    .object({
      openingMs: z.number().nullable(),
      sealingMs: z.number().nullable(),
      pausedMs: z.number().nullable().default(null),
      queuedMs: z.number().nullable().default(null),
    })
    .optional(),
  load: loadSummary.optional().catch(undefined),
  error: z.custom<WireError>((error) => typeof error === 'object' && error !== null && 'code' in error).optional(),
});

/** The report that a run's record keeps. */
export function reportOf({ report }: RunFacts): RunReport {
  const { tables = [], planned, stages, load, error } = reportShape.safeParse(report).data ?? {};
  return {
    tables,
    planned: planned ?? tables.length,
    load: load ?? null,
    stages: stages ?? { openingMs: null, sealingMs: null, pausedMs: null, queuedMs: null },
    ...(error === undefined ? {} : { error }),
  };
}
