import type { HeldPause, PauseEvent } from '../engine/run/pause.ts';
import type { Core } from './core.ts';
import { logFailure } from './log-failure.ts';
import type { LiveRun, RunFacts } from './run-records.ts';

/** Writes down in the record of a run that it is paused, for other processes of this home. A run does not fail for it. */
export class PauseRecord {
  readonly #core: Core;
  readonly #live: LiveRun;
  #written: Promise<void> = Promise.resolve();

  constructor(core: Core, live: LiveRun) {
    this.#core = core;
    this.#live = live;
  }

  onEvent(event: PauseEvent): void {
    const paused = event.type === 'run.paused' ? recorded(event) : undefined;
    // One after the other: the last one must be the last in the file as well.
    this.#written = this.#written
      .then(() => this.#live.update({ paused }))
      .catch((error: unknown) => logFailure(this.#core, 'run.paused', error));
    this.#core.log.info(event.type, event.type === 'run.paused' ? {} : { reason: event.reason, ms: event.pausedMs });
  }

  /** Nothing is being written any more. */
  get settled(): Promise<void> {
    return this.#written;
  }
}

/** A pause as records and screens are told it. */
export function recorded({ since, until, afterStatement }: HeldPause): NonNullable<RunFacts['paused']> {
  return { since: since.toISOString(), until: until.toISOString(), afterStatement };
}
