import { useAnswer } from '../../rpc/core-context.tsx';

export const useTargets = () =>
  useAnswer(['targets', 'list'], (core, signal) => core.targets.list(undefined, { signal }));
