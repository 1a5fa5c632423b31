import { AppError, appError, type AppErrorDetails } from '../../../src-shared/errors/app-error.ts';
import type { ErrorCode } from '../../../src-shared/errors/catalog.ts';
import { existingName } from '../kit/existing-name.ts';
import { SFTP_WORDS } from './words.ts';

type Wording = readonly [code: ErrorCode, fact: string, remedy: string];

const RETRY = SFTP_WORDS.again;

const LOST: Wording = ['TARGET/CONNECTION_LOST', 'The connection to the server was lost', RETRY];
const DENIED: Wording = [
  'TARGET/PERMISSION_DENIED',
  'The server refuses access',
  'Have the rights of the folder changed on the server.',
];
const FULL: Wording = ['TARGET/QUOTA', 'The server has no space left', `Have space made on the server. ${RETRY}`];

/** Status codes of the SFTP protocol: version 3 up to 8, later ones for servers that use them all the same. */
const BY_STATUS: Readonly<Record<number, Wording>> = {
  2: ['TARGET/ABSENT', 'The server has no such file or folder', 'Have the folder made on the server.'],
  3: DENIED,
  6: LOST,
  7: LOST,
  10: ['TARGET/ABSENT', 'The server has no such folder', 'Have the folder made on the server.'],
  12: DENIED,
  14: FULL,
  15: FULL,
};

function say([code, fact, remedy]: Wording, about: string, details: Omit<AppErrorDetails, 'message'>): AppError {
  return appError(code, { message: `${fact}: ${about}.`, remedy, ...details });
}

/** The numeric status of an SFTP answer, or null. */
export function statusOf(error: unknown): number | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : null;
}

/** What the server answered to a request about `path`. */
export function answerError(error: unknown, path: string): AppError {
  if (error instanceof AppError) return error;
  const status = statusOf(error);
  const text = error instanceof Error ? error.message : '';
  const details = { context: { path, status }, cause: error };
  if (status === 11) return existingName(path, error);
  if (status === null && /no response/i.test(text)) return lost(path, error);
  const known = status === null ? undefined : BY_STATUS[status];
  if (known !== undefined) return say(known, path, details);
  if (/quota|no space|disk full/i.test(text)) return say(FULL, path, details);
  return say(
    ['TARGET/FAILED', 'The server could not do what was asked', `Check the folder there. ${RETRY}`],
    path,
    details,
  );
}

/** `TARGET/QUOTA` for a server that says no more than that a write failed while its volume is full. */
export function volumeFull(path: string, cause: unknown): AppError {
  return say(FULL, path, { context: { path }, cause });
}

export function lost(about: string, cause?: unknown): AppError {
  return say(LOST, about, cause === undefined ? {} : { cause });
}

/** The connection went away after a rename was asked for and before it was answered. */
export function outcomeUnknown(path: string, cause: unknown): AppError {
  return appError('TARGET/OUTCOME_UNKNOWN', {
    message: `The connection was lost while ${path} got its final name: whether it has it is not known.`,
    remedy: 'Deliver again: what is there is compared and kept.',
    context: { path },
    cause,
  });
}
