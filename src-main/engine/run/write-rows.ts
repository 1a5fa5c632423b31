import type { RowBatch } from '../../../src-shared/model/row-batch.ts';
import type { TableRead } from '../../../src-shared/model/table-read.ts';
import type { PieceSize, Snapshot } from '../../ports/connector.ts';
import { cancelled } from './cancelled.ts';
import type { CutBatch } from './cut-batch.ts';
import { joinFragments } from './join-fragments.ts';
import type { PartFile } from './part-file.ts';
import type { ChunkSize, RunEnvironment } from './run-environment.ts';
import type { TableJob } from './table-job.ts';
import type { TableProgress } from './table-progress.ts';

/** A part of a size in bytes is made of at least so many pieces, so that it comes near that size. */
const PIECES_OF_A_PART = 16;
const SMALLEST_PIECE = 4096;

/** The files that rows go to. */
export interface RowTarget {
  /** The one that is written now. */
  part: PartFile;
  /** null: one takes them all. */
  readonly chunk: ChunkSize | null;
  /** Finishes the one that is full and begins another. */
  readonly next: () => Promise<PartFile>;
  /** Looks at the part after each piece; what it throws ends the reading. */
  readonly written?: () => void;
}

export interface RowFlow {
  readonly job: TableJob;
  /** The job's, or a range of it. */
  readonly read: TableRead;
  readonly reader: Snapshot;
  readonly env: RunEnvironment;
  readonly progress: TableProgress;
}

/** Reads, masks, encodes, hashes and writes the rows of one read. The part that is open at its end is the caller's to finish. */
export async function writeRows(flow: RowFlow, target: RowTarget): Promise<void> {
  const { env, progress } = flow;
  const { chunk } = target;
  for await (const batch of rowsOf(flow, target)) {
    using _owned = { [Symbol.dispose]: () => batch.release() };
    for (const piece of target.part.pieces(batch, piecesOf(env, chunk))) {
      for (let rest: RowBatch | null = piece; rest !== null;) {
        if (chunk !== null && beginsRow(rest) && target.part.isFull(chunk)) target.part = await target.next();
        const { here, rest: later }: CutBatch = target.part.cut(rest, chunk?.rows ?? Infinity);
        const written = await target.part.write(here);
        await env.space.written(written);
        if (env.signal.aborted) throw cancelled();
        progress.add(here.rows, written);
        target.written?.();
        await env.throttle?.spend({ rows: here.rows, bytes: written }, env.signal);
        await env.pause?.within(env.signal);
        rest = later;
      }
    }
  }
}

/** A part ends between rows. */
function beginsRow(batch: RowBatch): boolean {
  return !batch.fragment || (batch.firstColumn === 0 && !batch.continues);
}

/** The smaller of what the throttle lets go at once and what a part is made of; null: batches as they come. */
function piecesOf({ throttle }: RunEnvironment, chunk: ChunkSize | null): PieceSize | null {
  const byThrottle = throttle?.pieces ?? null;
  if (chunk === null || chunk.bytes === Infinity) return byThrottle;
  const bytes = Math.max(SMALLEST_PIECE, Math.floor(chunk.bytes / PIECES_OF_A_PART));
  return { rows: byThrottle?.rows ?? Infinity, bytes: Math.min(bytes, byThrottle?.bytes ?? Infinity) };
}

function rowsOf({ job, read, reader, env }: RowFlow, { part, chunk }: RowTarget): AsyncIterable<RowBatch> {
  const batches = reader.read(read, { signal: env.signal, wire: part.wire, pieces: piecesOf(env, chunk) });
  if (job.streamsLongCells) return batches;
  return joinFragments(batches, { cellBytes: env.cellBytes, table: job.name });
}
