import { useRef, useState } from 'react';
import type { LedgerBundleFacts } from '../../../src-shared/contract/evidence.ts';
import { useCore, useFacts } from '../../rpc/core-context.tsx';
import { proposedFolder } from './proposed-folder.ts';

export interface BundleState {
  readonly out: string;
  readonly withoutSql: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  readonly made: LedgerBundleFacts | null;
  readonly change: (part: { readonly out?: string; readonly withoutSql?: boolean }) => void;
  readonly make: () => void;
  /** Ends the making, if there is one: nothing of the folder stays. */
  readonly stop: () => void;
}

/** The making of one audit bundle. */
export function useBundle(): BundleState {
  const core = useCore();
  const { documents } = useFacts();
  const [wish, setWish] = useState(() => ({ out: proposedFolder(documents, new Date()), withoutSql: false }));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [made, setMade] = useState<LedgerBundleFacts | null>(null);
  const running = useRef<AbortController | null>(null);
  const run = async (): Promise<void> => {
    const controller = new AbortController();
    running.current = controller;
    setBusy(true);
    setError(null);
    setMade(null);
    try {
      setMade(await core.ledger.bundle({ ...wish, out: wish.out.trim() }, { signal: controller.signal }));
    } catch (failure) {
      if (!controller.signal.aborted) setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return {
    ...wish,
    busy,
    error,
    made,
    change: (part) => setWish((now) => ({ ...now, ...part })),
    make: () => void run(),
    stop: () => running.current?.abort(),
  };
}
