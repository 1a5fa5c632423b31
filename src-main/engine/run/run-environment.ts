import type { KeyRange } from '../../../src-shared/model/table-read.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Compression } from '../../ports/compression.ts';
import type { FileDigester } from '../../ports/digest.ts';
import type { Store } from '../../ports/store.ts';
import type { Pause } from './pause.ts';
import type { SpaceWatch } from './space-watch.ts';
import type { BoundFormat, CutTable, RunEvent, TableJob, TableResult, WrittenFile } from './table-job.ts';
import type { GrantSelect } from './table-error.ts';
import type { Throttle } from './throttle.ts';

/** What all tables of a run share. */
export interface RunEnvironment {
  readonly store: Store;
  readonly digester: FileDigester;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly format: BoundFormat;
  /** What the names of files end with: the format's, and that of the compression. */
  readonly extension: string;
  /** null: files are written as they are. */
  readonly compression?: Compression | null;
  /** Absolute path of the package being written. */
  readonly folder: string;
  readonly cellBytes: number;
  readonly space: SpaceWatch;
  /** One for all tables; null: nothing is limited. */
  readonly throttle?: Throttle | null;
  /** One for all tables; absent: the run is never paused. `clock` is then that of the pause. */
  readonly pause?: Pause;
  /** null: each table is one file. */
  readonly chunk?: ChunkSize | null;
  /** Of tables that an earlier run had cut, by name: what of them is not read again. */
  readonly keptParts?: ReadonlyMap<string, CutTable>;
  readonly grant: GrantSelect;
  readonly onEvent: (event: RunEvent) => void;
  /** A table is whole, and the next one waits until this has resolved. It does not reject. */
  readonly onWhole?: (result: TableResult) => Promise<void>;
  /** The next range of a table was cut: its place, counted from 0, and before it is read. Does not reject. */
  readonly onCut?: (job: TableJob, cut: { readonly at: number; readonly range: KeyRange }) => Promise<void>;
  /**
   * A part is whole: its place among the ranges. `range`: it was not known before. Its reader waits; it does not reject.
   */
  readonly onPart?: (
    job: TableJob,
    part: { readonly at: number; readonly file: WrittenFile; readonly range?: KeyRange },
  ) => Promise<void>;
}

/** How large a part of a table may become; Infinity: as large as it is. */
export interface ChunkSize {
  readonly rows: number;
  readonly bytes: number;
}
