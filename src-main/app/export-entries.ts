import { createHash } from 'node:crypto';
import type { CompiledPlan } from '../../src-shared/model/compiled-plan.ts';
import type { WireError } from '../../src-shared/errors/wire.ts';
import type { SealedPackage } from '../engine/package/seal-package.ts';
import type { Reading } from '../../src-shared/model/reading.ts';
import type { ExportContext, ExportOutcome } from './export-context.ts';
import { partsInAll, type KeptParts } from './kept-parts.ts';
import type { RunState } from './run-records.ts';
import type { RunTimes } from './run-times.ts';

/** Data of `export.started`: who reads what from where, why, and by which plan. No SQL, no literal, no value. */
export function startedEntry({ request, facts, live, run }: ExportContext): Record<string, unknown> {
  const { compiled } = request;
  return {
    outcome: 'success',
    correlation: run,
    purpose: compiled.purpose,
    plan: { name: compiled.name, digest: request.planDigest },
    source: {
      engine: facts.product,
      version: facts.version,
      connection: request.connection.name,
      production: request.connection.record.production,
      database: facts.database,
      dbUser: facts.user,
      tls: facts.tls === null ? null : { version: facts.tls.version, verified: facts.tls.verified },
      readOnly: facts.readOnly,
      ...capped(
        'objects',
        compiled.tables.map((table) => table.name),
      ),
      filterDigest: digestOf(compiled.tables.map((table) => [table.read.where, table.read.source, table.read.params])),
    },
    ...capped(
      'transforms',
      compiled.tables.flatMap((table) =>
        table.masks.flatMap((mask, index) =>
          mask === null
            ? []
            : [
                {
                  column: `${table.name}.${table.read.columns[index]?.name ?? ''}`,
                  method: mask.id,
                  ...(mask.class === undefined ? {} : { class: mask.class }),
                  ...(mask.id === 'pseudonym' && request.bound.key !== null
                    ? { domain: compiled.pseudonyms?.domain ?? null, keyId: request.bound.key.fingerprint }
                    : {}),
                },
              ],
        ),
      ),
    ),
    ...(compiled.deliver.length === 0 ? {} : { deliver: compiled.deliver }),
    consents: request.consents,
    ...windowOf(request.compiled),
    files: { ...live.digests },
  };
}

/** Data of `export.resumed`: which run is gone on with, and which of its tables are kept, from which snapshot each. */
export function resumedEntry({ request, run }: ExportContext): Record<string, unknown> {
  const { kept, parts } = request.resumes ?? { kept: [], parts: [] };
  return {
    outcome: 'success',
    correlation: run,
    resumes: request.resumes?.run ?? null,
    plan: { name: request.compiled.name, digest: request.planDigest },
    ...capped(
      'kept',
      kept.map(({ result: { name, readBy } }) => ({ name, run: readBy?.run, snapshot: readBy?.snapshot })),
    ),
    ...(parts.length === 0
      ? {}
      : capped(
          'keptParts',
          parts.map((table) => ({
            ...{ name: table.table, parts: table.parts.length, of: partsInAll(table) },
            readBy: readersOf(table.parts),
          })),
        )),
  };
}

interface Completed {
  readonly outcome: ExportOutcome;
  readonly sealed: SealedPackage | null;
  readonly state: RunState;
  readonly reading: Reading;
  /** null: the report could not be kept. */
  readonly reportDigest: string | null;
  readonly error: WireError | undefined;
}

/** Data of `export.completed`, `.failed` and `.cancelled`. */
export function completedEntry(context: ExportContext, done: Completed): Record<string, unknown> {
  const written = done.outcome.tables.flatMap((table) => table.resources);
  return {
    outcome: done.state === 'succeeded' ? 'success' : 'failure',
    correlation: context.run,
    state: done.state,
    purpose: context.request.compiled.purpose,
    plan: { name: context.request.compiled.name, digest: context.request.planDigest },
    snapshot: done.outcome.snapshot,
    ...done.reading,
    destination: {
      kind: 'folder',
      name: done.sealed === null ? null : done.sealed.folder.split(/[\\/]/).at(-1),
      // Who may read the package beside its owner.
      ...(context.request.compiled.mode === null ? {} : { mode: context.request.compiled.mode }),
    },
    volume: {
      rows: written.reduce((sum, file) => sum + file.rows, 0),
      bytes: written.reduce((sum, file) => sum + file.bytes, 0),
      files: written.length,
    },
    ...capped(
      'tables',
      done.outcome.tables.map((table) => ({
        name: table.name,
        source: table.sourceRows,
        written: table.writtenRows,
        reread: table.rereadRows,
        verdict: table.verdict,
        ...(table.error === undefined ? {} : { error: table.error.code }),
      })),
    ),
    ...(done.error === undefined ? {} : { error: done.error.code }),
    manifest:
      done.sealed === null ? null : { path: 'delivery.dsse.json', sha256: done.sealed.manifest, leaf: done.sealed.seq },
    files: done.reportDigest === null ? {} : { 'report.json': done.reportDigest },
  };
}

/** What is to be said of the reading of a run. */
export function readingOf({ compiled, pause: { total } }: ExportContext['request'], times: RunTimes): Reading {
  const { queuedMs } = times.stages;
  return {
    ...windowOf(compiled),
    ...(queuedMs === null ? {} : { queued: { ms: queuedMs } }),
    ...(total.times === 0 ? {} : { paused: { times: total.times, ms: Math.round(total.ms) } }),
    ...(times.retries === 0 ? {} : { retries: times.retries }),
  };
}

function windowOf({ limits: { window } }: CompiledPlan): Pick<Reading, 'window'> {
  return window === undefined ? {} : { window };
}

/** By which runs, in which snapshots, parts were read, and how many by each. */
function readersOf(parts: KeptParts['parts']): readonly unknown[] {
  const by = Map.groupBy(parts, ({ file: { readBy } }) => JSON.stringify(readBy ?? null));
  return [...by.values()].map((own) => ({ ...own[0]?.file.readBy, parts: own.length }));
}

/** Most items of a list that an entry shows; an entry may have 65,535 bytes. The rest is vouched for by its digest. */
const SHOWN = 80;

function capped(name: string, list: readonly unknown[]): Record<string, unknown> {
  if (list.length <= SHOWN) return { [name]: list };
  return { [name]: list.slice(0, SHOWN), [`${name}Total`]: list.length, [`${name}Digest`]: digestOf(list) };
}

function digestOf(value: unknown): string {
  return `sha256:${createHash('sha256').update(JSON.stringify(value)).digest('hex')}`;
}
