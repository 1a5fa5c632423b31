import { dirname } from 'node:path';
import type { RunDetail, RunSummary, RunUpdate } from '../../../../src-shared/contract/runs.ts';
import { toWireError } from '../../../../src-shared/errors/wire.ts';
import type { Pause } from '../../../engine/run/pause.ts';
import { clearResumed } from '../../clear-resumed.ts';
import type { Core } from '../../core.ts';
import type { ExportResult } from '../../export-result.ts';
import { logFailure } from '../../log-failure.ts';
import { requireCompiled, type OpenPlan } from '../../open-plan.ts';
import { consentsOf, runPlan, type RunPlanRequest } from '../../run-plan.ts';
import { pauseOf } from '../../pause-of.ts';
import { recorded } from '../../still-record.ts';
import { readRun, type RunFacts, type RunState } from '../../run-records.ts';
import type { RunStage } from '../../run-stage.ts';
import { maskedColumns } from './masked-columns.ts';
import { NOTHING_SEEN, RunBoard, type BoardMark } from './run-board.ts';
import { progressOf } from './run-totals.ts';
import { keepNotes, type RunNotes } from './run-notes.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

export interface LiveRunRequest {
  /** Disposed of when the run has ended. */
  readonly open: OpenPlan;
  /** Absolute folder the package appears in. */
  readonly folder: string;
  readonly confirm: string | undefined;
  readonly acceptedCatalog: boolean;
  /** The run that is gone on with, what is kept of it, and the runs whose remains are cleared away once this one is whole. */
  readonly resumes?: NonNullable<RunPlanRequest['resumes']> & { readonly earlier: readonly RunFacts[] };
}

/** A run that this process executes. It lives here, not in a call: windows come and go. */
export class LiveRun {
  readonly #core: Core;
  readonly #request: LiveRunRequest;
  readonly #controller: AbortController;
  readonly #board: RunBoard;
  readonly #pause: Pause;
  readonly #changed: () => void;
  readonly #started: string;
  #run: string | null = null;
  #startSeq: number | null = null;
  #kept: Promise<void> = Promise.resolve();
  #snapshot: string | null = null;
  #result: ExportResult | null = null;
  #end: { readonly state: RunState; readonly at: string } | null = null;
  #over: Promise<void> = Promise.resolve();

  constructor(
    core: Core,
    request: LiveRunRequest,
    { controller, changed }: { readonly controller: AbortController; readonly changed: () => void },
  ) {
    const { tables, deliver } = requireCompiled(request.open);
    this.#core = core;
    this.#request = request;
    this.#controller = controller;
    this.#changed = changed;
    this.#started = core.clock.now().toISOString();
    this.#pause = pauseOf(core, request.open);
    this.#board = new RunBoard(core.clock, { tables, deliver, pause: this.#pause });
  }

  get board(): RunBoard {
    return this.#board;
  }

  get hasEnded(): boolean {
    return this.#end !== null;
  }

