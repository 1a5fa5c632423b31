import { appError, type AppError } from '../../../src-shared/errors/app-error.ts';

/** What an aborted operation rejects with. */
export function cancelled(): AppError {
  return appError('RUN/CANCELLED', { message: 'The operation was cancelled.' });
}

export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled();
}

/**
 * Settles as `work` does, but rejects with `RUN/CANCELLED` as soon as `signal` aborts, whatever `work` is waiting for.
 * `onAbort` runs once then: it tells the server and destroys the socket, so that `work` ends too.
 */
export async function abortable<T>(work: Promise<T>, signal: AbortSignal, onAbort: () => void): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const stop = (): void => {
    onAbort();
    reject(cancelled());
  };
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  try {
    // The race hears a late rejection of either side, so that none goes unhandled.
    return await Promise.race([aborted, work]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
