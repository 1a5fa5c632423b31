import { z } from 'zod';

const waits = z.object({ kind: z.enum(['client', 'disk', 'lock', 'other']), name: z.string() });
const unasked = z.object({
  reason: z.enum(['server', 'connection', 'right']),
  why: z.string(),
  remedy: z.string().nullable(),
});
const count = z.number();

/** How the run's own sessions did on their server, over all looks so far: `LoadSummary`. */
export const loadSummary = z.object({
  looks: count,
  seen: count,
  waits: z.array(waits.extend({ seen: count })),
  here: z.object({ seen: count, waited: count }),
  longestStatementMs: count.nullable(),
  longestLock: z.object({ ms: count, blockedBy: z.array(z.string()) }).nullable(),
  failed: z.array(z.object({ why: z.string(), times: count })),
  unasked: unasked.nullable(),
});

/** How they do now. */
export const runLoad = z.object({
  /** null: the server was not asked. */
  sessions: z
    .array(
      z.object({
        number: z.string(),
        statementMs: count.nullable(),
        wait: waits.extend({ forMs: count.nullable() }).nullable(),
        blockedBy: z.array(z.string()),
      }),
    )
    .nullable(),
  /** Of the statements that run now, the longest, as measured at this end; null: none runs. */
  statementMs: count.nullable(),
  blocked: z.object({ by: z.array(z.string()), forMs: count }).nullable(),
  soFar: loadSummary,
});
export type RunLoad = z.infer<typeof runLoad>;
