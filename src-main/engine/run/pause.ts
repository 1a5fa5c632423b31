import type { Clock } from '../../ports/clock.ts';
import { cancelled } from './cancelled.ts';

/** How a run may be paused. */
export interface PauseTerms {
  /** So long at most; then it goes on by itself. 0: not at all. */
  readonly limitMs: number;
  /**
   * Also in the middle of a statement, which then waits on the server. Where the plan limits how long statements take, a pause
   * begins between two of them.
   */
  readonly withinStatements: boolean;
  /** What the open snapshot costs others meanwhile, in sentences. */
  readonly meanwhile: string;
  readonly clock: Clock;
}

/** A pause that lasts. */
export interface HeldPause {
  readonly since: Date;
  /** When the run goes on by itself. */
  readonly until: Date;
  /** What is being read is read to its end first. */
  readonly afterStatement: boolean;
  /** What the open snapshot costs others, in sentences. */
  readonly meanwhile: string;
}

export type PauseEvent =
  | ({ readonly type: 'run.paused' } & HeldPause)
  | {
      readonly type: 'run.continued';
      /** `limit`: by itself. `over`: there was nothing left to read, or the run was cancelled. */
      readonly reason: 'asked' | 'limit' | 'over';
      readonly pausedMs: number;
    };

/** Holds all readers of a run between two batches for as long as a person wants, and no longer than it may. */
export class Pause {
  /** Stands still while the run is paused; what it was paused for is in no rate. */
  readonly clock: Clock;
  readonly #terms: PauseTerms;
  readonly #listeners = new Set<(event: PauseEvent) => void>();
  #held: (HeldPause & Holding) | null = null;
  #before = { times: 0, ms: 0 };
  #over = false;

  constructor(terms: PauseTerms) {
    const { clock } = terms;
    this.#terms = terms;
    this.clock = { now: () => clock.now(), monotonicMs: () => clock.monotonicMs() - this.total.ms };
  }

  /** How it may be paused; null: not at all, or not any more. */
  get terms(): Pick<PauseTerms, 'limitMs' | 'meanwhile'> | null {
    return this.#over || this.#terms.limitMs === 0 ? null : this.#terms;
  }

  /** null: the run is not paused. */
  get held(): HeldPause | null {
    return this.#held;
  }

  /** How often the run was paused until now, and for how long in all. */
  get total(): { readonly times: number; readonly ms: number } {
    const { times, ms } = this.#before;
    return this.#held === null ? { times, ms } : { times: times + 1, ms: ms + this.#heldMs(this.#held) };
  }

  /** Tells of every pause from now on, and of one that lasts at once. */
  listen(listener: (event: PauseEvent) => void): void {
    this.#listeners.add(listener);
    if (this.#held !== null) listener(pausedEvent(this.#held));
  }

  /** Pauses the run, if that is still possible. */
  begin(): void {
    const { limitMs, withinStatements, meanwhile, clock } = this.#terms;
    if (this.#held !== null || this.terms === null) return;
    const since = clock.now();
    const until = new Date(since.getTime() + limitMs);
    const { promise: over, resolve: end } = Promise.withResolvers<void>();
    const timer = setTimeout(() => this.#end('limit'), limitMs);
    const told = { since, until, afterStatement: !withinStatements, meanwhile };
    this.#held = { ...told, at: clock.monotonicMs(), timer, over, end };
    this.#tell(pausedEvent(this.#held));
  }

  /** The run goes on. */
  end(): void {
    this.#end('asked');
  }

  /** Nothing is read any more: it cannot be paused again. */
  close(): void {
    this.#end('over');
    this.#over = true;
  }

  /** Settles at once, or when the pause is over. `RUN/CANCELLED` as soon as the signal aborts. Call before each statement. */
  async between(signal: AbortSignal): Promise<void> {
    while (this.#held !== null) await overOrAborted(this.#held.over, signal);
  }

  /** As {@link between}; call in the middle of a statement. */
  async within(signal: AbortSignal): Promise<void> {
    if (this.#terms.withinStatements) await this.between(signal);
  }

  #end(reason: 'asked' | 'limit' | 'over'): void {
    const held = this.#held;
    if (held === null) return;
    clearTimeout(held.timer);
    const pausedMs = this.#heldMs(held);
    const { times, ms } = this.#before;
    this.#before = { times: times + 1, ms: ms + pausedMs };
    this.#held = null;
    this.#tell({ type: 'run.continued', reason, pausedMs: Math.round(pausedMs) });
    held.end();
  }

  #heldMs({ at }: Holding): number {
    return this.#terms.clock.monotonicMs() - at;
  }

  #tell(event: PauseEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

interface Holding {
  readonly at: number;
  readonly timer: NodeJS.Timeout;
  readonly over: Promise<void>;
  readonly end: () => void;
}

function pausedEvent({ since, until, afterStatement, meanwhile }: HeldPause): PauseEvent {
  return { type: 'run.paused', since, until, afterStatement, meanwhile };
}

async function overOrAborted(over: Promise<void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw cancelled();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(cancelled());
  signal.addEventListener('abort', stop, { once: true });
  try {
    await Promise.race([over, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
