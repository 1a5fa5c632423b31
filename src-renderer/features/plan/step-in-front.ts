import { create } from 'zustand';
import type { StepId } from './step-ids.ts';

/** The step that each open plan was left at, by path: who looks at another tab comes back to it. */
const useSteps = create<Readonly<Record<string, StepId>>>()(() => ({}));

export function useStepInFront(path: string): StepId {
  return useSteps((steps) => steps[path]) ?? 'tables';
}

export const goToStep = (path: string, step: StepId): void => useSteps.setState({ [path]: step });

/** Its tab was closed: opened again, it begins at the first step. */
export const forgetStep = (path: string): void => useSteps.setState(({ [path]: _left, ...others }) => others, true);
