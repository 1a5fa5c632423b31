import { join } from 'node:path';
import { z } from 'zod';
import { fromUtf8, utf8 } from '../../src-shared/util/utf8.ts';
import type { TableResult } from '../engine/run/table-job.ts';
import type { FileWriter } from '../ports/store.ts';
import type { Core } from './core.ts';

/** A table of a run that is whole: what a later run may keep of it. */
export interface RunCheckpoint {
  readonly result: TableResult;
  /** Absolute folder that its files are in. */
  readonly folder: string;
}

const NAME = 'checkpoints.jsonl';
const MAX_BYTES = 256 * 1024 * 1024;

/** Files of tables lie in one folder of the package, whatever somebody wrote here. */
const PATH = /^data\/[^/\\]+$/;

const content = z.object({ bytes: z.number(), sha256: z.string().regex(/^[0-9a-f]{64}$/) });
const file = content.extend({ path: z.string().regex(PATH), rows: z.number(), plain: content.exactOptional() });
const checkpointLine = z.object({
  folder: z.string(),
  result: z.object({
    name: z.string(),
    table: z.tuple([z.string(), z.string()]),
    sourceRows: z.number(),
    writtenRows: z.number(),
    rereadRows: z.number(),
    verdict: z.enum(['complete', 'unproven']),
    why: z.string().optional(),
    resources: z.array(file),
    elapsedMs: z.number(),
    readBy: z.object({ run: z.string(), snapshot: z.string() }),
  }),
});

/** Writes down, durably, each table of a run that is whole, before the next one is read (docs/spec/home.md). */
export class RunCheckpoints implements AsyncDisposable {
  readonly #core: Core;
  readonly #path: string;
  #writer: FileWriter | null = null;

  constructor(core: Core, run: string) {
    this.#core = core;
    this.#path = join(core.home.runFolder(run), NAME);
  }

  async add({ result, folder }: RunCheckpoint): Promise<void> {
    this.#writer ??= await this.#core.store.openAppend(this.#path);
    await this.#writer.write(utf8(`${JSON.stringify({ folder, result })}\n`));
    await this.#writer.sync();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Each line is synced: nothing can be lost by a close that fails.
    await this.#writer?.close().catch(() => undefined);
  }
}

/** The tables that a run had finished, by name. A line that was cut off, or says anything else, counts for nothing. */
export async function readCheckpoints(core: Core, run: string): Promise<ReadonlyMap<string, RunCheckpoint>> {
  const bytes = await core.store.read.file(join(core.home.runFolder(run), NAME), MAX_BYTES);
  const found = new Map<string, RunCheckpoint>();
  for (const line of (bytes === null ? '' : (fromUtf8(bytes) ?? '')).split('\n')) {
    const parsed = checkpointLine.safeParse(jsonOf(line)).data;
    if (parsed === undefined) continue;
    const { why, ...rest } = parsed.result;
    const result: TableResult = { ...rest, ...(why === undefined ? {} : { why }) };
    found.set(result.name, { result, folder: parsed.folder });
  }
  return found;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
