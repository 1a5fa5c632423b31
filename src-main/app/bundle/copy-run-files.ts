import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { isAppError } from '../../../src-shared/errors/app-error.ts';
import { isRunId, type Entry } from '../../../src-shared/proof/entry.ts';
import { isJsonObject } from '../../../src-shared/proof/parse-json.ts';
import type { StoreReader } from '../../ports/store.ts';
import type { HomePaths } from '../../store/home-paths.ts';
import type { BagWriter } from './bag-writer.ts';

const MAX_BYTES = 64 * 1024 * 1024;
/** Files that hold the statements as they were sent. */
const SQL_FILES = new Set(['sql.json', 'compiled-plan.json']);
const FILE_NAME = /^[a-z0-9][a-z0-9.-]*$/;

/** A file of a run that an entry of the ledger vouches for. */
export interface RecordedFile {
  readonly run: string;
  readonly name: string;
  /** `sha256:<hex>` */
  readonly digest: string;
}

/** The files of runs that an entry records. */
export function recordedFiles(entry: Entry): readonly RecordedFile[] {
  if (entry.kind !== 'event' || !entry.type.startsWith('export.')) return [];
  const { correlation: run, files } = entry.data;
  if (typeof run !== 'string' || !isRunId(run) || !isJsonObject(files)) return [];
  return Object.entries(files).flatMap(([name, digest]) =>
    FILE_NAME.test(name) && typeof digest === 'string' ? [{ run, name, digest }] : [],
  );
}

export interface CopyRunFiles {
  readonly reader: StoreReader;
  readonly home: HomePaths;
  readonly bag: BagWriter;
  readonly withoutSql: boolean;
}

/** Copies what the ledger vouches for and still is as it was recorded. Gives a sentence for each file left out. */
export async function copyRunFiles(
  { reader, home, bag, withoutSql }: CopyRunFiles,
  recorded: readonly RecordedFile[],
): Promise<readonly string[]> {
  const absent: string[] = [];
  for (const { run, name, digest } of recorded) {
    if (withoutSql && SQL_FILES.has(name)) continue;
    const bytes = await readOrWhy(reader, join(home.runFolder(run), name));
    if (typeof bytes === 'string') absent.push(`${name} of run ${run}: ${bytes}`);
    else if (`sha256:${createHash('sha256').update(bytes).digest('hex')}` === digest) {
      await bag.put(`data/runs/${run}/${name}`, bytes);
    } else absent.push(`${name} of run ${run}: it was changed since the ledger recorded it.`);
  }
  if (withoutSql)
    absent.push('Compiled plans and SQL statements were left out on request; their digests are recorded.');
  return absent;
}

/** The bytes of a file, or the reason why there are none. */
export async function readOrWhy(reader: StoreReader, path: string): Promise<Uint8Array | string> {
  try {
    return (await reader.file(path, MAX_BYTES)) ?? 'it is no longer where it was.';
  } catch (error) {
    if (isAppError(error)) return `it cannot be read (${error.code}).`;
    throw error;
  }
}
