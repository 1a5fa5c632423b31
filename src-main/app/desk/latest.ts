import { setTimeout as wait } from 'node:timers/promises';

export interface LatestSource<T> {
  /** The newest value. */
  readonly read: () => T | Promise<T>;
  /** Calls back at each change until the result is called. */
  readonly subscribe: (changed: () => void) => () => void;
  /** The value before was the last one. */
  readonly isOver?: () => boolean;
}

/**
 * The value now, then the newest one after changes, at most one each `intervalMs`. A slow reader gets fewer values, never
 * older ones: streams to a page have no backpressure, so what is not asked for must not be made. Ends on abort.
 */
export async function* latest<T>(
  source: LatestSource<T>,
  { intervalMs, signal }: { intervalMs: number; signal: AbortSignal | undefined },
): AsyncGenerator<T, void> {
  const state = { changed: false, wake: (): void => undefined };
  const notice = (): void => {
    state.changed = true;
    state.wake();
  };
  const isAborted = (): boolean => signal?.aborted === true;
  const unsubscribe = source.subscribe(notice);
  signal?.addEventListener('abort', notice);
  try {
    for (;;) {
      state.changed = false;
      yield await source.read();
      if (source.isOver?.() === true || isAborted()) return;
      await wait(intervalMs);
      if (!state.changed) await new Promise<void>((resolve) => (state.wake = resolve));
      if (isAborted()) return;
    }
  } finally {
    unsubscribe();
    signal?.removeEventListener('abort', notice);
  }
}
