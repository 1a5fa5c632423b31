import type { Core } from '../../app/core.ts';
import type { OpenPlan } from '../../app/open-plan.ts';
import { pauseOf } from '../../app/pause-of.ts';
import type { Pause } from '../../engine/run/pause.ts';
import type { Invocation } from './command.ts';

/** A paragraph of help for commands that run. */
export const PAUSE_HELP =
  'SIGUSR2 pauses a run, and once more lets it go on (kill -USR2 PID; not on Windows): nothing is read, the snapshot stays open, and after limits.pauseMinutes of the plan (30) the run goes on by itself.';

interface PauseBySignal extends Disposable {
  readonly pause: Pause;
}

/** What a run is paused by, and goes on by: each signal is the other one. */
export function pauseBySignal(core: Core, open: OpenPlan, { onPauseSignal, output }: Invocation): PauseBySignal {
  const pause = pauseOf(core, open);
  const stop = onPauseSignal(() => {
    if (pause.held !== null) pause.end();
    else if (pause.terms !== null) pause.begin();
    else output.note('The run cannot be paused: limits.pauseMinutes of its plan is 0, or nothing is left to read.');
  });
  return { pause, [Symbol.dispose]: stop };
}
