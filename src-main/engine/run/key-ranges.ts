import type { KeyRange, ReadColumn, TableRead } from '../../../src-shared/model/table-read.ts';
import type { Snapshot } from '../../ports/connector.ts';
import { bug } from '../../../src-shared/errors/app-error.ts';
import { checkPartAlone } from './check-part.ts';
import { cancelled } from './cancelled.ts';
import { absolute } from './file-path.ts';
import { PartFile, type FinishedPart } from './part-file.ts';
import type { RunEnvironment } from './run-environment.ts';
import type { WrittenFile } from './table-job.ts';
import { writeRows, type RowFlow } from './write-rows.ts';

interface Cutting {
  readonly read: TableRead;
  readonly key: readonly ReadColumn[];
  /** Where the range before it ends; null: it is the first. */
  readonly after: readonly string[] | null;
  /** Of each range but the last. */
  readonly rows: number;
  readonly signal: AbortSignal;
}

/**
 * Cuts the next range of a table, of so many rows, or, without an end, of what is left, and says how many rows it has: the cut
 * is the key of the row of that number, which the database finds by going through the key's index, and a key is in it once for
 * each row. What is left is counted.
 */
export async function nextRange(
  reader: Snapshot,
  { read, key, after, rows, signal }: Cutting,
): Promise<{ readonly range: KeyRange; readonly rows: number }> {
  if (signal.aborted) throw cancelled();
  const rest: KeyRange = { key, after, upTo: null };
  const upTo = (await reader.cut?.({ ...read, range: rest }, key, { rows, signal })) ?? null;
  if (upTo !== null) return { range: { ...rest, upTo }, rows };
  return { range: rest, rows: await reader.count({ ...read, range: rest }, signal) };
}

/** A range does not fit into a part of its size: it is to be read again, with fewer rows. */
class TooLarge extends Error {}

export const isTooLarge = (error: unknown): boolean => error instanceof TooLarge;

/**
 * Writes one range to the part of its number, counted from 1, under its final name and safe on disk. What is still to be read
 * of it again is {@link checkWritten}'s. On failure nothing of it is left. `atMost`: of more bytes than this, before
 * compression, and more than one row it throws what {@link isTooLarge} knows.
 */
export async function writeRange(flow: RowFlow, part: number, atMost = Infinity): Promise<FinishedPart> {
  const { job, env } = flow;
  const open = await PartFile.open(job, env, part);
  const next = (): Promise<never> => Promise.reject(bug('a range is one part'));
  try {
    const fits = (): void => {
      if (open.rows > 1 && open.bytes > atMost) throw new TooLarge();
    };
    await writeRows(flow, { part: open, chunk: null, next, written: fits });
    return await open.finish();
  } catch (error) {
    await open.discard();
    flow.progress.add(-open.rows, -open.bytes);
    throw error;
  }
}

/** Reads the rest of a part again. One that is not what was written is taken away. */
export async function checkWritten(finished: FinishedPart, env: RunEnvironment): Promise<void> {
  try {
    await checkPartAlone(finished, env);
  } catch (error) {
    // Who leaves early has seen nothing wrong.
    if (!env.signal.aborted) await env.store.remove(absolute(env.folder, finished.file.path));
    throw error;
  }
}

/** {@link writeRange} and {@link checkWritten}, with its end, which is written last, within its size. On failure nothing of it is left. */
export async function writeAndCheck(flow: RowFlow, part: number, atMost: number): Promise<WrittenFile> {
  const { env, progress } = flow;
  const finished = await writeRange(flow, part, atMost);
  const { file } = finished;
  await checkWritten(finished, env);
  const { bytes } = file.plain ?? file;
  if (file.rows <= 1 || bytes <= atMost) return file;
  await env.store.remove(absolute(env.folder, file.path));
  progress.add(-file.rows, -bytes);
  throw new TooLarge();
}
