import { z } from 'zod';

const measured = z.number().nullable();
const rates = { rowsPerSecond: measured, bytesPerSecond: measured };

/** What a run came to, without its single tables. Null: its record does not tell. */
export const runVolume = z.object({
  tables: z.object({
    planned: z.number(),
    complete: z.number(),
    unproven: z.number(),
    failed: z.number(),
    /** The run ended before it came to them. */
    notReached: z.number(),
    /** Of those that are whole: taken over from an earlier run. */
    kept: z.number(),
  }),
  /** Of the package, with what it has from earlier runs. */
  rows: z.number(),
  bytes: z.number(),
  files: z.number(),
  /** From its start to the end of its package; deliveries come after that. */
  elapsedMs: measured,
  /** Of what it read itself, without the time for which it was paused. */
  ...rates,
});
export type RunVolume = z.infer<typeof runVolume>;

/** The report of a run in figures. */
export const runFigures = runVolume.extend({
  /** Those that took longest, the longest first; of a table kept from an earlier run nothing is said. */
  slowest: z.array(
    z.object({ name: z.string(), rows: z.number(), bytes: z.number(), elapsedMs: z.number(), ...rates }),
  ),
  /** Where the time went, summed over its tables. */
  time: z.object({
    openingMs: measured,
    waitingMs: measured,
    writingMs: measured,
    checkingMs: measured,
    sealingMs: measured,
    /** Null: it never was. */
    pausedMs: measured,
    /** It waited for the window of its plan; null: it had not to. */
    queuedMs: measured,
  }),
});
export type RunFigures = z.infer<typeof runFigures>;

/** What of a run was whole when its process ended. */
export const wholeSoFar = z.object({
  tables: z.number(),
  /** Of tables that were not. */
  parts: z.number(),
  rows: z.number(),
  bytes: z.number(),
});
