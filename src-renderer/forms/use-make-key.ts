import { useState, type ReactNode } from 'react';
import { useCore, useForget } from '../rpc/core-context.tsx';
import { useSecretsGate } from './use-secrets-gate.tsx';

export interface MakeKey {
  /** Makes a named pseudonym key where keys can be kept; false: it was not made, and `error` says why, if anything. */
  readonly make: (name: string) => Promise<boolean>;
  readonly error: unknown;
  /** Draw it somewhere: the question where secrets shall live, while it is asked. */
  readonly dialog: ReactNode;
}

/** Answers that speak of keys, or hang on one. */
const FORGOTTEN = ['keys', 'secrets', 'plans', 'preview', 'sample'];

/** Making a pseudonym key. */
export function useMakeKey(): MakeKey {
  const core = useCore();
  const forget = useForget();
  const { ensure, dialog } = useSecretsGate();
  const [error, setError] = useState<unknown>(null);
  const make = async (name: string): Promise<boolean> => {
    setError(null);
    try {
      if ((await ensure('durable')) === null) return false;
      await core.keys.add({ name });
      await Promise.all(FORGOTTEN.map((key) => forget([key])));
      return true;
    } catch (failure) {
      setError(failure);
      return false;
    }
  };
  return { make, error, dialog };
}
