/**
 * Foreign errors into ours, once. Messages of the library may quote literals of the statement: they stay behind, except
 * those that name a missing table, column or function. https://sqlite.org/rescode.html
 */
import { appError, isAppError, type AppError } from '../../../src-shared/errors/app-error.ts';
import type { ErrorCode } from '../../../src-shared/errors/catalog.ts';
import { cancelled } from '../kit/abort.ts';

interface Translation {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy: string;
}

const BUSY: Translation = {
  code: 'SOURCE/TIMEOUT',
  message: 'Another program holds a lock on the database file.',
  remedy: 'Run again when the other program has ended its work.',
};
const REFUSED: Translation = {
  code: 'SOURCE/WRITE_REFUSED',
  message: 'The statement tried to do more than read; the session is read-only.',
  remedy: 'Remove what writes from the plan’s SQL.',
};
const DAMAGED: Translation = {
  code: 'SOURCE/PROTOCOL',
  message: 'The database file is damaged.',
  remedy: 'Check it with PRAGMA integrity_check, restore it from a backup, and run again.',
};
const FAILED: Translation = {
  code: 'SOURCE/QUERY_FAILED',
  message: 'The database gave up the statement.',
  remedy: 'Look up the result code, correct the plan, and run again.',
};
const DENIED: Translation = {
  code: 'SOURCE/PERMISSION_DENIED',
  message: 'The operating system does not let this user read the database file.',
  remedy: 'Grant this user the right to read the file and to enter its folders.',
};
const ABSENT: Translation = {
  code: 'SOURCE/DATABASE_ABSENT',
  message: 'The database file does not exist.',
  remedy: 'Correct the file of the connection; nothing is ever created there.',
};

/** By primary result code, the low byte. */
const BY_RESULT: Readonly<Record<number, Translation>> = {
  1: {
    code: 'SOURCE/QUERY_INVALID',
    message: 'The database does not accept the SQL.',
    remedy: 'Correct the table’s condition or query in the plan.',
  },
  3: DENIED,
  5: BUSY,
  6: BUSY,
  8: REFUSED,
  10: {
    code: 'SOURCE/CONNECTION_LOST',
    message: 'The database file could not be read to the end.',
    remedy: 'Check the disk or network drive that holds the file, then run again.',
  },
  11: DAMAGED,
  14: {
    code: 'SOURCE/UNREACHABLE',
    message: 'The database file, its WAL or its shared memory file cannot be opened for reading.',
    remedy: 'Grant read access to all three, close the program that wrote it, or copy the database and read the copy.',
  },
  17: {
    code: 'SOURCE/CATALOG_DRIFT',
    message: 'The schema changed while it was read.',
    remedy: 'Check the plan against the catalog and run again.',
  },
  18: {
    code: 'SOURCE/VALUE_TOO_LARGE',
    message: 'A value or row is larger than the database library can hand out.',
    remedy: 'Leave the column out of the plan, or read a part of it in a query.',
  },
  23: REFUSED,
  26: {
    code: 'SOURCE/DATABASE_ABSENT',
    message: 'The file is no SQLite database, or it is encrypted.',
    remedy: 'Correct the file of the connection; decrypt an encrypted database with its own program first.',
  },
};

const BY_ERRNO: Readonly<Record<string, Translation>> = {
  ENOENT: ABSENT,
  ENOTDIR: ABSENT,
  ELOOP: ABSENT,
  ENAMETOOLONG: ABSENT,
  EACCES: DENIED,
  EPERM: DENIED,
};

const UNREADABLE: Translation = {
  code: 'SOURCE/UNREACHABLE',
  message: 'The database file cannot be read.',
  remedy: 'Check the disk or network drive that holds the file.',
};

/** `no such table: main.gone`: names only, as long as nothing in it looks like a literal. */
const NAMES_ONLY = /^(no such (?:table|column|function): [^'\n]*|ambiguous column name: [^'\n]*)$/;

/** A foreign error as ours; ours pass unchanged. With an aborted signal everything is the cancellation it follows from. */
export function translateError(error: unknown, signal?: AbortSignal): AppError {
  if (signal?.aborted === true) return cancelled();
  if (isAppError(error)) return error;
  const { code, errcode, message } = (typeof error === 'object' && error !== null ? error : {}) as Record<
    string,
    unknown
  >;
  if (typeof errcode === 'number') return fromResult(errcode, typeof message === 'string' ? message : '');
  if (code === 'ERR_OUT_OF_RANGE') return fromResult(18, '');
  const name = typeof code === 'string' ? code : 'unknown';
  return build(BY_ERRNO[name] ?? UNREADABLE, { reason: name });
}

function fromResult(errcode: number, text: string): AppError {
  const primary = errcode & 0xff;
  const found = BY_RESULT[primary] ?? FAILED;
  const context = { resultCode: errcode };
  if (primary !== 1) return build(found, context);
  if (text.startsWith('no such table')) {
    const gone = {
      ...found,
      code: 'SOURCE/TABLE_GONE' as const,
      message: 'A table the statement names does not exist.',
    };
    return build(gone, context, text);
  }
  return build(found, context, text);
}

function build(found: Translation, context: Record<string, string | number>, text = ''): AppError {
  const known = Object.hasOwn(context, 'resultCode') ? `result code ${context['resultCode']}` : context['reason'];
  const fact = `${found.message.replace(/\.$/, '')} (${known}).`;
  return appError(found.code, {
    message: NAMES_ONLY.test(text) ? `${fact} The database says: ${text}.` : fact,
    remedy: found.remedy,
    context,
    // Not the foreign error itself: causes go to the log, which holds no literal.
    cause: new Error(Object.values(context).join(' ')),
  });
}

/** A statement took longer than the plan lets it. */
export function timeLimit(): AppError {
  return appError('SOURCE/TIMEOUT', {
    message: 'The time limit of the statement was reached.',
    remedy: 'Raise limits.statementTimeoutMs in the plan, or read less.',
  });
}

/** The reader process did not start, or did not get as far as waiting for tasks. */
export function notStarted(reason: string): AppError {
  return appError('SOURCE/UNREACHABLE', {
    message: 'The process that reads the database file could not be started.',
    remedy: 'Close other programs, so that memory and processes are free, then run again.',
    context: { reason },
  });
}

/** The reader process ended by itself or was killed from outside: what it had read so far is no whole table. */
export function readerLost(reason: string): AppError {
  return appError('SOURCE/CONNECTION_LOST', {
    message: 'The process that reads the database file ended in the middle of its work.',
    remedy: 'See whether the system ran out of memory or somebody ended the process, then run again.',
    context: { reason },
  });
}

/** A task for a snapshot whose process has ended. */
export function snapshotLost(): AppError {
  return appError('SOURCE/SNAPSHOT_LOST', {
    message: 'The snapshot ended with an earlier failure: the process that held it is gone.',
    remedy: 'Correct what failed first, then run again.',
  });
}

/** A second snapshot would not be at the point in time of the first. */
export function writtenMeanwhile(): AppError {
  return appError('SOURCE/SNAPSHOT_LOST', {
    message:
      'The database file was written since the snapshot of the run was opened, so another connection cannot join it.',
    remedy: 'The connections that are there read the run.',
  });
}
