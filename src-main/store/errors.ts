import { appError, AppError, type AppErrorDetails } from '../../src-shared/errors/app-error.ts';
import type { ErrorCode } from '../../src-shared/errors/catalog.ts';

interface Translation {
  readonly code: ErrorCode;
  readonly fact: string;
  readonly remedy: string;
}

const DISK_FULL: Translation = {
  code: 'SPOOL/DISK_FULL',
  fact: 'There is no space left to write',
  remedy: 'Free space on this volume, or choose a folder on another one.',
};
const UNWRITABLE: Translation = {
  code: 'SPOOL/FOLDER_UNWRITABLE',
  fact: 'The system refuses to write',
  remedy: 'Choose a folder you may write to, or have its rights changed.',
};
const EXISTS: Translation = {
  code: 'SPOOL/EXISTS',
  fact: 'Something of that name is already there:',
  remedy: 'Choose another name, or move the existing one away.',
};
const WRITE_FAILED: Translation = {
  code: 'SPOOL/WRITE_FAILED',
  fact: 'Writing failed for',
  remedy: 'Check the volume and the path, then try again.',
};
const ABSENT: Translation = {
  code: 'SPOOL/ABSENT',
  fact: 'There is no file',
  remedy: 'Check the path.',
};
const READ_DENIED: Translation = {
  code: 'SPOOL/READ_DENIED',
  fact: 'The system refuses to read',
  remedy: 'Have the rights of the file changed, or run as its owner.',
};
const READ_FAILED: Translation = {
  code: 'SPOOL/READ_FAILED',
  fact: 'Reading failed for',
  remedy: 'Check the volume and the path, then try again.',
};

const WRITE_CODES: Readonly<Record<string, Translation>> = {
  ENOSPC: DISK_FULL,
  EDQUOT: DISK_FULL,
  EACCES: UNWRITABLE,
  EPERM: UNWRITABLE,
  EROFS: UNWRITABLE,
  EEXIST: EXISTS,
  ENOTEMPTY: EXISTS,
};
/** SQLite's own codes (sqlite.org/rescode.html) for what the disk refused it. */
const DATABASE_CODES: Readonly<Record<number, Translation>> = {
  8: UNWRITABLE, // READONLY
  10: WRITE_FAILED, // IOERR
  13: DISK_FULL, // FULL
  14: WRITE_FAILED, // CANTOPEN
};
const READ_CODES: Readonly<Record<string, Translation>> = {
  ENOENT: ABSENT,
  EACCES: READ_DENIED,
  EPERM: READ_DENIED,
};

/** The system's code of an error (`ENOSPC`), or undefined when it has none. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

function translate(
  error: unknown,
  { path, translation, system }: { path: string; translation: Translation; system: string | undefined },
): AppError {
  const details: AppErrorDetails = {
    message: `${translation.fact} ${path}${system === undefined ? '' : ` (${system})`}.`,
    remedy: translation.remedy,
    context: { path, system: system ?? null },
    cause: error,
  };
  return appError(translation.code, details);
}

/** What went wrong while writing, creating, renaming or removing, in our words. */
export function writeError(error: unknown, path: string): AppError {
  if (error instanceof AppError) return error;
  const system = errnoOf(error);
  return translate(error, { path, system, translation: WRITE_CODES[system ?? ''] ?? WRITE_FAILED });
}

/**
 * What the disk did to a database of ours while it was written, in our words. Any other error of a database passes as it
 * is: the statements are ours, and so is the mistake.
 */
export function databaseError(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) : Number.NaN;
  // The low byte is the kind; what lies above it says more about it.
  const translation = DATABASE_CODES[code & 0xff];
  return translation === undefined ? error : translate(error, { path, translation, system: `SQLite ${code}` });
}

/** What went wrong while reading, in our words. */
export function readError(error: unknown, path: string): AppError {
  if (error instanceof AppError) return error;
  const system = errnoOf(error);
  return translate(error, { path, system, translation: READ_CODES[system ?? ''] ?? READ_FAILED });
}

/** `SPOOL/EXISTS` for a name that is taken. */
export function existsError(path: string): AppError {
  return translate(undefined, { path, system: undefined, translation: EXISTS });
}

/** `SPOOL/EXISTS` for a folder that was to be removed and holds something. */
export function notEmptyError(path: string): AppError {
  const translation: Translation = {
    code: 'SPOOL/EXISTS',
    fact: 'Something is still in the folder',
    remedy: 'Look what it is; only empty folders are removed.',
  };
  return translate(undefined, { path, system: undefined, translation });
}
