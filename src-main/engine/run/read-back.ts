import { createHash } from 'node:crypto';
import { appError } from '../../../src-shared/errors/app-error.ts';
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
export async function readBack(store: StoreReader, request: ReadBackRequest): Promise<number> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const block of store.blocks(request.path)) {
    request.signal.throwIfAborted();
    hash.update(block);
    bytes += block.length;
    request.reader.push(block);
  }
  if (bytes !== request.bytes || hash.digest('hex') !== request.sha256) {
    throw appError('RUN/READ_BACK_MISMATCH', {
      message: 'The file on disk does not hold the bytes that were written.',
      remedy: 'Check the disk and the programs that may touch this folder, then run the export again.',
      context: { written: request.bytes, read: bytes },
    });
  }
  return request.reader.finish().records;
}
