import type { TargetFacts } from '../../../src-shared/contract/targets.ts';
import { useAnswer } from '../../rpc/core-context.tsx';
import { useChosenTarget } from './chosen-target.ts';

export const useTargets = () =>
  useAnswer(['targets', 'list'], (core, signal) => core.targets.list(undefined, { signal }));

/** The target that is shown: the chosen one; the first, while it is none or not in the list (yet, or any more). */
export function useShownTarget(): TargetFacts | undefined {
  const { data } = useTargets();
  const chosen = useChosenTarget((state) => state.name);
  return data?.find(({ name }) => name === chosen) ?? data?.[0];
}
