import { useCallback, useEffect, useState } from 'react';
import type { SecretsStatus } from '../../src-shared/contract/secrets.ts';
import { useAnswer, useSettings } from '../rpc/core-context.tsx';

const HINT = 'where-secrets';

/** A question that comes later than this would push away what a person has begun; the first secret asks it then. */
const COMES_WITHIN_MS = 3_000;

export interface FirstSecrets {
  /** What to ask about; null: nothing is to be asked. */
  readonly status: SecretsStatus | null;
  readonly done: () => void;
}

/** Whether the question where secrets live is to be asked before anything else: once, where no keychain works. */
export function useFirstSecrets(): FirstSecrets {
  const { settings, change } = useSettings();
  const [isOver, setOver] = useState(settings.dismissed.includes(HINT));
  const { data } = useAnswer(['secrets', 'status'], (core, signal) => core.secrets.status(undefined, { signal }), {
    enabled: !isOver,
  });
  const done = useCallback(() => {
    setOver(true);
    void change({ dismissed: [...settings.dismissed, HINT] });
  }, [change, settings.dismissed]);
  const isAnswered = data !== undefined && !isOpenQuestion(data);
  useEffect(() => {
    if (isOver) return undefined;
    if (isAnswered) done();
    const timer = data === undefined ? setTimeout(() => setOver(true), COMES_WITHIN_MS) : undefined;
    return () => clearTimeout(timer);
  }, [isOver, isAnswered, data, done]);
  return { status: isOver || isAnswered ? null : (data ?? null), done };
}

function isOpenQuestion({ chosen, backends }: SecretsStatus): boolean {
  return chosen === null && backends.every(({ backend, state }) => backend === 'session' || state !== 'works');
}
