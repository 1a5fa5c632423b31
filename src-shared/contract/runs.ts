import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { deliveryState, deliveryStateName } from './delivery-state.ts';
import { localPath, tablePair, verifyResult, wireError } from './parts.ts';
import { runFigures, runVolume, wholeSoFar } from './run-figures.ts';
import { loadSummary, runLoad } from './run-load.ts';

export const runState = z.enum([
  'queued',
  'running',
  'paused',
  'interrupted',
  'succeeded',
  'partial',
  'failed',
  'cancelled',
  'indeterminate',
]);
export type RunStateName = z.infer<typeof runState>;

export const tableVerdict = z.enum(['complete', 'incomplete', 'unproven']);

/** Of rows and bytes: what an earlier run has read. */
const kept = { keptRows: z.number(), keptBytes: z.number() };

export const runTable = z.object({
  name: z.string(),
  table: tablePair.nullable(),
  state: z.enum(['waiting', 'reading', 'paused', 'checking', 'finished']),
  estimatedRows: z.number().nullable(),
  rows: z.number(),
  bytes: z.number(),
  ...kept,
  files: z.number(),
  /** Mean of the last seconds; 0 when not reading. */
  rowsPerSecond: z.number(),
  /** An estimate. */
  etaMs: z.number().nullable(),
  sourceRows: z.number().nullable(),
  writtenRows: z.number().nullable(),
  rereadRows: z.number().nullable(),
  verdict: tableVerdict.nullable(),
  why: z.string().nullable(),
  error: wireError.nullable(),
  /** How long this run was at it; null: it is not finished, or was kept from an earlier run. */
  elapsedMs: z.number().nullable(),
  /** The run ended before it came to this table. */
  notReached: z.boolean(),
});
export type RunTable = z.infer<typeof runTable>;

const counts = { rows: z.number(), bytes: z.number() };
const threeCounts = {
  sourceRows: z.number().nullable(),
  writtenRows: z.number().nullable(),
  rereadRows: z.number().nullable(),
};

/** Something that happened in a run, as facts; the words are the screen's. No value of a row is ever in one. */
export const runHappening = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started'), ledgerSeq: z.number() }),
  z.object({ kind: z.literal('snapshot'), id: z.string() }),
  z.object({ kind: z.literal('reading'), table: z.string(), estimatedRows: z.number().nullable() }),
  z.object({ kind: z.literal('retry'), table: z.string(), attempt: z.number(), error: wireError }),
  z.object({ kind: z.literal('checking'), table: z.string(), ...counts }),
  z.object({
    kind: z.literal('verdict'),
    table: z.string(),
    verdict: tableVerdict,
    why: z.string().nullable(),
    ...threeCounts,
  }),
  z.object({ kind: z.literal('failed'), table: z.string().nullable(), error: wireError }),
  z.object({ kind: z.literal('cancelling') }),
  z.object({ kind: z.literal('queued'), until: z.string(), window: z.string() }),
  z.object({ kind: z.literal('begins'), queuedMs: z.number() }),
  z.object({ kind: z.literal('paused'), until: z.string(), afterStatement: z.boolean() }),
  z.object({ kind: z.literal('continued'), reason: z.enum(['asked', 'limit', 'over']), pausedMs: z.number() }),
  z.object({ kind: z.literal('blocked'), by: z.array(z.string()) }),
  z.object({ kind: z.literal('unblocked'), ms: z.number() }),
  z.object({ kind: z.literal('delivering'), target: z.string(), path: z.string() }),
  z.object({ kind: z.literal('delivered'), target: z.string(), state: deliveryStateName, uri: z.string().nullable() }),
  z.object({ kind: z.literal('ended'), state: runState, ledgerSeq: z.number().nullable() }),
]);
export type RunHappening = z.infer<typeof runHappening>;

export const runEvent = z.object({
  /** Rises by one within a run. */
  no: z.number(),
  time: z.string(),
  what: runHappening,
});
export type RunEventLine = z.infer<typeof runEvent>;

/** A pause that lasts. */
export const runPause = z.object({
  since: z.string(),
  /** When the run goes on by itself. */
  until: z.string(),
  /** The plan limits how long statements take: what is being read is read to its end first. */
  afterStatement: z.boolean(),
});
export type RunPause = z.infer<typeof runPause>;

export const runSummary = z.object({
  run: z.string(),
  plan: z.string(),
  /** The file of its plan; null: nobody knows it. */
  planPath: localPath.nullable(),
  connection: z.string(),
  state: runState,
  started: z.string(),
  ended: z.string().nullable(),
  tables: z.number(),
  complete: z.number(),
  unproven: z.number(),
  /** Of all tables, 0…1, by estimated rows; by finished tables where a table has no estimate; null when nothing is known. */
  progress: z.number().nullable(),
  /** This process executes it: it can be cancelled here. */
  here: z.boolean(),
  /** It was told to stop and has not yet. */
  cancelling: z.boolean(),
  /** null: it is not paused. */
  paused: runPause.nullable(),
  /** When the window of its plan begins, for which it waits without a connection; null: it does not wait. */
  queuedUntil: z.string().nullable(),
});
export type RunSummary = z.infer<typeof runSummary>;

/** The moving facts of a run. */
export const runTotals = z.object({
  rows: z.number(),
  /** Sum of estimates; `exact` once the last table is counted. */
  expectedRows: z.number().nullable(),
  exact: z.boolean(),
  bytes: z.number(),
  ...kept,
  rowsPerSecond: z.number(),
  bytesPerSecond: z.number(),
  etaMs: z.number().nullable(),
  elapsedMs: z.number(),
  /** Of that: it was paused, or waited for the window of its plan. */
  stillMs: z.number(),
});