  /** Resolves with the run's id when `export.started` is durable; rejects when nothing ran. */
  start(): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    this.#over = this.#execute((run) => resolve(run)).catch(reject);
    return promise;
  }

  /** Resolves when nothing of it goes on, and its end is written down; never rejects. */
  get over(): Promise<void> {
    return this.#over;
  }

  /** Answers at once; the run ends by itself, soon. */
  cancel(): void {
    if (this.#end !== null || this.#controller.signal.aborted) return;
    this.#board.note({ kind: 'cancelling' });
    this.#controller.abort();
    this.#changed();
  }

  /** Nothing more is read until {@link goOn}, or until the plan's limit is reached. */
  pause(): void {
    if (this.#controller.signal.aborted) return;
    this.#pause.begin();
    this.#changed();
  }

  goOn(): void {
    this.#pause.end();
    this.#changed();
  }

  /** What a screen is told of it while it runs, and as the last message. */
  update(seen: BoardMark): { readonly update: RunUpdate; readonly mark: BoardMark } {
    const { mark, ...news } = this.#board.since(seen);
    const { totals, deliveries, load } = this.#board;
    return { update: { summary: this.summary(), totals, deliveries, load, ...news, ended: this.hasEnded }, mark };
  }

  /** How it may be paused now; null: not at all. */
  get pausable(): RunDetail['pausable'] {
    const { terms } = this.#pause;
    return terms === null ? null : { minutes: terms.limitMs / MINUTE_MS, meanwhile: terms.meanwhile };
  }

  summary(): RunSummary {
    const { tables, queuedUntil } = this.#board;
    const { held } = this.#pause;
    const withVerdict = (verdict: string): number => tables.filter((table) => table.verdict === verdict).length;
    return {
      ...{ run: this.#run ?? '', plan: this.#request.open.plan.name, planPath: this.#request.open.planPath },
      ...{
        connection: this.#request.open.connection.name,
        state: this.#end?.state ?? stateOf(held, queuedUntil),
      },
      ...{ started: this.#started, ended: this.#end?.at ?? null, tables: tables.length },
      ...{ complete: withVerdict('complete'), unproven: withVerdict('unproven'), progress: progressOf(tables) },
      here: true,
      ...{ paused: held === null ? null : recorded(held), queuedUntil },
      cancelling: this.#controller.signal.aborted && this.#end === null,
    };
  }

  /** What the record of a run does not hold. */
  notes(): RunNotes {
    const { open, acceptedCatalog } = this.#request;
    const { events, throughput } = this.#board.since(NOTHING_SEEN);
    return {
      ...{ planPath: open.planPath, snapshot: this.#snapshot, startSeq: this.#startSeq, events, throughput },
      warnings: [...consentsOf(open, { acceptedCatalog })],
      masked: maskedColumns(requireCompiled(open)),
      production: open.connection.record.production,
    };
  }

  async #execute(begun: (run: string) => void): Promise<void> {
    const { open, folder, confirm, acceptedCatalog, resumes } = this.#request;
    const board = this.#board;
    const clock = setInterval(() => board.tick(), SECOND_MS);
    try {
      this.#result = await runPlan(this.#core, {
        ...{ open, out: folder, confirm, acceptedCatalog, signal: this.#controller.signal, pause: this.#pause },
        ...(resumes === undefined ? {} : { resumes }),
        onEvent: (event) => board.onEvent(event),
        onDelivery: (event) => board.onDelivery(event),
        onStage: (stage) => this.#onStage(stage, begun),
      });
      if (resumes !== undefined) await clearResumed(this.#core, this.#result, resumes.earlier);
    } catch (error) {
      if (this.#run === null) throw error;
      logFailure(this.#core, 'run', error);
      board.note({ kind: 'failed', table: null, error: toWireError(error) });
    } finally {
      clearInterval(clock);
      await this.#close(open);
    }
    await this.#settle();
  }

  /** A session that cannot say goodbye changes nothing of what was written: the run ends all the same. */
  async #close(open: OpenPlan): Promise<void> {
    try {
      await open[Symbol.asyncDispose]();
    } catch (error) {
      logFailure(this.#core, 'run', error);
    }
  }

  #onStage(stage: RunStage, begun: (run: string) => void): void {
    if (stage.type === 'started') {
      this.#run = stage.run;
      this.#startSeq = stage.ledgerSeq;
    }
    if (stage.type === 'snapshot') this.#snapshot = stage.id;
    this.#board.onStage(stage);
    if (stage.type === 'started') {
      begun(stage.run);
      this.#kept = this.#keep();
    }
    this.#changed();
  }

  async #settle(): Promise<void> {
    const run = this.#run ?? '';
    this.#board.end();
    if (this.#result !== null) this.#board.settleDeliveries(this.#result.deliveries);
    const state = this.#result?.state ?? (await this.#recordedState(run));
    this.#board.note({ kind: 'ended', state, ledgerSeq: this.#result?.ledger.seq ?? null });
    // One after the other: the earlier one must not be the last.
    await this.#kept;
    await this.#keep();
    this.#end = { state, at: this.#core.clock.now().toISOString() };
    this.#board.changes.touch();
    this.#changed();
  }

  /** What its record says of a run that could not end as it should have. */
  async #recordedState(run: string): Promise<RunState> {
    try {
      return (await readRun(this.#core, run)).state;
    } catch (error) {
      logFailure(this.#core, 'run', error);
      return 'failed';
    }
  }

  #keep(): Promise<void> {
    return keepNotes(this.#core, this.#run ?? '', this.notes());
  }
}

function stateOf(held: Pause['held'], queuedUntil: string | null): RunState {
  if (queuedUntil !== null) return 'queued';
  return held === null ? 'running' : 'paused';
}

/** Folder that the package of a run appears in, from that of the run. */
export const packageFolderOf = (own: string): string => dirname(own);
