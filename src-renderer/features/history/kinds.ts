import type { PastRun } from '../../../src-shared/contract/runs.ts';

/**
 * How a run is drawn. `whole`: everything arrived. `other`: everything arrived, of another number of tables than the newest
 * whole run has. `open`: it did not end well, or has not ended.
 */
export type RunKind = 'whole' | 'other' | 'open';

/** Tables of the newest whole run: what others are compared with. Null: no run is whole. `runs`: newest first. */
export function usualTables(runs: readonly PastRun[]): number | null {
  return runs.find(({ state }) => state === 'succeeded')?.tables ?? null;
}

export function kindOf({ state, tables }: Pick<PastRun, 'state' | 'tables'>, usual: number | null): RunKind {
  if (state !== 'succeeded') return 'open';
  return tables === usual ? 'whole' : 'other';
}

/** Places of an axis under which a date is written, first and last among them, as many as there is room for. */
export function datedPlaces(count: number, room: number): ReadonlySet<number> {
  const wanted = Math.max(1, Math.min(count, room));
  if (wanted === 1) return new Set([0]);
  return new Set(Array.from({ length: wanted }, (_, at) => Math.round((at * (count - 1)) / (wanted - 1))));
}
