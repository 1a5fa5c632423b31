import { useCallback, useState } from 'react';
import type { TargetAnswer } from '../../../src-shared/contract/targets.ts';
import { useCore } from '../../rpc/core-context.tsx';

type Outcome = { readonly answer: TargetAnswer } | { readonly error: unknown };

export interface TargetTest {
  readonly testing: boolean;
  /** Of the last test; null: none was made since the target is shown. */
  readonly outcome: Outcome | null;
  readonly test: () => void;
}

/** Testing a saved target. */
export function useTargetTest(name: string): TargetTest {
  const core = useCore();
  const [testing, setTesting] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const test = useCallback((): void => {
    setTesting(true);
    void core.targets
      .test({ name })
      .then((answer) => setOutcome({ answer }))
      .catch((error: unknown) => setOutcome({ error }))
      .finally(() => setTesting(false));
  }, [core, name]);
  return { testing, outcome, test };
}
