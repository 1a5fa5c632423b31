import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { isAppError } from '../../../src-shared/errors/app-error.ts';
import { useAnswer, useCore, useFacts, useStream } from '../../rpc/core-context.tsx';
import { tabKey, useWorkbench } from '../../state/workbench.ts';
import { askCompiled, forgetCompiled } from './ask-compiled.ts';
import { forgetPlanStore, planStoreOf, type PlanStore } from './plan-document.ts';
import type { PlanEditorState } from './plan-editor.ts';
import type { StepId } from './step-ids.ts';
import { forgetStep } from './step-in-front.ts';
import { useExactCounts } from './use-exact-counts.ts';

const LOOK_AGAIN_MS = 2000;

/** The store of a plan, read and followed while it is on screen. */
export function usePlanStore(path: string): PlanStore {
  const core = useCore();
  const store = planStoreOf(core, path);
  useEffect(() => {
    if (store.getState().state === null) void store.getState().open();
    return () => {
      const isOpen = useWorkbench.getState().tabs.some((tab) => tabKey(tab) === tabKey({ kind: 'plan', id: path }));
      if (isOpen) return;
      forgetPlanStore(core, path);
      forgetCompiled(core, path);
      forgetStep(path);
    };
  }, [core, path, store]);
  useFollowFile(path, store);
  return store;
}

/** A file that is gone is looked for again: what another program writes there later is seen as well. */
function useFollowFile(path: string, store: PlanStore): void {
  const [attempt, setAttempt] = useState(0);
  const [isLost, setLost] = useState(false);
  useEffect(() => {
    if (!isLost) return undefined;
    const timer = setTimeout(() => {
      setLost(false);
      setAttempt((before) => before + 1);
    }, LOOK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [isLost]);
  useStream((asked, signal) => asked.plans.watch({ path }, { signal }), {
    key: `${path} ${attempt}`,
    onValue: (file) => store.getState().seen(file),
    onError: (error) => {
      store.getState().unseen(error);
      setLost(!isAppError(error, 'APP/CORE_LOST') && !isAppError(error, 'APP/CHANNEL_CLOSED'));
    },
  });
}

/** What the steps work with; null while the file is being read, or is no plan. */
export function usePlanEditor(store: PlanStore, path: string, goTo: (step: StepId) => void): PlanEditorState | null {
  const { state, edit, editBy, accept } = useStore(store);
  const { connectors } = useFacts();
  const digest = state?.digest ?? '';
  const { data: connections } = useAnswer(['connections', 'list'], (core, signal) =>
    core.connections.list(undefined, { signal }),
  );
  const plan = state?.plan ?? null;
  const { data, error, isPlaceholderData } = useAnswer(
    ['plans', 'compile', path, digest],
    (core, signal) => askCompiled(core, path, signal),
    { enabled: plan !== null, keepLast: true, large: true },
  );
  const found = connections?.find(({ name }) => name === plan?.connection);
  const connection = found ?? null;
  const traits = connectors.find(({ id }) => id === connection?.connector)?.traits;
  const compiled = data ?? null;
  const exact = useExactCounts(path, {
    ...{ plan, compiled, connection: connections === undefined ? undefined : connection },
    isLocal: traits?.['network'] === false,
  });
  return useMemo(
    () =>
      state === null || plan === null
        ? null
        : {
            path,
            file: state,
            plan,
            compiled,
            compileError: error,
            isStale: isPlaceholderData,
            connection,
            edit,
            editBy,
            accept,
            exact,
            goTo,
          },
    [path, state, plan, compiled, error, isPlaceholderData, connection, edit, editBy, accept, exact, goTo],
  );
}
