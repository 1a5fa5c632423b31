import { appError } from '../../../src-shared/errors/app-error.ts';
import type { FileDigester } from '../../ports/digest.ts';
import type { RecordReader } from '../../ports/format.ts';
import type { StoreReader } from '../../ports/store.ts';

export interface ReadBackRequest {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly reader: RecordReader;
  readonly signal: AbortSignal;
}

/**
 * Opens the final file anew, compares its digest with the one computed while writing, and counts its records with an
 * independent reader. Returns the count; `RUN/READ_BACK_MISMATCH` when the bytes differ.
 */
export async function readBack(store: StoreReader, digester: FileDigester, request: ReadBackRequest): Promise<number> {
  const digest = digester.digest(request.path, request.signal);
  const [found, counted] = await Promise.all([digest, countRecords(store, request)]);
  if (found.bytes !== request.bytes || found.sha256 !== request.sha256) {
    throw appError('RUN/READ_BACK_MISMATCH', {
      message: 'The file on disk does not hold the bytes that were written.',
      remedy: 'Check the disk and the programs that may touch this folder, then run the export again.',
      context: { written: request.bytes, read: found.bytes },
    });
  }
  return counted;
}

async function countRecords(store: StoreReader, { path, reader, signal }: ReadBackRequest): Promise<number> {
  for await (const block of store.blocks(path)) {
    signal.throwIfAborted();
    reader.push(block);
  }
  return reader.finish().records;
}
