import type { WireError } from '../../src-shared/errors/wire.ts';
import type { LoadSummary } from '../../src-shared/model/server-load.ts';
import type { LeftOver } from './left-over.ts';
import type { RunFigures } from './run-figures.ts';
import type { RunDelivery, RunState } from './run-records.ts';
import type { ReportedTable } from './run-times.ts';

/** The outcome of an export: what `run --json` prints. */
export interface ExportResult {
  readonly run: string;
  readonly state: RunState;
  /** Absolute path, or null when nothing was written. */
  readonly package: string | null;
  readonly ledger: { readonly seq: number; readonly size: number };
  readonly tables: readonly ReportedTable[];
  readonly summary: RunFigures;
  /** How its own sessions did on their server. */
  readonly load: LoadSummary;
  readonly error?: WireError;
  /** In the order of the plan's `deliver`. */
  readonly deliveries: readonly RunDelivery[];
  /** What could not become a package and lies in its hidden folder still. */
  readonly leftOver?: LeftOver;
}
