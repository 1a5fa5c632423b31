import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { PieceSize, Snapshot } from '../../ports/connector.ts';
import { cancelled } from './cancelled.ts';
import { checkPartAlone } from './check-part.ts';
import type { CutBatch } from './cut-batch.ts';
import { divideBatch } from './divide-batch.ts';
import { absolute } from './file-path.ts';
import { joinFragments } from './join-fragments.ts';
import { PartFile, type FinishedPart } from './part-file.ts';
import { RateMeter, timeLeftMs } from './rate-meter.ts';
import type { RunEnvironment } from './run-environment.ts';
import type { TableJob, WrittenFile } from './table-job.ts';

const PROGRESS_EVERY_MS = 200;

/** A part of a size in bytes is made of at least so many pieces, so that it comes near that size. */
const PIECES_OF_A_PART = 16;
const SMALLEST_PIECE = 4096;

/** A table that is written whole. */
export interface WrittenTable {
  readonly files: readonly WrittenFile[];
  /** The last of them: the only one that is still to be checked. */
  readonly last: FinishedPart;
}

/**
 * Reads, masks, encodes, hashes and writes one table to one file, or to parts that each stand alone. A part is safe on disk,
 * has its final name and is read back before the next one begins; what is left to read of the last one is the caller's. On
 * failure nothing of the table is left.
 */
export async function writeTable(job: TableJob, snapshot: Snapshot, env: RunEnvironment): Promise<WrittenTable> {
  const done: WrittenFile[] = [];
  const chunk = env.chunk ?? null;
  const open = () => PartFile.open(job, env, chunk === null ? null : done.length + 1);
  const now = { part: await open() };
  try {
    const report = progressReporter(job, env);
    let rows = 0;
    let bytes = 0;
    for await (const batch of rowsOf(job, snapshot, { env, wire: now.part.wire })) {
      using _owned = { [Symbol.dispose]: () => batch.release() };
      for (const piece of divideBatch(batch, piecesOf(env))) {
        for (let rest: RowBatch | null = piece; rest !== null;) {
          if (chunk !== null && beginsRow(rest) && now.part.isFull(chunk)) {
            const part = await now.part.finish();
            done.push(part.file);
            await checkPartAlone(part, env);
            now.part = await open();
          }
          const { here, rest: later }: CutBatch = now.part.cut(rest, chunk?.rows ?? Infinity);
          const written = await now.part.write(here);
          rows += here.rows;
          bytes += written;
          await env.space.written(written);
          if (env.signal.aborted) throw cancelled();
          report(rows, bytes);
          await env.throttle?.spend({ rows: here.rows, bytes: written }, env.signal);
          rest = later;
        }
      }
    }
    const last = await now.part.finish();
    return { files: [...done, last.file], last };
  } catch (error) {
    await now.part.discard();
    for (const { path } of done) await env.store.remove(absolute(env.folder, path));
    throw error;
  }
}

/** A part ends between rows. */
function beginsRow(batch: RowBatch): boolean {
  return !batch.fragment || (batch.firstColumn === 0 && !batch.continues);
}

/** The smaller of what the throttle lets go at once and what a part is made of; null: batches as they come. */
function piecesOf({ throttle, chunk }: RunEnvironment): PieceSize | null {
  const byThrottle = throttle?.pieces ?? null;
  if (chunk === undefined || chunk === null || chunk.bytes === Infinity) return byThrottle;
  const bytes = Math.max(SMALLEST_PIECE, Math.floor(chunk.bytes / PIECES_OF_A_PART));
  return { rows: byThrottle?.rows ?? Infinity, bytes: Math.min(bytes, byThrottle?.bytes ?? Infinity) };
}

function rowsOf(
  job: TableJob,
  snapshot: Snapshot,
  { env, wire }: { readonly env: RunEnvironment; readonly wire: string | false },
): AsyncIterable<RowBatch> {
  const batches = snapshot.read(job.read, { signal: env.signal, wire, pieces: piecesOf(env) });
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
