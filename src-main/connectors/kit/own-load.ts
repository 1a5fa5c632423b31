import { appError, isAppError, type AppError } from '../../../src-shared/errors/app-error.ts';
import type { ErrorCode } from '../../../src-shared/errors/catalog.ts';

/** What a server answers where a right to look is missing: some take what may not be seen for something that is not there. */
const REFUSALS: readonly ErrorCode[] = ['SOURCE/PERMISSION_DENIED', 'SOURCE/TABLE_GONE', 'SOURCE/QUERY_INVALID'];

export function isRefusal(error: unknown): boolean {
  return REFUSALS.some((code) => isAppError(error, code));
}

/** The login may not see how its own sessions are doing. `needs`: the right, as it would be granted. */
export function mayNotLook(needs: string): AppError {
  return appError('SOURCE/PERMISSION_DENIED', {
    message: 'The login may not see what its own sessions wait for.',
    remedy: `Have it granted ${needs} to see it; the export itself does without.`,
  });
}

/** A server's number as a number; null: it gave none. */
export function amountOf(text: string | null | undefined): number | null {
  const amount = Number(text ?? NaN);
  return Number.isFinite(amount) ? Math.max(0, Math.round(amount)) : null;
}
