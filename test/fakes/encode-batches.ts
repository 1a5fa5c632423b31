import type { RowBatch } from '../../src-shared/model/row-batch.ts';
import type { Encoder } from '../../src-main/ports/format.ts';
import { MemorySink } from './memory-sink.ts';

/** The bytes of a part file made from these batches. */
export function encodeBatches(encoder: Encoder, batches: readonly RowBatch[], blockBytes = 4096): Uint8Array {
  const sink = new MemorySink(blockBytes);
  encoder.begin(sink);
  for (const batch of batches) encoder.encode(batch, sink);
  encoder.end(sink);
  return sink.written();
}
