import type { PastRun, RunDetail, RunSummary, RunUpdate } from '../../../../src-shared/contract/runs.ts';
import { appError } from '../../../../src-shared/errors/app-error.ts';
import { isAlive } from '../../../../src-shared/model/run-state.ts';
import type { Core } from '../../core.ts';
import { logFailure } from '../../log-failure.ts';
import { readRun } from '../../run-records.ts';
import { settleUnasked } from '../../settle-unasked.ts';
import type { Changes } from '../changes.ts';
import { latest } from '../latest.ts';
import { LiveRun } from './live-run.ts';
import { NOTHING_SEEN } from './run-board.ts';
import { openForRun, openToRepeat, type RepeatRequest, type StartRequest } from './open-run.ts';
import { openToResume, type ResumeRequest } from './open-to-resume.ts';
import { RunShelf } from './run-shelf.ts';
import { storedDetail } from './stored-run.ts';

const WATCH_EVERY_MS = 100;
const PAUSE_THERE = 'Pause it where it was started: in its own window, or with SIGUSR2 to its process.';
/** Runs that have ended stay in memory for those who still look at them. */
const KEPT_ENDED = 20;

/** The runs of a home as its windows see them: those of this process alive, the others by their records. */
export class LiveRuns {
  readonly #core: Core;
  readonly #changes: Changes;
  readonly #live = new Map<string, LiveRun>();
  readonly #shelf: RunShelf;
  #settled: Promise<void> | null = null;

  constructor(core: Core, changes: Changes) {
    this.#core = core;
    this.#changes = changes;
    this.#shelf = new RunShelf(core);
  }

  /** Runs of this process that have not ended. */
  get alive(): number {
    return this.#here().length;
  }

  /** Newest first. Those that died before this process began are written down first, where nobody has to be asked. */
  async list(): Promise<RunSummary[]> {
    await (this.#settled ??= this.#settleDead());
    const stored = await this.#shelf.list();
    return stored.map((summary) => this.#alive(summary.run)?.summary() ?? summary);
  }

  /** The runs of the plan of this name, newest first. */
  async history(plan: string): Promise<PastRun[]> {
    await (this.#settled ??= this.#settleDead());
    const past = await this.#shelf.history(plan);
    return past.map((run) => ({ ...run, ...this.#alive(run.run)?.summary() }));
  }

  async show(run: string): Promise<RunDetail> {
    const stored = await storedDetail(this.#core, await readRun(this.#core, run));
    const live = this.#alive(run);
    if (live === undefined) return stored;
    const { update } = live.update(NOTHING_SEEN);
    const { summary, tables: tableList, ended: _ended, ...moving } = update;
    const { snapshot, startSeq, warnings, production } = live.notes();
    const own = { snapshot, ledgerSeq: startSeq, warnings, production, pausable: live.pausable };
    return { ...stored, ...summary, ...moving, tableList, ...own };
  }

  /** Changes of a run of this process; the first message holds everything, and the last one says that it has ended. */
  async *watch(run: string, signal: AbortSignal | undefined): AsyncGenerator<RunUpdate, void> {
    const live = this.#live.get(run);
    // Another process executes it, or it has ended: `app.status` tells when its record changes.
    if (live === undefined) return void (await readRun(this.#core, run));
    const told = { mark: NOTHING_SEEN, ended: false };
    const source = {
      read: (): RunUpdate => {
        const { update, mark } = live.update(told.mark);
        Object.assign(told, { mark, ended: update.ended });
        return update;
      },
      subscribe: (changed: () => void) => live.board.changes.subscribe(changed),
      isOver: () => told.ended,
    };
    yield* latest(source, { intervalMs: WATCH_EVERY_MS, signal });
  }

  /** Runs a plan file; gives the run's id when its start is durable. */
  async start(request: StartRequest, signal: AbortSignal): Promise<string> {
    return this.#begin(signal, (own) => openForRun(this.#core, request, own));
  }

  /** Runs the stored plan of a run again. */
  async repeat(request: RepeatRequest, signal: AbortSignal): Promise<string> {
    return this.#begin(signal, (own) => openToRepeat(this.#core, request, own));
  }

  /** Goes on with a run that did not end well. */
  async resume(request: ResumeRequest, signal: AbortSignal): Promise<string> {
    // One that died is written down first, so that it is over for everybody.
    await this.#core.ledger();
    return this.#begin(signal, (own) => openToResume(this.#core, request, own));
  }

  async cancel(run: string): Promise<void> {
    (await this.#own(run, 'Stop it where it was started, with Ctrl+C in its terminal or in its own window.'))?.cancel();
  }

  async pause(run: string): Promise<void> {
    (await this.#own(run, PAUSE_THERE))?.pause();
  }

  async goOn(run: string): Promise<void> {
    (await this.#own(run, PAUSE_THERE))?.goOn();
  }

  /** A run of this process, `undefined` for one that is over; of another process: `RUN/ELSEWHERE`. */
  async #own(run: string, remedy: string): Promise<LiveRun | undefined> {
    const live = this.#live.get(run);
    if (live !== undefined || !isAlive(await readRun(this.#core, run))) return live;
    throw appError('RUN/ELSEWHERE', { message: `The run ${run} belongs to another process of Waybill.`, remedy });
  }

  /** Cancels what runs here; resolves when each has ended and that is written down. */
  async end(): Promise<void> {
    const here = this.#here();
    for (const live of here) live.cancel();
    await Promise.all(here.map(({ over }) => over));
  }

  /** Calls back when a run of another process began, ended or died, until the result is called. */
  watchOthers(): () => void {
    return this.#shelf.watch(() => this.#changes.touch());
  }

  async #begin(
    signal: AbortSignal,
    open: (own: AbortSignal) => Promise<ConstructorParameters<typeof LiveRun>[1]>,
  ): Promise<string> {
    const controller = new AbortController();
    const stop = (): void => controller.abort();
    signal.addEventListener('abort', stop);
    try {
      signal.throwIfAborted();
      const request = await open(controller.signal);
      const live = new LiveRun(this.#core, request, { controller, changed: () => this.#changes.touch() });
      const run = await live.start();
      this.#live.set(run, live);
      this.#forgetOldest();
      this.#changes.touch();
      return run;
    } finally {
      // From here on the run is its own: the call may end.
      signal.removeEventListener('abort', stop);
    }
  }

  #alive(run: string): LiveRun | undefined {
    const live = this.#live.get(run);
    return live?.hasEnded === false ? live : undefined;
  }

  #here(): LiveRun[] {
    return [...this.#live.values()].filter((live) => !live.hasEnded);
  }

  #forgetOldest(): void {
    const ended = [...this.#live].filter(([, live]) => live.hasEnded);
    for (const [run] of ended.slice(0, Math.max(0, ended.length - KEPT_ENDED))) this.#live.delete(run);
  }

  async #settleDead(): Promise<void> {
    try {
      await settleUnasked(this.#core);
    } catch (error) {
      logFailure(this.#core, 'runs.list', error);
    }
  }
}
