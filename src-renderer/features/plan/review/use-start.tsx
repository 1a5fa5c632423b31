import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useSecretsGate } from '../../../forms/use-secrets-gate.tsx';
import { useCore, useForget, useSettings } from '../../../rpc/core-context.tsx';
import { useOffer, type Command } from '../../../state/commands.ts';
import { showRun } from '../../../state/show-run.ts';
import { text } from '../../../text/text.ts';
import type { PlanEditorState } from '../plan-editor.ts';
import type { Review } from './use-review.ts';
import { waitingFor, type Waiting } from './waiting-for.ts';

/** Another one than that of the review, so that a key pressed too long begins no export. */
export const START_KEYS = 'mod+shift+enter';

export interface Start {
  readonly typed: string;
  readonly type: (name: string) => void;
  readonly waiting: readonly Waiting[];
  /** It can be started now. */
  readonly isReady: boolean;
  readonly isStarting: boolean;
  /** Why it was not started; it stays until it is put away or the next one goes well. */
  readonly error: unknown;
  readonly dismiss: () => void;
  readonly start: () => void;
  /** Draw it somewhere. */
  readonly dialog: ReactNode;
}

/** The start of a run: here and nowhere else. */
export function useStart(editor: PlanEditorState, review: Review): Start {
  const [typed, setTyped] = useState('');
  const { state, answers, folder, isChecking } = review;
  const waiting = state === null ? [] : waitingFor({ review: state, answers, folder, typed });
  const { begin, isStarting, error, dismiss, dialog } = useBegin(editor, review);
  const isReady = state !== null && !isChecking && waiting.length === 0 && !isStarting && review.error === null;
  const start = (): void => {
    if (isReady) void begin(typed);
  };
  useOfferStart(start, isReady);
  return { typed, type: setTyped, waiting, isReady, isStarting, error, dismiss, start, dialog };
}

function useBegin({ path }: PlanEditorState, { state, folder }: Review) {
  const core = useCore();
  const forget = useForget();
  const gate = useSecretsGate();
  const { change } = useSettings();
  const [isStarting, setStarting] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const begin = useCallback(
    async (typed: string): Promise<void> => {
      if (state === null) return;
      const { needs, digest, seen } = state;
      setStarting(true);
      setError(null);
      try {
        // The run signs what it does: its key has to be there afterwards.
        if ((await gate.ensure('durable')) === null) return;
        const { run } = await core.runs.start({
          ...{ path, base: digest, folder, acceptCatalog: needs.acceptCatalog, seen },
          ...(needs.confirm === null ? {} : { confirm: typed }),
        });
        void change({ packages: folder });
        showRun(run, text.shell.sections.runs);
      } catch (failure) {
        setError(failure);
        // Something is not as it was when it was reviewed.
        void forget(['review', path]);
      } finally {
        setStarting(false);
      }
    },
    [core, gate, forget, change, path, state, folder],
  );
  return { begin, isStarting, error, dismiss: () => setError(null), dialog: gate.dialog };
}

function useOfferStart(start: () => void, enabled: boolean): void {
  const last = useRef(start);
  useEffect(() => {
    last.current = start;
  });
  const commands = useMemo<readonly Command[]>(
    () => [{ id: 'plan-start', title: text.planReview.start, keys: START_KEYS, enabled, run: () => last.current() }],
    [enabled],
  );
  useOffer(commands);
}
