import { appError } from '../../../src-shared/errors/app-error.ts';

/** Throws when a person stopped the making of a bundle. */
export function requireGoingOn(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  throw appError('RUN/CANCELLED', {
    message: 'Making the bundle was cancelled.',
    remedy: 'Nothing of it was kept; start it again when it suits.',
  });
}
