import type { CompiledPlan } from '../../src-shared/model/compiled-plan.ts';
import type { LoadTally } from '../engine/run/load-tally.ts';
import type { Pause } from '../engine/run/pause.ts';
import type { RunEvent, TableResult } from '../engine/run/table-job.ts';
import type { ServerFacts, Session } from '../ports/connector.ts';
import type { LedgerWriter } from '../ports/ledger.ts';
import type { BoundRun } from './bind-jobs.ts';
import type { OpenConnection } from './connections.ts';
import type { Core } from './core.ts';
import type { KeptParts } from './kept-parts.ts';
import type { KeptTable } from './kept-tables.ts';
import type { LiveRun, RunFacts } from './run-records.ts';
import type { RunStage } from './run-stage.ts';
import type { DeliveryEvent } from './send-files.ts';

export interface ExportRequest {
  readonly compiled: CompiledPlan;
  readonly planDigest: string;
  readonly planText: string;
  /** The file that a person keeps the plan in; null: nobody knows it. */
  readonly planPath: string | null;
  /** What the plan was opened with. */
  readonly inputs: { readonly params: Readonly<Record<string, string>>; readonly only: readonly string[] };
  /** The run that is gone on with, and what of it is kept; null: it is a run of its own. */
  readonly resumes: {
    readonly run: string;
    readonly kept: readonly KeptTable[];
    /** Of tables that it had not finished. */
    readonly parts: readonly KeptParts[];
  } | null;
  readonly bound: BoundRun;
  readonly connection: OpenConnection;
  /** Absolute folder the package appears in. */
  readonly out: string;
  /** What a person let pass by starting it, in words for the ledger. */
  readonly consents: readonly string[];
  readonly accepted: NonNullable<RunFacts['accepted']>;
  /** A package that cannot be proven complete is not delivered. */
  readonly requireProof: boolean;
  readonly signal: AbortSignal;
  readonly pause: Pause;
  readonly onEvent: (event: RunEvent) => void;
  readonly onDelivery: (event: DeliveryEvent) => void;
  readonly onStage: (stage: RunStage) => void;
  /** Told of each session that is to read, before it does; awaited, does not reject. */
  readonly onSession?: (session: Session) => Promise<void>;
}

/** What the steps of one export share. */
export interface ExportContext {
  readonly core: Core;
  readonly request: ExportRequest;
  readonly ledger: LedgerWriter;
  readonly facts: ServerFacts;
  readonly live: LiveRun;
  readonly run: string;
  /** How the run's own sessions do on their server. */
  readonly load: LoadTally;
}

export interface ExportOutcome {
  readonly tables: readonly TableResult[];
  readonly snapshot: string | null;
  /** Why nothing could be read at all. */
  readonly error: unknown;
}
