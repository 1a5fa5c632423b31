import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { localPath, tablePair, verifyResult, wireError } from './parts.ts';

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

export const runTable = z.object({
  name: z.string(),
  table: tablePair.nullable(),
  state: z.enum(['waiting', 'reading', 'checking', 'finished']),
  estimatedRows: z.number().nullable(),
  rows: z.number(),
  bytes: z.number(),
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
});
export type RunTable = z.infer<typeof runTable>;

export const runEvent = z.object({
  /** Rises by one within a run. */
  no: z.number(),
  time: z.string(),
  tone: z.enum(['plain', 'ok', 'warn', 'bad']),
  table: z.string().nullable(),
  text: z.string(),
});
export type RunEventLine = z.infer<typeof runEvent>;

export const deliveryState = z.object({
  target: z.string(),
  path: z.string(),
  state: z.enum(['pending', 'sending', 'sent', 'confirmed', 'failed', 'indeterminate', 'skipped']),
  doneBytes: z.number().nullable(),
  totalBytes: z.number().nullable(),
  uri: z.string().nullable(),
  error: wireError.nullable(),
});
export type DeliveryStateFacts = z.infer<typeof deliveryState>;

export const runSummary = z.object({
  run: z.string(),
  plan: z.string(),
  planPath: localPath.nullable(),
  connection: z.string(),
  state: runState,
  started: z.string(),
  ended: z.string().nullable(),
  tables: z.number(),
  complete: z.number(),
  unproven: z.number(),
  /** Of all tables, 0…1, by estimated rows; null when nothing is known. */
  progress: z.number().nullable(),
  /** This process executes it: it can be cancelled here. */
  here: z.boolean(),
});
export type RunSummary = z.infer<typeof runSummary>;

/** The moving facts of a run. */
export const runTotals = z.object({
  rows: z.number(),
  /** Sum of estimates; `exact` once the last table is counted. */
  expectedRows: z.number().nullable(),
  exact: z.boolean(),
  bytes: z.number(),
  rowsPerSecond: z.number(),
  bytesPerSecond: z.number(),
  etaMs: z.number().nullable(),
  elapsedMs: z.number(),
});

export const runDetail = runSummary.extend({
  package: localPath.nullable(),
  folder: localPath,
  ledgerSeq: z.number().nullable(),
  snapshot: z.string().nullable(),
  error: wireError.nullable(),
  warnings: z.array(z.string()),
  totals: runTotals,
  tableList: z.array(runTable),
  deliveries: z.array(deliveryState),
  /** Rows per second, one value per second of the run, at most the last 600. */
  throughput: z.array(z.number()),
  events: z.array(runEvent),
});
export type RunDetail = z.infer<typeof runDetail>;

/** What has changed since the message before: tables by name, the events that are new, throughput values that are new. */
export const runUpdate = z.object({
  summary: runSummary,
  totals: runTotals,
  tables: z.array(runTable),
  events: z.array(runEvent),
  throughput: z.array(z.number()),
  deliveries: z.array(deliveryState),
  /** The run has ended: read it anew for its final form. */
  ended: z.boolean(),
});
export type RunUpdate = z.infer<typeof runUpdate>;

const one = z.object({ run: z.string() });

export const runs = {
  list: oc.output(z.array(runSummary)),
  show: oc.input(one).output(runDetail),
  /** Changes of a live run, at most ten messages a second, merged; ends with the run. */
  watch: oc.input(one).output(eventIterator(runUpdate)),
  /** Begins a run of a plan file as it stands; answers when `export.started` is durable. */
  start: oc
    .input(
      z.object({
        path: localPath,
        /** Digest of the text that was reviewed: another one on disk is `PLAN/CHANGED_OUTSIDE`. */
        base: z.string(),
        folder: localPath,
        confirm: z.string().optional(),
        acceptCatalog: z.boolean(),
        only: z.array(z.string()).optional(),
      }),
    )
    .output(one),
  /** Answers at once; the run ends within a second. */
  cancel: oc.input(one),
  /** The plan of a run as it was run, its failed tables only or all, as a new run into the same folder. */
  repeat: oc.input(one.extend({ failedOnly: z.boolean(), confirm: z.string().optional() })).output(one),
  verify: oc.input(one).output(verifyResult),
  report: oc.input(one).output(z.object({ plan: z.string(), sql: z.array(z.string()) })),
};

export const targetFacts = z.object({
  name: z.string(),
  type: z.string(),
  options: z.record(z.string(), z.unknown()),
  secrets: z.array(z.enum(['password', 'passphrase'])),
  place: z.string(),
  hostKey: z.string().nullable(),
});
export type TargetFacts = z.infer<typeof targetFacts>;

const givenTarget = z.object({
  name: z.string(),
  type: z.string(),
  options: z.record(z.string(), z.unknown()),
  password: z.string().nullable(),
  passphrase: z.string().nullable(),
});

export const targets = {
  list: oc.output(z.array(targetFacts)),
  /** Without a pinned host key: `TARGET/HOST_KEY_UNKNOWN` with `hostKey` in its context; compared, it goes into the options. */
  add: oc.input(givenTarget).output(targetFacts),
  remove: oc.input(z.object({ name: z.string() })).output(z.object({ secretsRemoved: z.number() })),
  test: oc
    .input(z.object({ name: z.string() }))
    .output(z.object({ uri: z.string(), hostKey: z.string().nullable(), testedAt: z.string() })),
};

export const deliveries = {
  /** Starts sending a package; `watch` tells how far it is. */
  send: oc
    .input(z.object({ package: localPath, target: z.string(), path: z.string(), incomplete: z.boolean() }))
    .output(z.object({ id: z.string() })),
  watch: oc.input(z.object({ id: z.string() })).output(eventIterator(deliveryState)),
  cancel: oc.input(z.object({ id: z.string() })),
};
