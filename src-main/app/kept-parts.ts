import { dirname } from 'node:path';
import type { KeyRange } from '../../src-shared/model/table-read.ts';
import { absolute } from '../engine/run/file-path.ts';
import type { CutTable, TableJob, WrittenFile } from '../engine/run/table-job.ts';
import type { Core } from './core.ts';
import { areIntact, copyFile } from './kept-tables.ts';
import {
  isSameRange,
  readCheckpoints,
  RunCheckpoints,
  type CutCheckpoint,
  type PartCheckpoint,
} from './run-checkpoints.ts';
import type { RunFacts } from './run-records.ts';

/** A table that earlier runs had cut and not finished: its parts that are there and are, byte for byte, what was written. */
export interface KeptParts {
  readonly table: string;
  /** The last one has an end where the table was not cut to its own. */
  readonly ranges: readonly KeyRange[];
  readonly parts: readonly PartCheckpoint[];
}

/** How many parts the table has; null: nobody knows before it is read to its end. */
export function partsInAll({ ranges }: Pick<KeptParts, 'ranges'>): number | null {
  return ranges.at(-1)?.upTo === null ? ranges.length : null;
}

/** What can be kept of runs that go on with each other, the latest first, of tables that none has whole. Nothing is changed. */
export async function findKeptParts(
  core: Core,
  { runs, tables }: { readonly runs: readonly RunFacts[]; readonly tables: readonly string[] },
  signal: AbortSignal,
): Promise<readonly KeptParts[]> {
  const checkpoints = await Promise.all(runs.map(({ run }) => readCheckpoints(core, run)));
  const kept: KeptParts[] = [];
  for (const table of tables) {
    const cuts = checkpoints.flatMap(({ cut }) => cut.get(table) ?? []);
    const [latest] = cuts;
    if (latest === undefined) continue;
    if (isFilled(latest)) {
      const filled = await filledParts(core, cuts.filter(isFilled), signal);
      if (filled.length > 0) kept.push({ table, ranges: filled.map(({ range }) => range), parts: filled });
      continue;
    }
    const parts = new Map<number, PartCheckpoint>();
    for (const { ranges, parts: found } of cuts) {
      for (const [at, part] of found) {
        if (parts.has(at) || !isSameRange(ranges[at], latest.ranges[at])) continue;
        if (await isIntact(core, part, signal)) parts.set(at, part);
      }
    }
    if (parts.size > 0) kept.push({ table, ranges: latest.ranges, parts: [...parts.values()] });
  }
  return kept;
}

/** Its parts bring their ranges, which were not known before. */
const isFilled = ({ parts }: CutCheckpoint): boolean => [...parts.values()].some(({ range }) => range !== undefined);

type FilledCheckpoint = PartCheckpoint & { readonly range: KeyRange };

/** The parts from the first one on that follow each other without a gap, whichever run has them. */
async function filledParts(
  core: Core,
  cuts: readonly CutCheckpoint[],
  signal: AbortSignal,
): Promise<readonly FilledCheckpoint[]> {
  const found: FilledCheckpoint[] = [];
  for (let after: readonly string[] | null = null; ;) {
    const candidates = cuts.flatMap(({ parts }) => parts.get(found.length) ?? []).filter(hasRange);
    const next = await firstIntact(
      core,
      candidates.filter(({ range }) => isSameKey(range.after, after)),
      signal,
    );
    if (next === undefined) return found;
    found.push(next);
    if (next.range.upTo === null) return found;
    after = next.range.upTo;
  }
}

const hasRange = (part: PartCheckpoint): part is FilledCheckpoint => part.range !== undefined;

const isSameKey = (one: readonly string[] | null, other: readonly string[] | null): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

async function firstIntact(
  core: Core,
  parts: readonly FilledCheckpoint[],
  signal: AbortSignal,
): Promise<FilledCheckpoint | undefined> {
  for (const part of parts) if (await isIntact(core, part, signal)) return part;
  return undefined;
}

const isIntact = (core: Core, { folder, file }: PartCheckpoint, signal: AbortSignal): Promise<boolean> =>
  areIntact(core, { folder, files: [file] }, signal);

interface Place {
  /** Absolute folder of the package being written. */
  readonly folder: string;
  readonly checkpoints: RunCheckpoints;
  readonly signal: AbortSignal;
}

/** Brings the parts into the folder of the run that keeps them. One that does not arrive as it was is read like the others. */
export async function adoptParts(
  core: Core,
  kept: readonly KeptParts[],
  place: Place,
): Promise<ReadonlyMap<string, CutTable>> {
  const adopted = new Map<string, CutTable>();
  for (const { table, ranges, parts } of kept) {
    const filled = parts.some(hasRange);
    if (!filled) await place.checkpoints.addCut(table, { at: 0, ranges });
    const files = new Map<number, WrittenFile>();
    for (const part of parts) {
      if (await adoptPart(core, part, place)) files.set(part.at, part.file);
      // What is filled one behind the other ends at the first gap.
      else if (filled) break;
    }
    adopted.set(table, { ranges: filled ? ranges.slice(0, files.size) : ranges, parts: files });
  }
  return adopted;
}

async function adoptPart(core: Core, part: PartCheckpoint, { folder, checkpoints, signal }: Place): Promise<boolean> {
  // Before it moves: whoever goes on with this run looks here first, and where it was before after that.
  await checkpoints.addPart({ ...part, folder });
  const [from, to] = [absolute(part.folder, part.file.path), absolute(folder, part.file.path)];
  // Folders elsewhere may be on another volume, where nothing can be moved to.
  if (dirname(part.folder) === dirname(folder)) {
    await core.store.renameNew(from, to);
    return true;
  }
  await copyFile(core, from, to);
  if (await areIntact(core, { folder, files: [part.file] }, signal)) return true;
  await core.store.remove(to);
  return false;
}

/** What a run that reads the tables writes down of their parts. */
export function tellParts(
  checkpoints: RunCheckpoints,
  { folder, run, snapshot }: { readonly folder: string; readonly run: string; readonly snapshot: string },
) {
  return {
    onCut: ({ name }: TableJob, { at, range }: { readonly at: number; readonly range: KeyRange }) =>
      checkpoints.addCut(name, { at, ranges: [range] }),
    onPart: ({ name }: TableJob, { at, file, range }: Omit<PartCheckpoint, 'table' | 'folder'>) =>
      checkpoints.addPart({
        ...{ table: name, at, file: { ...file, readBy: { run, snapshot } }, folder },
        ...(range === undefined ? {} : { range }),
      }),
  };
}

/**
 * Takes the whole parts of tables that failed out of a package that is about to be sealed without them: a later run finds
 * them in `aside`, a hidden folder beside it.
 */
export async function setPartsAside(core: Core, { run, folder, aside, tables }: SettingAside): Promise<void> {
  if (tables.length === 0) return;
  const { cut } = await readCheckpoints(core, run);
  await using checkpoints = new RunCheckpoints(core, run);
  for (const table of tables) {
    for (const part of cut.get(table)?.parts.values() ?? []) {
      const [from, to] = [absolute(part.folder, part.file.path), absolute(aside, part.file.path)];
      if (part.folder !== folder || (await core.store.read.stat(from)) === null) continue;
      await core.store.makeFolder(dirname(to));
      await core.store.renameNew(from, to);
      await checkpoints.addPart({ ...part, folder: aside });
    }
  }
}

interface SettingAside {
  readonly run: string;
  /** Absolute folder of the package that is being written. */
  readonly folder: string;
  readonly aside: string;
  readonly tables: readonly string[];
}
