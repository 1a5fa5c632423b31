import { isAppError } from '../../../src-shared/errors/app-error.ts';
import type { ErrorCode } from '../../../src-shared/errors/catalog.ts';

/** Failures that lie in one statement or one right. A lock that others hold or a changed table concerns the whole run. */
const OF_ONE_READ: ReadonlySet<ErrorCode> = new Set([
  'SOURCE/PERMISSION_DENIED',
  'SOURCE/QUERY_FAILED',
  'SOURCE/QUERY_INVALID',
  'SOURCE/WRITE_REFUSED',
]);

/** Whether a read that cannot even be prepared for a snapshot is left to fail by itself, so that the others go on. */
export function failsAlone(error: unknown): boolean {
  return isAppError(error) && OF_ONE_READ.has(error.code);
}
