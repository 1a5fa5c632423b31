import type { KeyRange, TableRead } from '../../../src-shared/model/table-read.ts';
import type { Snapshot } from '../../ports/connector.ts';
import type { RunEnvironment } from './run-environment.ts';
import type { WrittenFile } from './table-job.ts';
import type { TableProgress } from './table-progress.ts';

/** What a reader is given of a table in parts. */
export interface PartPiece {
  /** Reads it and writes what belongs to it. */
  readonly work: (reader: Snapshot) => Promise<void>;
  /** Puts back what was not finished. */
  readonly again: () => void;
}

/** A table that is read in ranges of its key, each a part. */
export interface TableParts {
  /** Nothing of it will ever be to do again, but what is being done. */
  readonly isTaken: boolean;
  /** How many there are; null: nobody knows yet. */
  readonly all: number | null;
  /** Those that are whole, in their order. */
  readonly files: readonly WrittenFile[];
  /** The next piece; null: nothing can be begun now. */
  take(): PartPiece | null;
  /** Nothing more is begun. */
  drop(): void;
  /** Rows of the source: in this snapshot, and in that of the parts that were kept. All parts are what was written by then, or it rejects. */
  count(reader: Snapshot): Promise<number>;
  /** Nothing goes on behind the readers any more. Never rejects. */
  settled(): Promise<void>;
}

/** What is around a table in parts. */
export interface Surroundings {
  readonly env: RunEnvironment;
  readonly progress: TableProgress;
  /** Somebody who waits may find something to do now. */
  readonly changed: () => void;
}

/** What is there of an earlier run. */
export function tellKept(progress: TableProgress, parts: ReadonlyMap<number, WrittenFile>): void {
  if (parts.size === 0) return;
  const kept = { rows: 0, bytes: 0 };
  for (const { rows, bytes, plain } of parts.values()) {
    kept.rows += rows;
    kept.bytes += plain?.bytes ?? bytes;
  }
  progress.keep(kept.rows, kept.bytes);
}

interface Counting {
  readonly read: TableRead;
  readonly ranges: readonly KeyRange[];
  /** What is known of a range by its place; undefined: it is counted. */
  readonly known: (at: number) => number | undefined;
  readonly env: RunEnvironment;
}

/** Rows of all ranges. */
export async function countRanges(reader: Snapshot, { read, ranges, known, env }: Counting): Promise<number> {
  let sum = 0;
  for (const [at, range] of ranges.entries()) {
    const rows = known(at);
    if (rows === undefined) await env.pause?.between(env.signal);
    sum += rows ?? (await reader.count({ ...read, range }, env.signal));
  }
  return sum;
}

/** By their place. */
export function inOrder(parts: ReadonlyMap<number, WrittenFile>): readonly WrittenFile[] {
  return [...parts].toSorted(([a], [b]) => a - b).map(([, file]) => file);
}
