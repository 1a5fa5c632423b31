import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { appError } from '../../src-shared/errors/app-error.ts';
import type { WireError } from '../../src-shared/errors/wire.ts';
import { fromUtf8, utf8 } from '../../src-shared/util/utf8.ts';
import type { Held } from '../ports/lock.ts';
import type { Core } from './core.ts';
import { inBatches } from './in-batches.ts';
import { logFailure } from './log-failure.ts';

const MAX_STATE_BYTES = 16 * 1024 * 1024;
const RUN_ID = /^[0-9A-Z]{26}$/;

export const RUN_STATES = [
  'queued',
  'running',
  'paused',
  'interrupted',
  'succeeded',
  'partial',
  'failed',
  'cancelled',
] as const;
export type RunState = (typeof RUN_STATES)[number];

const runDelivery = z.object({
  target: z.string(),
  /** Folder below the target's root; empty: the root. */
  path: z.string(),
  /** `confirmed`: it was there already. `pending`: its process ended first. `skipped`: the package is not whole. */
  state: z.enum(['pending', 'sent', 'confirmed', 'failed', 'indeterminate', 'skipped']),
  /** Where the package lies now. */
  uri: z.string().optional(),
  /** What arrived, and how long that took, reading back included; absent: it did not, or nobody measured. */
  volume: z.object({ files: z.number(), bytes: z.number(), elapsedMs: z.number() }).optional(),
  error: z.custom<WireError>((value) => typeof value === 'object' && value !== null).optional(),
});
/** What became of one delivery of a run. */
export type RunDelivery = z.infer<typeof runDelivery>;

const runFacts = z.object({
  run: z.string(),
  state: z.enum(RUN_STATES),
  plan: z.string(),
  /** Absolute path of the plan's file; absent: nobody wrote it down. */
  planPath: z.string().optional(),
  connection: z.string(),
  started: z.string(),
  ended: z.string().optional(),
  /** Where the package is being written; once it is sealed, where it lies. */
  folder: z.string(),
  package: z.string().nullable(),
  /** What a person let pass by starting it: the catalog as it was, and each of these warnings. */
  accepted: z.object({ catalog: z.boolean(), warnings: z.array(z.string()) }).optional(),
  /** How it was asked for, and what it was about then: what a later run that goes on with it must find unchanged. */
  request: z
    .object({
      params: z.record(z.string(), z.string()),
      only: z.array(z.string()),
      /** Absolute folder that the package was to appear in. */
      out: z.string(),
      planDigest: z.string(),
      /** Fingerprint of the pseudonym key; null: none was needed. */
      key: z.string().nullable(),
      database: z.string(),
    })
    .optional(),
  /** The run that this one goes on with. */
  resumes: z.string().optional(),
  /** The entry of its end, or of its package, and the size of the ledger then. */
  ledger: z.object({ seq: z.number(), size: z.number() }).optional(),
  /** While it is paused; `state` in the file is `running` all the same, which is what readers of before know. */
  paused: z.object({ since: z.string(), until: z.string(), afterStatement: z.boolean() }).optional(),
  /** While it waits for the window of its plan, in the same way. */
  queued: z.object({ until: z.string() }).optional(),
  report: z.unknown().optional(),
  deliveries: z.array(runDelivery).optional(),
});
/** What a home remembers of a run. */
export type RunFacts = z.infer<typeof runFacts>;

/** A run that is alive: its lease is held by this process and released by the kernel when it dies. */
export interface LiveRun extends Disposable {
  readonly facts: RunFacts;
  /** Digests of the files kept with the run, for its ledger entries. */
  readonly digests: Readonly<Record<string, string>>;
  /** Keeps one more file with the run and returns its digest. */
  keep(name: string, bytes: Uint8Array): Promise<string>;
  update(change: Partial<RunFacts>): Promise<void>;
}

/** Creates the record of a new run and takes its lease. */
export async function beginRun(core: Core, facts: RunFacts, files: Readonly<Record<string, string>>): Promise<LiveRun> {
  const folder = core.home.runFolder(facts.run);
  await core.store.makeFolder(folder);
  const lease = await core.locks.acquire(core.home.runLease(facts.run), 0);
  if (lease === null)
    throw appError('SPOOL/EXISTS', { message: `The run ${facts.run} exists already.`, remedy: 'Start it again.' });
  const digests: Record<string, string> = {};
  const keep = async (name: string, bytes: Uint8Array): Promise<string> => {
    await core.store.replace(join(folder, name), bytes);
    return (digests[name] = `sha256:${createHash('sha256').update(bytes).digest('hex')}`);
  };
  const live = { facts };
  try {
    for (const [name, text] of Object.entries(files)) await keep(name, utf8(text));
    await writeFacts(core, facts);
  } catch (error) {
    lease[Symbol.dispose]();
    await removeUnborn(core, facts.run, Object.keys(files));
    throw error;
  }
  return {
    get facts() {
      return live.facts;
    },
    digests,
    keep,
    async update(change) {
      live.facts = { ...live.facts, ...change };
      await writeFacts(core, live.facts);
    },
    [Symbol.dispose]: () => lease[Symbol.dispose](),
  };
}

