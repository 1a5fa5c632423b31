import { appError, type AppError } from '../../src-shared/errors/app-error.ts';

/** What an aborted use of a connection rejects with. */
export function cancelled(): AppError {
  return appError('RUN/CANCELLED', { message: 'The operation was cancelled.' });
}

export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled();
}
