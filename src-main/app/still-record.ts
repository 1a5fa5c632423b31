import type { HeldPause } from '../engine/run/pause.ts';
import type { StillEvent } from '../engine/run/table-job.ts';
import type { Core } from './core.ts';
import { logFailure } from './log-failure.ts';
import type { LiveRun, RunFacts } from './run-records.ts';

/** Writes down in the record of a run that it waits or is paused, for other processes of this home. A run does not fail for it. */
export class StillRecord {
  readonly #core: Core;
  readonly #live: LiveRun;
  #written: Promise<void> = Promise.resolve();

  constructor(core: Core, live: LiveRun) {
    this.#core = core;
    this.#live = live;
  }

  onEvent(event: StillEvent): void {
    // One after the other: the last one must be the last in the file as well.
    this.#written = this.#written
      .then(() => this.#live.update(changeOf(event)))
      .catch((error: unknown) => logFailure(this.#core, event.type, error));
    this.#core.log.info(event.type, {});
  }

  /** Nothing is being written any more. */
  get settled(): Promise<void> {
    return this.#written;
  }
}

function changeOf(event: StillEvent): Partial<RunFacts> {
  switch (event.type) {
    case 'run.paused':
      return { paused: recorded(event) };
    case 'run.continued':
      return { paused: undefined };
    case 'run.queued':
      return { queued: { until: event.until.toISOString() } };
    case 'run.begins':
      return { queued: undefined };
  }
}

/** A pause as records and screens are told it. */
export function recorded({ since, until, afterStatement }: HeldPause): NonNullable<RunFacts['paused']> {
  return { since: since.toISOString(), until: until.toISOString(), afterStatement };
}
