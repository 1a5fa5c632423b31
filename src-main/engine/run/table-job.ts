import type { WireError } from '../../../src-shared/errors/wire.ts';
import type { BatchSchema } from '../../../src-shared/model/row-batch.ts';
import type { KeyRange, ReadColumn, TableRead } from '../../../src-shared/model/table-read.ts';
import type { Format, FormatContext } from '../../ports/format.ts';
import type { WireWriter } from '../../ports/kernel.ts';
import type { LoadEvent } from './load-tally.ts';
import type { BoundMask } from './mask-batches.ts';
import type { PauseEvent } from './pause.ts';

/** The chosen format, its options parsed. */
export interface BoundFormat {
  readonly format: Format;
  readonly options: unknown;
  readonly context: FormatContext;
}

/** One table of a run, everything resolved. */
export interface TableJob {
  /** As people see it: `public.customers`, or the query's name. */
  readonly name: string;
  readonly table: readonly [namespace: string, name: string];
  /** File name without suffix. */
  readonly stem: string;
  readonly read: TableRead;
  /** The key by which it is cut into ranges, each a part; absent: it is read in one go. */
  readonly cutBy?: readonly ReadColumn[];
  /** The key in whose order parts of a size in bytes are filled, each a range of it; absent: where they end is not written down. */
  readonly filledBy?: readonly ReadColumn[];
  /** Where it stands in the plan file. */
  readonly line: number;
  /** The schema of the rows before masks, as the connector gives it. */
  readonly sourceSchema: BatchSchema;
  /** The same with the types that masks give out: what the format writes. */
  readonly outputSchema: BatchSchema;
  readonly masks: readonly BoundMask[];
  /** Masks and format all take fragments of long cells. */
  readonly streamsLongCells: boolean;
  /**
   * Opens what does masks and format of wire blocks in one pass; null where no kernel can. One for each part file that is being
   * written: a writer holds memory. Fragments take the path through cells.
   */
  readonly openWireWriter: () => WireWriter | null;
  /** Takes back the writer of a part that was written to its end; absent: it is let go. */
  readonly closeWireWriter?: (writer: WireWriter) => void;
  readonly estimatedRows: number | null;
}

export type TableVerdict = 'complete' | 'incomplete' | 'unproven';

/** What became of one table. Counts are null where the run did not get that far. */
export interface TableResult {
  readonly name: string;
  readonly table: readonly [namespace: string, name: string];
  readonly sourceRows: number | null;
  readonly writtenRows: number | null;
  readonly rereadRows: number | null;
  readonly verdict: TableVerdict;
  /** Why it is not complete, one sentence. */
  readonly why?: string;
  readonly resources: readonly WrittenFile[];
  readonly error?: WireError;
  readonly elapsedMs: number;
  /** The run that read it, and in which snapshot, where that was another one than the run that tells of it. */
  readonly readBy?: ReadBy;
  /** Of a table in parts that is not whole: its parts that are, which a later run can keep. `of` null: nobody knows how many there would be. */
  readonly wholeParts?: { readonly parts: number; readonly of: number | null; readonly rows: number };
}

export interface ReadBy {
  readonly run: string;
  readonly snapshot: string;
}

/** A table that is cut, to its end or not: its ranges, and the parts of some of them by their place in that list. */
export interface CutTable {
  readonly ranges: readonly KeyRange[];
  readonly parts: ReadonlyMap<number, WrittenFile>;
}

export interface WrittenFile {
  /** Relative to the package, `/` between parts. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly rows: number;
  /** Of a part of a table: the run that read it, and in which snapshot, where that was another one than the table's. */
  readonly readBy?: ReadBy;
  /** Of a compressed file: what it unpacks to. */
  readonly plain?: { readonly bytes: number; readonly sha256: string };
}

/** What a run tells while it reads. */
export type RunEvent = TableEvent | StillEvent | LoadEvent;

/** A run that stands still, and goes on. */
export type StillEvent = PauseEvent | QueueEvent;

export type QueueEvent =
  /** The window of the plan is closed: it waits, without a connection. */
  | { readonly type: 'run.queued'; readonly until: Date; readonly window: string }
  | { readonly type: 'run.begins'; readonly queuedMs: number };

/** A run that stands still or goes on, which is about the whole of it. */
export const isStill = (event: RunEvent): event is StillEvent => event.type.startsWith('run.');

/** Else it is about the whole run. */
export const isOfTable = (event: RunEvent): event is TableEvent => event.type.startsWith('table.');

export type TableEvent =
  | { readonly type: 'table.started'; readonly table: string; readonly estimatedRows: number | null }
  /** Parts of an earlier run are kept: so much of it is there before anything is read. Bytes as in `table.progress`, which counts them as well. */
  | { readonly type: 'table.kept'; readonly table: string; readonly rows: number; readonly bytes: number }
  | {
      readonly type: 'table.progress';
      readonly table: string;
      readonly rows: number;
      readonly bytes: number;
      readonly rowsPerSecond: number;
      /** An estimate, or null. */
      readonly etaMs: number | null;
    }
  | {
      /** A connection was lost, and the piece that it was at is read again. */
      readonly type: 'table.retry';
      readonly table: string;
      /** Counted from 1. */
      readonly attempt: number;
      readonly error: WireError;
    }
  | { readonly type: 'table.checking'; readonly table: string; readonly rows: number; readonly bytes: number }
  | { readonly type: 'table.finished'; readonly result: TableResult };
