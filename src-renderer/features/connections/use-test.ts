import { useCallback, useRef, useState } from 'react';
import type { ServerFactsNow } from '../../../src-shared/contract/connections.ts';
import type { WireError } from '../../../src-shared/errors/wire.ts';
import { useCore } from '../../rpc/core-context.tsx';
import { givenOf, testedPart, type ConnectionDraft, type ConnectionParts } from './draft.ts';
import { errorOnScreen } from '../../text/error-on-screen.ts';

/** `part`: what was tested; another part in the form makes the result an old one. */
export type TestState =
  | { readonly state: 'none' }
  | { readonly state: 'testing' }
  | { readonly state: 'connected'; readonly facts: ServerFactsNow; readonly ms: number; readonly part: string }
  | { readonly state: 'failed'; readonly error: WireError; readonly part: string };

export interface ConnectionTest {
  readonly result: TestState;
  readonly run: (draft: ConnectionDraft, parts: ConnectionParts, saved: string | null) => Promise<TestState>;
  readonly stop: () => void;
  /** An error of saving is shown as one of a test: it belongs to the same fields. */
  readonly fail: (error: unknown, draft: ConnectionDraft) => void;
}

/** Tries the connection in the form, saved or not; one test at a time. */
export function useTest(): ConnectionTest {
  const core = useCore();
  const [result, setResult] = useState<TestState>({ state: 'none' });
  const running = useRef<AbortController | null>(null);
  const run = useCallback(
    async (draft: ConnectionDraft, parts: ConnectionParts, saved: string | null): Promise<TestState> => {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      setResult({ state: 'testing' });
      const part = testedPart(draft);
      const began = performance.now();
      const given = { ...givenOf(draft, parts), ...(saved === null ? {} : { name: saved }) };
      const next = await core.connections.probe(given, { signal: controller.signal }).then(
        (facts): TestState => ({ state: 'connected', facts, ms: performance.now() - began, part }),
        (error: unknown): TestState => ({ state: 'failed', error: errorOnScreen(error), part }),
      );
      if (running.current !== controller) return { state: 'none' };
      running.current = null;
      setResult(controller.signal.aborted ? { state: 'none' } : next);
      return next;
    },
    [core],
  );
  const stop = useCallback(() => running.current?.abort(), []);
  return {
    result,
    run,
    stop,
    fail: (error, draft) => setResult({ state: 'failed', error: errorOnScreen(error), part: testedPart(draft) }),
  };
}

/** Connected, and nothing to remark. */
export function isGreen({ tls, readOnly, missingPrivileges }: ServerFactsNow): boolean {
  return missingPrivileges.length === 0 && readOnly === 'enforced by the server' && (tls === null || tls.verified);
}
