import type { FinishedPart } from './part-file.ts';
import { absolute } from './file-path.ts';
import { mismatch } from './mismatch.ts';
import type { RunEnvironment } from './run-environment.ts';

/**
 * Reads the rest of a file that has its final name. Returns how many records it holds by an independent count;
 * `RUN/READ_BACK_MISMATCH` when what is on disk is not what was written, or another file has taken the name.
 */
export async function checkPart({ file, behind }: FinishedPart, env: RunEnvironment): Promise<number> {
  try {
    const found = await behind.finish(env.signal);
    if (found.bytes !== file.bytes || !found.isSame) {
      throw mismatch('The file on disk does not hold the bytes that were written.', {
        context: { written: file.bytes, read: found.bytes },
      });
    }
    if (file.plain !== undefined && found.unpacked !== file.plain.bytes) {
      throw mismatch('The file on disk does not unpack to the bytes that were written.', {
        context: { written: file.plain.bytes, read: found.unpacked },
      });
    }
    if (!(await behind.isAt(absolute(env.folder, file.path)))) {
      throw mismatch(`${file.path} is not the file that was written.`);
    }
    return found.records;
  } finally {
    await behind.close();
  }
}

/** The same of one part of several: each holds as many records as rows were written to it. */
export async function checkPartAlone(part: FinishedPart, env: RunEnvironment): Promise<number> {
  const found = await checkPart(part, env);
  const { path, rows } = part.file;
  // One too many here and one too few there would add up to the right sum.
  if (found !== rows) throw mismatch(`${path} holds ${found} rows, and ${rows} were written to it.`);
  return found;
}
