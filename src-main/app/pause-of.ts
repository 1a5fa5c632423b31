import { DEFAULT_PAUSE_MINUTES } from '../../src-shared/model/plan.ts';
import { Pause } from '../engine/run/pause.ts';
import type { Core } from './core.ts';
import { requireCompiled, type OpenPlan } from './open-plan.ts';

const MINUTE_MS = 60_000;

/** What a run of this plan is paused by, if anybody wants to. */
export function pauseOf({ clock }: Pick<Core, 'clock'>, open: OpenPlan): Pause {
  const { limits } = requireCompiled(open);
  return new Pause({
    limitMs: (limits.pauseMinutes ?? DEFAULT_PAUSE_MINUTES) * MINUTE_MS,
    // A server that counts the time of a statement counts while nobody reads what it sends.
    withinStatements: limits.statementTimeoutMs === 0,
    meanwhile: open.connection.connector.traits.snapshotCost,
    clock,
  });
}
