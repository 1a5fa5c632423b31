import { join } from 'node:path';
import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Snapshot } from '../../ports/connector.ts';
import type { FileDigester } from '../../ports/digest.ts';
import type { FileWriter, Store } from '../../ports/store.ts';
import { BlockSink } from './block-sink.ts';
import { cancelled } from './cancelled.ts';
import { divideBatch } from './divide-batch.ts';
import { joinFragments } from './join-fragments.ts';
import { maskBatch } from './mask-batches.ts';
import { RateMeter, timeLeftMs } from './rate-meter.ts';
import type { SpaceWatch } from './space-watch.ts';
import type { Throttle } from './throttle.ts';
import type { GrantSelect } from './table-error.ts';
import type { BoundFormat, RunEvent, TableJob, WrittenFile } from './table-job.ts';

const PROGRESS_EVERY_MS = 200;

/** What all tables of a run share. */
export interface RunEnvironment {
  readonly store: Store;
  readonly digester: FileDigester;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly format: BoundFormat;
  /** Absolute path of the package being written. */
  readonly folder: string;
  readonly cellBytes: number;
  readonly space: SpaceWatch;
  /** One for all tables; null: nothing is limited. */
  readonly throttle?: Throttle | null;
  readonly grant: GrantSelect;
  readonly onEvent: (event: RunEvent) => void;
}

/**
 * Reads, masks, encodes, hashes and writes one table to one file: `<name>.partial`, fsync, rename. On failure the partial
 * file is removed and nothing has the final name.
 */
export async function writeTable(job: TableJob, snapshot: Snapshot, env: RunEnvironment): Promise<WrittenFile> {
  const path = `data/${job.stem}${env.format.format.extension}`;
  const final = join(env.folder, ...path.split('/'));
  const partial = `${final}.partial`;
  const file = await env.store.create(partial);
  try {
    const written = await encodeTable(job, snapshot, { env, file });
    await file.sync();
    await file.close();
    await env.store.renameNew(partial, final);
    return { path, ...written };
  } catch (error) {
    await file.close();
    await env.store.remove(partial);
    throw error;
  }
}

async function encodeTable(
  job: TableJob,
  snapshot: Snapshot,
  { env, file }: { env: RunEnvironment; file: FileWriter },
): Promise<{ bytes: number; sha256: string; rows: number }> {
  const sink = new BlockSink(file);
  const encoder = env.format.format.encoder(job.outputSchema, env.format.options, env.format.context);
  const writer = job.openWireWriter();
  const report = progressReporter(job, env);
  const { throttle = null } = env;
  let rows = 0;
  encoder.begin(sink);
  for await (const batch of rowsOf(job, snapshot, { env, wire: writer !== null })) {
    using _owned = { [Symbol.dispose]: () => batch.release() };
    for (const piece of divideBatch(batch, throttle?.pieces ?? null)) {
      const before = sink.total;
      if (writer === null || isCells(piece)) {
        maskBatch(piece, job.masks);
        encoder.encode(piece, sink);
      } else {
        writer.write(piece, rows, sink);
        encoder.skip(piece.rows);
      }
      rows += piece.rows;
      await sink.drained();
      await env.space.written(sink.total);
      if (env.signal.aborted) throw cancelled();
      report(rows, sink.total);
      if (throttle !== null) await throttle.spend({ rows: piece.rows, bytes: sink.total - before }, env.signal);
    }
  }
  encoder.end(sink);
  return { ...(await sink.finish()), rows };
}

/** Even where wire blocks are asked for, rows longer than a block come as fragments, or joined. */
function isCells(batch: RowBatch): boolean {
  return batch.fragment || batch.cells > 0;
}

function rowsOf(
  job: TableJob,
  snapshot: Snapshot,
  { env, wire }: { readonly env: RunEnvironment; readonly wire: boolean },
): AsyncIterable<RowBatch> {
  const batches = snapshot.read(job.read, { signal: env.signal, wire, pieces: env.throttle?.pieces ?? null });
  if (job.streamsLongCells) return batches;
  return joinFragments(batches, { cellBytes: env.cellBytes, table: job.name });
}

function progressReporter(job: TableJob, env: RunEnvironment): (rows: number, bytes: number) => void {
  const meter = new RateMeter(env.clock);
  let last = 0;
  return (rows, bytes) => {
    const at = env.clock.monotonicMs();
    if (at - last < PROGRESS_EVERY_MS) return;
    last = at;
    const rowsPerSecond = meter.rate(rows);
    const etaMs = timeLeftMs(rows, rowsPerSecond, job.estimatedRows);
    env.onEvent({ type: 'table.progress', table: job.name, rows, bytes, rowsPerSecond, etaMs });
  };
}
