import { ulid } from 'ulid';
import type { DeliveryJob } from '../../../src-shared/contract/targets.ts';
import { appError, isAppError } from '../../../src-shared/errors/app-error.ts';
import { toWireError } from '../../../src-shared/errors/wire.ts';
import { RateMeter } from '../../engine/run/rate-meter.ts';
import type { Core } from '../core.ts';
import { deliverPackage } from '../deliver-package.ts';
import { logFailure } from '../log-failure.ts';
import { targetRecordOf } from '../targets.ts';
import { Changes } from './changes.ts';
import { latest } from './latest.ts';

const WATCH_EVERY_MS = 100;
/** Jobs that have ended are listed until this many newer ones have ended. */
const KEPT_ENDED = 50;

export interface DeliveryWish {
  /** Absolute folder of the package. */
  readonly package: string;
  readonly target: string;
  readonly path: string;
  readonly incomplete: boolean;
}

interface Job {
  state: DeliveryJob;
  readonly controller: AbortController;
  readonly changes: Changes;
  /** Resolves when nothing of it goes on; never rejects. */
  over: Promise<void>;
}

/** Deliveries that this process does. Each lives here, not in a call. */
export class DeliveryJobs {
  readonly #core: Core;
  readonly #changes: Changes;
  readonly #jobs = new Map<string, Job>();

  constructor(core: Core, changes: Changes) {
    this.#core = core;
    this.#changes = changes;
  }

  /** Deliveries that have not ended. */
  get alive(): number {
    return [...this.#jobs.values()].filter(({ state }) => state.ended === null).length;
  }

  /** Newest first. */
  list(): DeliveryJob[] {
    return [...this.#jobs.values()].map(({ state }) => state).reverse();
  }

  /** Begins a delivery and gives its id; an unknown target is an error at once. */
  async send(wish: DeliveryWish): Promise<string> {
    await targetRecordOf(this.#core, wish.target);
    const id = ulid(this.#core.clock.now().getTime());
    const job: Job = {
      state: newJob(id, wish, this.#now()),
      controller: new AbortController(),
      changes: new Changes(),
      over: Promise.resolve(),
    };
    this.#jobs.set(id, job);
    job.over = this.#execute(job, wish);
    this.#forgetOldest();
    this.#changes.touch();
    return id;
  }

  watch(id: string, signal: AbortSignal | undefined): AsyncGenerator<DeliveryJob, void> {
    const job = this.#job(id);
    const told = { isOver: false };
    const source = {
      read: (): DeliveryJob => {
        told.isOver = job.state.ended !== null;
        return job.state;
      },
      subscribe: (changed: () => void) => job.changes.subscribe(changed),
      isOver: () => told.isOver,
    };
    return latest(source, { intervalMs: WATCH_EVERY_MS, signal });
  }

  cancel(id: string): void {
    this.#job(id).controller.abort();
  }

  /** Cancels what is under way; resolves when that is written down. */
  async end(): Promise<void> {
    const jobs = [...this.#jobs.values()];
    for (const { controller } of jobs) controller.abort();
    await Promise.all(jobs.map(({ over }) => over));
  }

  async #execute(job: Job, wish: DeliveryWish): Promise<void> {
    const change = (part: Partial<DeliveryJob>): void => {
      job.state = { ...job.state, ...part };
      job.changes.touch();
    };
    const meter = new RateMeter(this.#core.clock);
    try {
      const { uri, already, ledger } = await deliverPackage(this.#core, {
        ...{ folder: wish.package, target: wish.target, path: wish.path, incomplete: wish.incomplete },
        signal: job.controller.signal,
        onEvent: ({ type, path, doneBytes, totalBytes }) => {
          const doing = type === 'finished' ? 'checking' : type;
          change({ state: 'sending', step: { doing, path }, ...{ doneBytes, totalBytes } });
          change({ bytesPerSecond: meter.rate(doneBytes) });
        },
      });
      change({ state: already ? 'confirmed' : 'sent', uri, ledgerSeq: ledger.seq, ...this.#end() });
    } catch (error) {
      logFailure(this.#core, 'deliveries.send', error);
      const isUnknown = isAppError(error, 'TARGET/OUTCOME_UNKNOWN');
      change({ state: isUnknown ? 'indeterminate' : 'failed', error: toWireError(error), ...this.#end() });
    }
    this.#changes.touch();
  }

  #end(): Pick<DeliveryJob, 'step' | 'bytesPerSecond' | 'ended'> {
    return { step: null, bytesPerSecond: 0, ended: this.#now() };
  }

  #now(): string {
    return this.#core.clock.now().toISOString();
  }

  #job(id: string): Job {
    const job = this.#jobs.get(id);
    if (job !== undefined) return job;
    throw appError('RUN/ABSENT', {
      message: `There is no delivery ${id} here.`,
      remedy: 'Look for it in the ledger: every delivery is recorded there.',
    });
  }

  #forgetOldest(): void {
    const ended = [...this.#jobs].filter(([, { state }]) => state.ended !== null);
    for (const [id] of ended.slice(0, Math.max(0, ended.length - KEPT_ENDED))) this.#jobs.delete(id);
  }
}

function newJob(id: string, { package: folder, target, path }: DeliveryWish, started: string): DeliveryJob {
  return {
    ...{ id, package: folder, target, path, state: 'pending', started, ended: null },
    ...{ doneBytes: null, totalBytes: null, uri: null, volume: null, error: null, bytesPerSecond: 0, ledgerSeq: null },
    // A package is verified before the first byte leaves.
    step: { doing: 'verifying', path: '' },
  };
}
