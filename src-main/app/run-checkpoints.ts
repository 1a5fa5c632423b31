import { join } from 'node:path';
import { z } from 'zod';
import type { KeyRange } from '../../src-shared/model/table-read.ts';
import { fromUtf8, utf8 } from '../../src-shared/util/utf8.ts';
import type { TableResult, WrittenFile } from '../engine/run/table-job.ts';
import type { FileWriter } from '../ports/store.ts';
import type { Core } from './core.ts';

/** A table of a run that is whole: what a later run may keep of it. */
export interface RunCheckpoint {
  readonly result: TableResult;
  /** Absolute folder that its files are in. */
  readonly folder: string;
}

/** A part of a table that was cut: which range it holds, and where it is. */
export interface PartCheckpoint {
  readonly table: string;
  /** Place among the ranges of the table. */
  readonly at: number;
  /** With the run and the snapshot that read it. */
  readonly file: WrittenFile;
  readonly folder: string;
  /** Of a table whose ranges are made one after the other: the one that it holds. */
  readonly range?: KeyRange;
}

/** A table that was cut, as far as it had come. */
export interface CutCheckpoint {
  readonly ranges: readonly KeyRange[];
  readonly parts: ReadonlyMap<number, PartCheckpoint>;
}

export interface Checkpoints {
  readonly whole: ReadonlyMap<string, RunCheckpoint>;
  readonly cut: ReadonlyMap<string, CutCheckpoint>;
}

const NAME = 'checkpoints.jsonl';
const MAX_BYTES = 256 * 1024 * 1024;

/** Files of tables lie in one folder of the package, whatever somebody wrote here. */
const PATH = /^data\/[^/\\]+$/;

const readBy = z.object({ run: z.string(), snapshot: z.string() });
const content = z.object({ bytes: z.number(), sha256: z.string().regex(/^[0-9a-f]{64}$/) });
const file = content.extend({
  path: z.string().regex(PATH),
  rows: z.number(),
  readBy: readBy.exactOptional(),
  plain: content.exactOptional(),
});
const wholeLine = z.object({
  folder: z.string(),
  result: z.object({
    name: z.string(),
    table: z.tuple([z.string(), z.string()]),
    sourceRows: z.number(),
    writtenRows: z.number(),
    rereadRows: z.number(),
    verdict: z.enum(['complete', 'unproven']),
    why: z.string().exactOptional(),
    resources: z.array(file),
    elapsedMs: z.number(),
    readBy,
  }),
});
const bound = z.array(z.string()).nullable();
// The columns are those of the plan that was compiled to the same digest.
const range = z.object({ key: z.custom<KeyRange['key']>(Array.isArray), after: bound, upTo: bound });
const cutLine = z.object({
  cut: z.object({
    table: z.string(),
    at: z.int().min(0).default(0),
    ranges: z.array(range).min(1),
  }),
});
const partLine = z.object({
  folder: z.string(),
  part: z.object({ table: z.string(), at: z.int().min(0), file, range: range.exactOptional() }),
});

/** Writes down, durably, what of a run is whole, before more is read (docs/spec/home.md). */
export class RunCheckpoints implements AsyncDisposable {
  readonly #core: Core;
  readonly #path: string;
  #writer: FileWriter | null = null;
  #last: Promise<void> = Promise.resolve();

  constructor(core: Core, run: string) {
    this.#core = core;
    this.#path = join(core.home.runFolder(run), NAME);
  }

  addWhole({ result, folder }: RunCheckpoint): Promise<void> {
    return this.#add({ folder, result });
  }

  /** Ranges of a table from the place `at` of its list on. */
  addCut(table: string, { at, ranges }: { readonly at: number; readonly ranges: readonly KeyRange[] }): Promise<void> {
    return this.#add({ cut: { table, at, ranges } });
  }

  addPart({ folder, ...part }: PartCheckpoint): Promise<void> {
    return this.#add({ folder, part });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#last.catch(() => undefined);
    await this.#writer?.close();
  }

  /** In the order of the calls: several readers have something to say at once. */
  #add(line: object): Promise<void> {
    const before = this.#last;
    const adding = before.catch(() => undefined).then(() => this.#write(line));
    this.#last = adding;
    return adding;
  }

  async #write(line: object): Promise<void> {
    this.#writer ??= await this.#core.store.openAppend(this.#path);
    await this.#writer.write(utf8(`${JSON.stringify(line)}\n`));
    await this.#writer.sync();
  }
}

/** What a run had finished, by table. A line that was cut off, or says anything else, counts for nothing; the last one counts. */
export async function readCheckpoints(core: Core, run: string): Promise<Checkpoints> {
  const bytes = await core.store.read.file(join(core.home.runFolder(run), NAME), MAX_BYTES);
  const whole = new Map<string, RunCheckpoint>();
  const cut = new Map<string, FoundCut>();
  for (const line of (bytes === null ? '' : (fromUtf8(bytes) ?? '')).split('\n')) {
    const json = jsonOf(line);
    const table = wholeLine.safeParse(json).data;
    if (table !== undefined) whole.set(table.result.name, table);
    const cutting = cutLine.safeParse(json).data?.cut;
    if (cutting !== undefined) takeCut(cut, cutting);
    const found = partLine.safeParse(json).data;
    if (found === undefined) continue;
    const { part, folder } = found;
    // A part that brings its range is of a table that was never cut as a whole.
    if (part.range !== undefined && !cut.has(part.table)) cut.set(part.table, { ranges: [], parts: new Map() });
    cut.get(part.table)?.parts.set(part.at, { ...part, folder });
  }
  return { whole, cut };
}

interface FoundCut {
  readonly ranges: KeyRange[];
  readonly parts: Map<number, PartCheckpoint>;
}

/** A range in the place of another one has no part yet, and nothing is known any more of what is behind it. */
function takeCut(all: Map<string, FoundCut>, { table, at, ranges }: z.infer<typeof cutLine>['cut']): void {
  const cut = all.get(table) ?? { ranges: [], parts: new Map<number, PartCheckpoint>() };
  // Lines before this one are missing.
  if (at > cut.ranges.length) return;
  all.set(table, cut);
  for (const [nth, range] of ranges.entries()) {
    const place = at + nth;
    if (isSameRange(cut.ranges[place], range)) continue;
    cut.ranges.splice(place, Infinity, range);
    for (const part of cut.parts.keys()) if (part >= place) cut.parts.delete(part);
  }
}

/** Whether two runs cut a table at the same places, as far as this range goes. */
export function isSameRange(one: KeyRange | undefined, other: KeyRange | undefined): boolean {
  const bounds = (range: KeyRange | undefined): string => JSON.stringify([range?.after, range?.upTo]);
  return one !== undefined && other !== undefined && bounds(one) === bounds(other);
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
