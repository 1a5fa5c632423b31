import { appError, type AppError } from '../../../src-shared/errors/app-error.ts';

/** What is on disk is not what was written. */
export function mismatch(
  message: string,
  { context = {}, cause }: { readonly context?: Record<string, number>; readonly cause?: unknown } = {},
): AppError {
  return appError('RUN/READ_BACK_MISMATCH', {
    message,
    remedy: 'Check the disk and the programs that may touch this folder, then run the export again.',
    context,
    cause,
  });
}
