import { useEffect } from 'react';
import { create } from 'zustand';
import type { RunDetail, RunSummary, RunUpdate } from '../../src-shared/contract/runs.ts';
import type { CoreClient } from '../../src-shared/contract/contract.ts';
import { isAlive } from '../../src-shared/model/run-state.ts';
import { useAnswer, useCore } from './core-context.tsx';
import { mergeUpdate, overlay } from './merge-update.ts';

interface LiveRunsState {
  /** By run, in the order in which this window learnt of them. */
  readonly runs: Readonly<Record<string, RunUpdate>>;
}

const useStore = create<LiveRunsState>()(() => ({ runs: {} }));

export const useRunList = () => useAnswer(['runs', 'list'], (core, signal) => core.runs.list(undefined, { signal }));

/** Follows the runs of this core while they live. Once for each window: all of its screens look at the same messages. */
export function useFollowRuns(onError: (error: unknown) => void): void {
  const core = useCore();
  const { data = [] } = useRunList();
  const alive = data.filter(isAliveHere).map(({ run }) => run);
  const key = alive.join(' ');
  useEffect(() => {
    const controller = new AbortController();
    for (const run of key === '' ? [] : key.split(' ')) {
      follow(core, run, controller.signal).catch((error: unknown) => {
        if (!controller.signal.aborted) onError(error);
      });
    }
    return () => controller.abort();
  }, [core, key, onError]);
}

async function follow(core: CoreClient, run: string, signal: AbortSignal): Promise<void> {
  let known: RunUpdate | null = null;
  for await (const update of await core.runs.watch({ run }, { signal })) {
    if (signal.aborted) return;
    known = mergeUpdate(known, update);
    const merged = known;
    useStore.setState(({ runs }) => ({ runs: { ...runs, [run]: merged } }));
  }
}

/** Asks for the end of a run. Screens say so as soon as the core has answered, before its next message about the run. */
export async function cancelRun(core: CoreClient, run: string): Promise<void> {
  await core.runs.cancel({ run });
  useStore.setState(({ runs }) => {
    const live = runs[run];
    if (live === undefined || live.ended) return {};
    return { runs: { ...runs, [run]: { ...live, summary: { ...live.summary, cancelling: true } } } };
  });
}

export function isAliveHere(run: RunSummary): boolean {
  return run.here && isAlive(run);
}

/** What is moving in a run of this core; undefined: nothing is. */
export function useLiveRun(run: string | null): RunUpdate | undefined {
  return useStore(({ runs }) => (run === null ? undefined : runs[run]));
}

/** Runs of this core that are alive, each as it stands now, newest first. */
export function useAliveRuns(): readonly RunUpdate[] {
  const { data = [] } = useRunList();
  const runs = useStore((state) => state.runs);
  return data.filter(isAliveHere).flatMap(({ run }) => {
    const live = runs[run];
    return live === undefined || live.ended ? [] : [live];
  });
}

export interface ShownRun {
  readonly detail: RunDetail | undefined;
  readonly error: Error | null;
  readonly refetch: () => void;
}

/** A run with everything that is known of it, moving while it moves. */
export function useRun(run: string): ShownRun {
  const { data, error, refetch } = useAnswer(['runs', 'show', run], (core, signal) =>
    core.runs.show({ run }, { signal }),
  );
  const live = useLiveRun(run);
  const detail = data === undefined ? undefined : overlay(data, live);
  return { detail, error, refetch: () => void refetch() };
}
