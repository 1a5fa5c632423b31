import { AppError, appError } from '../../../src-shared/errors/app-error.ts';
import type { ErrorCode } from '../../../src-shared/errors/catalog.ts';
import { existingName } from '../kit/existing-name.ts';

interface Translation {
  readonly code: ErrorCode;
  readonly fact: string;
  readonly remedy: string;
}

const DENIED: Translation = {
  code: 'TARGET/PERMISSION_DENIED',
  fact: 'The system refuses access to',
  remedy: 'Have the rights of the target folder changed, or choose another one.',
};
const FULL: Translation = {
  code: 'TARGET/QUOTA',
  fact: 'There is no space left at the target for',
  remedy: 'Have space made at the target, then deliver again: what is there already is kept.',
};
const BY_ERRNO: Readonly<Record<string, Translation>> = {
  ENOENT: {
    code: 'TARGET/ABSENT',
    fact: 'At the target there is no',
    remedy: 'Make the folder, or mount the volume it lies on.',
  },
  EACCES: DENIED,
  EPERM: DENIED,
  EROFS: DENIED,
  ENOSPC: FULL,
  EDQUOT: FULL,
};
const FAILED: Translation = {
  code: 'TARGET/FAILED',
  fact: 'The target folder failed at',
  remedy: 'Check the volume, then deliver again: what is there already is kept.',
};

/** The system's code of an error, or an empty text. */
export function errnoOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** What the system said, in our words. */
export function folderError(error: unknown, path: string): AppError {
  if (error instanceof AppError) return error;
  const system = errnoOf(error);
  if (system === 'EEXIST' || system === 'ENOTEMPTY') return existingName(path, error);
  const { code, fact, remedy } = BY_ERRNO[system] ?? FAILED;
  return appError(code, {
    message: `${fact} ${path}${system === '' ? '' : ` (${system})`}.`,
    remedy,
    context: { path, system },
    cause: error,
  });
}
