import { keepPreviousData, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { AppFacts, Settings, WorkspaceStatus } from '../../src-shared/contract/app.ts';
import type { CoreClient } from '../../src-shared/contract/contract.ts';
import { bug } from '../../src-shared/errors/app-error.ts';
import { changeSettings, SETTINGS_KEY } from './change-settings.ts';

interface CoreAndWord {
  readonly core: CoreClient;
  /** Tells a person of what failed behind a screen. */
  readonly onError: (error: unknown) => void;
}

const CoreContext = createContext<CoreAndWord | null>(null);

export function CoreProvider({ core, onError, children }: CoreAndWord & { readonly children: ReactNode }): ReactNode {
  const value = useMemo(() => ({ core, onError }), [core, onError]);
  return <CoreContext.Provider value={value}>{children}</CoreContext.Provider>;
}

/** The core's procedures. */
export function useCore(): CoreClient {
  return useCoreAndWord().core;
}

function useCoreAndWord(): CoreAndWord {
  const value = useContext(CoreContext);
  if (value === null) throw bug('a screen was drawn without a core');
  return value;
}

/** The key under which an answer is kept: the procedure's path, then its input. */
export type AnswerKey = readonly unknown[];

/**
 * An answer of the core, kept until something that it rests on changes. `key` begins with the procedure's path, e.g.
 * `['catalog', 'table', connection, table]`; leaving the screen aborts the call.
 */
export function useAnswer<T>(
  key: AnswerKey,
  ask: (core: CoreClient, signal: AbortSignal) => Promise<T>,
  {
    enabled = true,
    keepLast = false,
    large = false,
  }: {
    readonly enabled?: boolean;
    /** While another key is asked for, the last answer stays (`isPlaceholderData`): it dims and never blanks. */
    readonly keepLast?: boolean;
    /** Thousands of parts: they are not compared one by one with those of the last answer. */
    readonly large?: boolean;
  } = {},
): UseQueryResult<T> {
  const core = useCore();
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask(core, signal),
    enabled,
    structuralSharing: !large,
    ...(keepLast ? { placeholderData: keepPreviousData } : {}),
  });
}

/** Forgets answers that begin with this key, and asks again where a screen shows them. */
export function useForget(): (key: AnswerKey) => Promise<void> {
  const client = useQueryClient();
  return useCallback((key) => client.invalidateQueries({ queryKey: key }), [client]);
}

/** What this build and this home are; read once, before the first screen. */
export function useFacts(): AppFacts {
  const { data } = useAnswer(['app', 'facts'], (core, signal) => core.app.facts(undefined, { signal }));
  if (data === undefined) throw bug('a screen was drawn before the facts were read');
  return data;
}

export interface SettingsNow {
  readonly settings: Settings;
  /** Resolves with whether it was saved; where it was not, that has been told. */
  readonly change: (change: Partial<Settings>) => Promise<boolean>;
}

/** The person's preferences; a change shows at once and is saved behind it. */
export function useSettings(): SettingsNow {
  const { core, onError } = useCoreAndWord();
  const client = useQueryClient();
  const { data } = useAnswer(SETTINGS_KEY, (asked, signal) => asked.app.settings(undefined, { signal }));
  const change = useCallback(
    (part: Partial<Settings>) => changeSettings({ core, client, onError }, part),
    [client, core, onError],
  );
  if (data === undefined) throw bug('a screen was drawn before the settings were read');
  return { settings: data, change };
}

/** The newest value of a stream; null before the first. A failure is given to `onError` once. */
export function useStream<T>(
  open: (core: CoreClient, signal: AbortSignal) => Promise<AsyncIterable<T>>,
  {
    key,
    onValue,
    onError,
  }: { readonly key: string; readonly onValue?: (value: T) => void; readonly onError?: (error: unknown) => void },
): T | null {
  const core = useCore();
  const [value, setValue] = useState<T | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    const follow = async (): Promise<void> => {
      for await (const next of await open(core, controller.signal)) {
        if (controller.signal.aborted) return;
        setValue(next);
        onValue?.(next);
      }
    };
    follow().catch((error: unknown) => {
      if (!controller.signal.aborted) onError?.(error);
    });
    return () => controller.abort();
    // The callbacks are the caller's business; the stream is opened anew for another key only.
  }, [core, key]); // oxlint-disable-line react-hooks/exhaustive-deps
  return value;
}

export type { WorkspaceStatus };
