import { kindOf, type ErrorCode, type ErrorKind } from './catalog.ts';

/** Scalars only: a context travels to logs, screens and the ledger, and never holds a cell value or a secret. */
export type ErrorContext = Readonly<Record<string, string | number | boolean | null>>;

export interface AppErrorDetails {
  /** The fact, in the operator's words, one sentence with a full stop. */
  message: string;
  /** The next action, one sentence. */
  remedy?: string;
  context?: ErrorContext;
  cause?: unknown;
}

/** The one error class of Waybill: one class, many codes. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly remedy: string | undefined;
  readonly context: ErrorContext;

  constructor(code: ErrorCode, details: AppErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'AppError';
    this.code = code;
    this.remedy = details.remedy;
    this.context = details.context ?? {};
  }

  get kind(): ErrorKind {
    return kindOf(this.code);
  }
}

/** Builds an error to throw: `throw appError('TARGET/EXISTS', { message: …, remedy: … })`. */
export function appError(code: ErrorCode, details: AppErrorDetails): AppError {
  return new AppError(code, details);
}

/** Whether `error` is one of ours, and, when `code` is given, has that code. */
export function isAppError(error: unknown, code?: ErrorCode): error is AppError {
  return error instanceof AppError && (code === undefined || error.code === code);
}

/** A broken invariant: our own mistake, never the user's. */
export function bug(message: string, cause?: unknown): AppError {
  return new AppError('APP/INVARIANT', {
    message: `Internal error: ${message}.`,
    remedy: 'Please report this with the log file of this run.',
    ...(cause === undefined ? {} : { cause }),
  });
}

/** Any thrown value as an AppError; a foreign one becomes APP/INVARIANT with its cause kept. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return bug(error instanceof Error ? `unexpected ${error.name}` : 'an unexpected value was thrown', error);
}