/** A run that could not be written down never was: nothing of it stays that somebody would have to explain. */
async function removeUnborn(core: Core, run: string, files: readonly string[]): Promise<void> {
  const folder = core.home.runFolder(run);
  try {
    // The record first: without it the rest is no run.
    for (const name of ['state.json', ...files]) await core.store.remove(join(folder, name));
    await core.store.remove(core.home.runLease(run));
    await core.store.remove(folder);
  } catch (error) {
    logFailure(core, 'run', error);
  }
}

function writeFacts(core: Core, facts: RunFacts): Promise<void> {
  return core.store.replace(
    join(core.home.runFolder(facts.run), 'state.json'),
    utf8(`${JSON.stringify(facts, null, 2)}\n`),
  );
}

/**
 * All runs of the home, newest first. A run whose process died is shown as `interrupted`. A folder without a record is no
 * run: its process died, or found the disk full, before the ledger heard of it and before anything was read.
 */
export async function listRuns(core: Core): Promise<readonly RunFacts[]> {
  return await findRuns(core, () => true);
}

/** Newest first. Only what `mayBe` lets pass is looked at more closely; it is given a record as it stands in its file. */
async function findRuns(core: Core, mayBe: (bytes: Uint8Array) => boolean): Promise<readonly RunFacts[]> {
  const entries = (await core.store.read.list(core.home.runsFolder)) ?? [];
  const names = entries.flatMap(({ kind, name }) => (kind === 'folder' && RUN_ID.test(name) ? [name] : []));
  // A ULID sorts by time.
  names.sort((a, b) => (a < b ? 1 : -1));
  return await inBatches(names, async (run) => {
    const bytes = await readFacts(core, run);
    return bytes === null || !mayBe(bytes) ? null : await factsOf(core, run, bytes);
  });
}

const STARTING_MS = 10_000;

/**
 * Folders of runs that were never written down, and that nobody is writing down now: their process died before the ledger
 * heard of them and before anything was read.
 */
export async function unrecordedRuns(core: Core): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { name, kind, modifiedMs } of (await core.store.read.list(core.home.runsFolder)) ?? []) {
    if (kind !== 'folder' || !RUN_ID.test(name)) continue;
    const folder = core.home.runFolder(name);
    if ((await core.store.read.stat(join(folder, 'state.json'))) !== null) continue;
    if (core.clock.now().getTime() - modifiedMs < STARTING_MS) continue;
    using lease = (await core.store.read.stat(core.home.runLease(name))) === null ? null : await takeLease(core, name);
    const isAlive = lease === null && (await core.store.read.stat(core.home.runLease(name))) !== null;
    if (!isAlive) found.push(folder);
  }
  return found;
}

/** One run, or `RUN/ABSENT`. */
export async function readRun(core: Core, run: string): Promise<RunFacts> {
  const facts = await findRun(core, run);
  if (facts !== null) return facts;
  throw appError('RUN/ABSENT', { message: `There is no run ${run} in this home.`, remedy: 'See: waybill runs.' });
}

async function findRun(core: Core, run: string): Promise<RunFacts | null> {
  const bytes = RUN_ID.test(run) ? await readFacts(core, run) : null;
  return bytes === null ? null : await factsOf(core, run, bytes);
}

function readFacts(core: Core, run: string): Promise<Uint8Array | null> {
  return core.store.read.file(join(core.home.runFolder(run), 'state.json'), MAX_STATE_BYTES);
}

async function factsOf(core: Core, run: string, bytes: Uint8Array): Promise<RunFacts> {
  const facts = parseFacts(bytes, run);
  if (facts.state !== 'running') return facts;
  using lease = await takeLease(core, run);
  if (lease !== null) return { ...facts, state: 'interrupted', paused: undefined, queued: undefined };
  if (facts.queued !== undefined) return { ...facts, state: 'queued' };
  return facts.paused === undefined ? facts : { ...facts, state: 'paused' };
}

/** Its process died, and neither its record nor the ledger says so yet. */
function isUnsettled({ state, ended }: RunFacts): boolean {
  return state === 'interrupted' && ended === undefined;
}

/** Of a run that is under way, or whose process died. */
const RUNNING = Buffer.from('"running"');

/** The runs whose process died since the home was last opened. */
export async function unsettledRuns(core: Core): Promise<readonly RunFacts[]> {
  const runs = await findRuns(core, (bytes) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(RUNNING),
  );
  return runs.filter(isUnsettled);
}

function parseFacts(bytes: Uint8Array, run: string): RunFacts {
  try {
    return runFacts.parse(JSON.parse(fromUtf8(bytes) ?? ''));
  } catch (cause) {
    throw appError('HOME/UNREADABLE', {
      message: `The record of run ${run} cannot be read.`,
      remedy: 'It is left as it is; restore runs/ of this home from a backup, or move the folder away.',
      cause,
    });
  }
}

function takeLease(core: Core, run: string): Promise<Held | null> {
  return core.locks.acquire(core.home.runLease(run), 0);
}

/** Ends the records of runs whose process died as `settle` says, which also tells the ledger. */
export async function settleInterrupted(
  core: Core,
  settle: (facts: RunFacts) => Promise<Partial<RunFacts>>,
): Promise<void> {
  for (const facts of await unsettledRuns(core)) {
    using lease = await takeLease(core, facts.run);
    if (lease === null) continue;
    const stored = await readFacts(core, facts.run);
    if (stored === null || parseFacts(stored, facts.run).state !== 'running') continue;
    await writeFacts(core, { ...facts, ...(await settle(facts)) });
  }
}
