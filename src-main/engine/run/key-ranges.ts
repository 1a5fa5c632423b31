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
  /** Of each range but the last. */
  readonly rows: number;
  readonly env: Pick<RunEnvironment, 'signal' | 'pause'>;
}

/** Cuts a table into ranges of so many rows, the last one of what is left: at least one, and the last has no end. */
export async function cutTable(reader: Snapshot, { read, key, rows, env }: Cutting): Promise<readonly KeyRange[]> {
  const { signal } = env;
  const ranges: KeyRange[] = [];
  for (let after: readonly string[] | null = null; ;) {
    if (signal.aborted) throw cancelled();
    await env.pause?.between(signal);
    const from: KeyRange = { key, after, upTo: null };
    const upTo: readonly string[] | null =
      (await reader.cut?.({ ...read, range: from }, key, { rows, signal })) ?? null;
    ranges.push({ ...from, upTo });
    if (upTo === null) return withoutEmptyEnd(ranges, reader, { read, key, rows, env });
    after = upTo;
  }
}

/** Where the rows come out even, nothing is behind the last cut. */
async function withoutEmptyEnd(ranges: KeyRange[], reader: Snapshot, cutting: Cutting): Promise<readonly KeyRange[]> {
  const [last, before] = [ranges.at(-1), ranges.at(-2)];
  if (last === undefined || before === undefined) return ranges;
  const { read, key, env } = cutting;
  if ((await reader.cut?.({ ...read, range: last }, key, { rows: 1, signal: env.signal })) !== null) return ranges;
  return [...ranges.slice(0, -2), { ...before, upTo: null }];
}

/** Writes one range to the part of its number, counted from 1, and reads that back. On failure nothing of it is left. */
export async function writeRange(flow: RowFlow, part: number): Promise<WrittenFile> {
  const { job, env } = flow;
  const open = await PartFile.open(job, env, part);
  const next = (): Promise<never> => Promise.reject(bug('a range is one part'));
  let finished: FinishedPart;
  try {
    await writeRows(flow, { part: open, chunk: null, next });
    finished = await open.finish();
  } catch (error) {
    await open.discard();
    flow.progress.add(-open.rows, -open.bytes);
    throw error;
  }
  try {
    await checkPartAlone(finished, env);
  } catch (error) {
    // It has its final name, and nobody has said that it is whole.
    await env.store.remove(absolute(env.folder, finished.file.path));
    throw error;
  }
  return finished.file;
}