export type RunTotals = z.infer<typeof runTotals>;

/** Rows per second, one value per second of the run. `from`: the second of the first value. */
const throughput = z.object({ from: z.number(), values: z.array(z.number()) });

export const runDetail = runSummary.extend({
  package: localPath.nullable(),
  /** Folder that the package appears in. */
  folder: localPath,
  /** What lies in the package now; null: there is none, or it is not there any more. */
  packageFiles: z.array(z.object({ name: z.string(), bytes: z.number(), files: z.number().nullable() })).nullable(),
  /** This home's public key, to be compared with the one that the receiver was given another way. */
  vkey: z.string().nullable(),
  /** The entry of its package or its end; of its start while it runs. */
  ledgerSeq: z.number().nullable(),
  snapshot: z.string().nullable(),
  error: wireError.nullable(),
  /** Once it has ended; null: its record does not tell. */
  figures: runFigures.nullable(),
  /** Of a run whose process ended before it could report; null: it did report, runs, or had nothing whole. */
  wholeSoFar: wholeSoFar.nullable(),
  /** Once it has ended; null: its record does not tell. */
  loadSummary: loadSummary.nullable(),
  /** While this process executes it; null: nobody has looked yet, or it is over. */
  load: runLoad.nullable(),
  /** What was accepted at its start: findings of severity warning, and a catalog. */
  warnings: z.array(z.string()),
  /** Tables of the whole plan, where the run was asked for fewer; null: it was asked for all, or that is not known. */
  planTables: z.number().nullable(),
  /** Columns that went through a mask; null: not known. */
  masked: z.number().nullable(),
  production: z.boolean(),
  /** At most so many minutes, and what the open snapshot costs others meanwhile, in sentences; null: it cannot be paused here. */
  pausable: z.object({ minutes: z.number(), meanwhile: z.string() }).nullable(),
  totals: runTotals,
  tableList: z.array(runTable),
  deliveries: z.array(deliveryState),
  /** At most the last 600 seconds. */
  throughput,
  events: z.array(runEvent),
});
export type RunDetail = z.infer<typeof runDetail>;

/**
 * What has changed since the message before: tables by name, and the events and throughput values that are new. The first
 * message of a watch holds everything.
 */
export const runUpdate = z.object({
  summary: runSummary,
  totals: runTotals,
  tables: z.array(runTable),
  events: z.array(runEvent),
  throughput,
  deliveries: z.array(deliveryState),
  load: runLoad.nullable(),
  /** The run has ended: read it anew for its final form. */
  ended: z.boolean(),
});
export type RunUpdate = z.infer<typeof runUpdate>;

const one = z.object({ run: z.string() });

/** A run among others of its plan. */
export const pastRun = runSummary.extend({
  /** Null: it has not ended, or its record does not tell. */
  volume: runVolume.nullable(),
  /** The run that it goes on with. */
  resumes: z.string().nullable(),
});
export type PastRun = z.infer<typeof pastRun>;

export const runs = {
  list: oc.output(z.array(runSummary)),
  /** All runs of the plan of this name, newest first. */
  history: oc.input(z.object({ plan: z.string() })).output(z.array(pastRun)),
  show: oc.input(one).output(runDetail),
  /** Changes of a live run, at most ten messages a second, merged; ends with the run. */
  watch: oc.input(one).output(eventIterator(runUpdate)),
  /** Begins a run of a plan file as it stands; answers when `export.started` is durable. Aborted before that, nothing runs. */
  start: oc
    .input(
      z.object({
        path: localPath,
        /** Digest of the text that was reviewed: another one on disk is `PLAN/CHANGED_OUTSIDE`. */
        base: z.string(),
        folder: localPath,
        confirm: z.string().optional(),
        acceptCatalog: z.boolean(),
        /** `seen` of the review that was accepted: another catalog or another warning now is `PLAN/STALE`. */
        seen: z.string(),
      }),
    )
    .output(one),
  /** Answers at once; the run ends within a second. */
  cancel: oc.input(one),
  /**
   * Answers at once: nothing more is read, and the snapshot stays open, until `goOn` or the limit of the plan. A run that has
   * nothing left to read, or that may not be paused, goes on.
   */
  pause: oc.input(one),
  goOn: oc.input(one),
  /**
   * The plan of a run as it was run, its failed tables only or all, as a new run into the same folder. `PLAN/STALE` where
   * the same plan would read something else today, or is warned of something that was not accepted for that run.
   */
  repeat: oc.input(one.extend({ failedOnly: z.boolean(), confirm: z.string().optional() })).output(one),
  /** What of a run that did not end well could be kept, and what would be read, by name; `RUN/NOT_RESUMABLE`: neither. */
  resumable: oc.input(one).output(
    z.object({
      kept: z.array(z.string()),
      /** Of tables of `rest`: so many of their parts are kept. `of` null: the table was not cut to its end. */
      parts: z.array(z.object({ table: z.string(), parts: z.number(), of: z.number().nullable() })),
      rest: z.array(z.string()),
    }),
  ),
  /** Goes on with it as a new run. `keep`: its finished tables, from the snapshot of then; otherwise all is read anew. */
  resume: oc.input(one.extend({ keep: z.boolean(), confirm: z.string().optional() })).output(one),
  verify: oc.input(one).output(verifyResult),
  report: oc.input(one).output(z.object({ plan: z.string(), sql: z.array(z.string()) })),
};
