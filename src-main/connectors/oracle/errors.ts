/**
 * Foreign errors into ours, once. A server's message may quote values of cells and literals of the statement: it stays
 * behind, except the message of errors about names.
 * https://docs.oracle.com/en/error-help/db/
 */
import { appError, isAppError, type AppError } from '../../../src-shared/errors/app-error.ts';
import { cancelled } from '../kit/abort.ts';
import {
  CERTIFICATE_FAILURES,
  CONNECT_FAILURES,
  sentence,
  withAddress,
  type Address,
} from '../kit/connect-failures.ts';
import { BY_DRIVER_CODE, LATE, LOST, TLS, UNREACHABLE } from './driver-errors.ts';
import { BY_NUMBER, CONDITIONS, FAILED, namesOnly } from './server-errors.ts';

/**
 * A foreign error as ours; ours pass unchanged. With an aborted signal everything is the cancellation it follows from.
 * `address`: of a connection that did not come about.
 */
export function translateError(error: unknown, signal?: AbortSignal, address?: Address): AppError {
  if (signal?.aborted === true) return cancelled();
  if (isAppError(error)) return error;
  const { code, message, errorNum, offset } = (error ?? {}) as Record<string, unknown>;
  const said = typeof message === 'string' ? message : '';
  const name = typeof code === 'string' ? code : '';
  const number = numberOf(name, errorNum, said);
  if (number !== null) return fromServer({ number, said, offset }, address);
  return fromDriver(name, said, address);
}

/** The driver puts its own number before one of the server's, which is the one that says more. */
function numberOf(code: string, errorNum: unknown, said: string): number | null {
  if (code.startsWith('ORA-')) return Number(code.slice(4));
  const inside = /\bORA-(\d{1,6})\b/.exec(said)?.[1];
  if (inside !== undefined) return Number(inside);
  return code === '' && typeof errorNum === 'number' && errorNum > 0 ? errorNum : null;
}

function fromServer(
  { number, said, offset }: { readonly number: number; readonly said: string; readonly offset: unknown },
  address: Address | undefined,
): AppError {
  const found = BY_NUMBER.get(number) ?? FAILED;
  const code = `ORA-${String(number).padStart(5, '0')}`;
  const fact = sentence(withAddress(found.message, address), { cause: CONDITIONS.get(number), code });
  const quoted = namesOnly(number) ? quotedNames(said) : '';
  return appError(found.code, {
    message: `${fact}${quoted}`,
    remedy: found.remedy,
    context: { number, ...(found.code === 'SOURCE/QUERY_INVALID' && typeof offset === 'number' ? { offset } : {}) },
    // Not the foreign error itself: causes go to the log, which holds no cell value.
    cause: new Error(code),
  });
}

/** The first line of the server's message, without its number. */
function quotedNames(said: string): string {
  const line = /ORA-\d+: ([^\n]+)/.exec(said)?.[1]?.replace(/\.$/, '');
  return line === undefined ? '' : ` The server says: ${line}.`;
}

function fromDriver(code: string, said: string, address: Address | undefined): AppError {
  // The system's reason, where the driver has kept its text alone.
  const inside = /\b(E[A-Z]{4,}(?:_[A-Z]+)*)\b/.exec(said)?.[1] ?? '';
  const known = CONNECT_FAILURES[code] !== undefined || CERTIFICATE_FAILURES[code] !== undefined ? code : inside;
  const failure = CONNECT_FAILURES[known] ?? CERTIFICATE_FAILURES[known];
  const found =
    BY_DRIVER_CODE[code] ??
    (CERTIFICATE_FAILURES[known] !== undefined || /^ERR_(?:SSL|TLS)|^EPROTO$/.test(code) ? TLS : null) ??
    (address === undefined ? LOST : UNREACHABLE);
  const shown = failure === undefined ? code : known;
  return appError(found.code, {
    message: sentence(withAddress(found.message, address), { cause: failure?.cause, code: shown }),
    remedy: failure?.remedy ?? found.remedy,
    context: shown === '' ? {} : { reason: shown },
    cause: new Error(shown === '' ? 'driver error without a code' : shown),
  });
}

export function timeLimit(): AppError {
  return appError(LATE.code, { message: LATE.message, remedy: LATE.remedy });
}

export function connectionLost(): AppError {
  return appError(LOST.code, { message: LOST.message, remedy: LOST.remedy });
}
