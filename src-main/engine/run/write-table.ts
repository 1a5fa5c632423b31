import { checkPart, checkPartAlone } from './check-part.ts';
import { absolute } from './file-path.ts';
import { PartFile, type FinishedPart } from './part-file.ts';
import type { RunEnvironment } from './run-environment.ts';
import type { WrittenFile } from './table-job.ts';
import { writeRows, type RowFlow } from './write-rows.ts';

/** A table that is written whole. */
export interface WrittenTable {
  readonly files: readonly WrittenFile[];
  /** The last of them: the only one that is still to be checked. */
  readonly last: FinishedPart;
}

/**
 * Writes one table to one file, or to parts that each stand alone. A part is safe on disk, has its final name and is read back
 * before the next one begins; what is left to read of the last one is the caller's. On failure nothing of the table is left.
 */
export async function writeTable(flow: RowFlow): Promise<WrittenTable> {
  const { job, env } = flow;
  const done: WrittenFile[] = [];
  const chunk = env.chunk ?? null;
  const open = () => PartFile.open(job, env, chunk === null ? null : done.length + 1);
  const target = {
    part: await open(),
    chunk,
    next: async (): Promise<PartFile> => {
      const part = await target.part.finish();
      done.push(part.file);
      await checkPartAlone(part, env);
      return open();
    },
  };
  try {
    await writeRows(flow, target);
    const last = await target.part.finish();
    return { files: [...done, last.file], last };
  } catch (error) {
    await target.part.discard();
    for (const { path } of done) await env.store.remove(absolute(env.folder, path));
    throw error;
  }
}

/** Of all files together. */
export const rowsOf = (files: readonly WrittenFile[]): number => files.reduce((sum, { rows }) => sum + rows, 0);

/** Rows of all files by the independent count. All but the last one hold, by now, what was written to them. */
export async function checkTable({ files, last }: WrittenTable, env: RunEnvironment): Promise<number> {
  if (files.length === 1) return await checkPart(last, env);
  return rowsOf(files.slice(0, -1)) + (await checkPartAlone(last, env));
}
