import { basename, dirname, join } from 'node:path';
import { isAppError } from '../../src-shared/errors/app-error.ts';
import { absolute } from '../engine/run/file-path.ts';
import type { TableResult, WrittenFile } from '../engine/run/table-job.ts';
import type { Core } from './core.ts';
import { readCheckpoints } from './run-checkpoints.ts';
import type { RunFacts } from './run-records.ts';

type Disk = Pick<Core, 'store' | 'digester'>;

/** A table of an earlier run whose files are there and are, byte for byte, what was written then. */
export interface KeptTable {
  readonly result: TableResult;
  /** Absolute folder that its files are in now. */
  readonly folder: string;
  /** They lie in a sealed package, which stays as it is; else in the hidden folder of a run that is over. */
  readonly isSealed: boolean;
}

/**
 * What can be kept of runs that go on with each other, the latest first, by table: each file is hashed anew. Nothing is changed.
 */
export async function findKeptTables(
  core: Core,
  runs: readonly RunFacts[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, KeptTable>> {
  const kept = new Map<string, KeptTable>();
  for (const facts of runs) {
    for (const [name, { result, folder }] of (await readCheckpoints(core, facts.run)).whole) {
      if (kept.has(name)) continue;
      for (const place of placesOf(facts, folder)) {
        if (!(await areIntact(core, { folder: place.folder, files: result.resources }, signal))) continue;
        kept.set(name, { result, ...place });
        break;
      }
    }
  }
  return kept;
}

/** Where the files of a table may lie that was written in `folder`. */
function placesOf(facts: RunFacts, folder: string): readonly Omit<KeptTable, 'result'>[] {
  // A package that was sealed has another name than the folder it was written in.
  if (facts.package !== null && facts.folder === facts.package) return [{ folder: facts.package, isSealed: true }];
  const [, base] = /^\.(.+)\.partial$/.exec(basename(folder)) ?? [];
  // Its process may have died when the package had that name already, and before anybody was told.
  const sealed = base === undefined || folder !== facts.folder ? [] : [base, `${base}.incomplete`];
  return [
    { folder, isSealed: false },
    ...sealed.map((name) => ({ folder: join(dirname(folder), name), isSealed: true })),
  ];
}

/** Whether each file is there and has the bytes that were written. */
export async function areIntact(
  core: Disk,
  { folder, files }: { readonly folder: string; readonly files: readonly WrittenFile[] },
  signal: AbortSignal,
): Promise<boolean> {
  for (const file of files) {
    const path = absolute(folder, file.path);
    try {
      const there = await core.store.read.stat(path);
      if (there?.kind !== 'file' || there.size !== file.bytes) return false;
      if ((await core.digester.digest(path, signal)).sha256 !== file.sha256) return false;
    } catch (error) {
      // What cannot be read is read from the database again.
      if (isAppError(error, 'SPOOL/READ_FAILED')) return false;
      throw error;
    }
  }
  return true;
}

/** Brings the files of a table into the folder of the run that keeps it. False: they did not arrive as they were, and none is there. */
export async function adoptTable(
  core: Disk,
  { result, folder, isSealed }: KeptTable,
  { into, signal }: { readonly into: string; readonly signal: AbortSignal },
): Promise<boolean> {
  const places = result.resources.map(({ path }) => ({ from: absolute(folder, path), to: absolute(into, path) }));
  // Folders elsewhere may be on another volume, where nothing can be moved to.
  const isCopied = isSealed || dirname(folder) !== dirname(into);
  for (const { from, to } of places) {
    if (isCopied) await copyFile(core, from, to);
    else await core.store.renameNew(from, to);
  }
  if (!isCopied || (await areIntact(core, { folder: into, files: result.resources }, signal))) return true;
  // The table is read into files of these names.
  for (const { to } of places) await core.store.remove(to);
  return false;
}

/** Durably, to a name that must not exist. */
export async function copyFile({ store }: Disk, from: string, to: string): Promise<void> {
  await using copy = await store.create(to);
  for await (const block of store.read.blocks(from)) await copy.write(block);
  await copy.sync();
}
