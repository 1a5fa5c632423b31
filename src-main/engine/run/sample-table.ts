import type { Session } from '../../ports/connector.ts';
import type { ByteSink } from '../../ports/byte-sink.ts';
import { joinFragments } from './join-fragments.ts';
import { maskBatch } from './mask-batches.ts';
import type { BoundFormat, TableJob } from './table-job.ts';

export interface SampleRequest {
  readonly session: Session;
  readonly format: BoundFormat;
  readonly rows: number;
  readonly cellBytes: number;
  readonly signal: AbortSignal;
}

/** The file of a table as a run would write it, of its first rows only: the same reading, masks and encoder. */
export async function sampleTable(job: TableJob, request: SampleRequest): Promise<Uint8Array> {
  const { format, options, context } = request.format;
  const encoder = format.encoder(job.outputSchema, options, context);
  const sink = new SampleSink();
  const limit = Math.min(request.rows, job.read.limit ?? request.rows);
  encoder.begin(sink);
  const batches = request.session.preview({ ...job.read, limit }, request.signal);
  for await (const batch of joinFragments(batches, { cellBytes: request.cellBytes, table: job.name })) {
    maskBatch(batch, job.masks);
    // A kernel's masked batch has the output's schema in all but name; the encoder reads the cells only.
    encoder.encode(batch, sink);
    batch.release();
  }
  encoder.end(sink);
  return sink.bytes.slice(0, sink.length);
}

/** Keeps everything: a sample is a few rows. */
class SampleSink implements ByteSink {
  bytes: Uint8Array = new Uint8Array(16 * 1024);
  length = 0;

  room(size: number): void {
    if (this.bytes.length - this.length >= size) return;
    const grown = new Uint8Array(Math.max(this.length + size, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }
}
