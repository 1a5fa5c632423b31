/**
 * Foreign errors into ours, once. A server's message may quote values of cells and literals of the statement: it stays
 * behind, except the message of errors about names.
 * https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors
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
import { BY_NUMBER, CONDITIONS, deniedObject, FAILED, namesOnly, type Translation } from './server-errors.ts';
import { ServerError } from './server-error.ts';

const UNREACHABLE: Translation = {
  code: 'SOURCE/UNREACHABLE',
  message: 'The server{at} cannot be reached.',
  remedy: 'Check host and port of the connection, and that the server runs and takes connections over TCP.',
};
const NO_INSTANCE: Translation = {
  code: 'SOURCE/UNREACHABLE',
  message: 'The port of the named instance could not be found out.',
  remedy:
    'Check the instance’s name and that SQL Server Browser runs (UDP 1434), or give its port instead of its name.',
};
const TLS: Translation = {
  code: 'SOURCE/TLS_REFUSED',
  message: 'The server{at} gave no TLS session that can be trusted.',
  remedy: 'Give the CA file that signed the server’s certificate, check the host name, or choose another TLS mode.',
};
const NO_TLS: Translation = {
  code: 'SOURCE/TLS_REFUSED',
  message: 'The server{at} speaks no TLS, and the connection asks for it.',
  remedy: 'Give the server a certificate, or add the connection anew with --tls disable where the way to it is safe.',
};
const TLS_ONLY: Translation = {
  code: 'SOURCE/TLS_REFUSED',
  message: 'The server{at} takes encrypted connections only.',
  remedy: 'Add the connection anew with --tls verify-full, and --ca FILE where its authority is not a public one.',
};
const LATE: Translation = {
  code: 'SOURCE/TIMEOUT',
  message: 'The statement reached its time limit.',
  remedy: 'Raise limits.statementTimeoutMs in the plan, or read less.',
};
const LOST: Translation = {
  code: 'SOURCE/CONNECTION_LOST',
  message: 'The connection to the server was lost.',
  remedy: 'Check the network and the server, then try again.',
};
const PROTOCOL: Translation = {
  code: 'SOURCE/PROTOCOL',
  message: 'The server sent packets in a form that its protocol does not have.',
  remedy: 'Check what stands between this machine and the server, such as a proxy, and run again.',
};
const AUTH: Translation = {
  code: 'SOURCE/AUTH_REFUSED',
  message: 'The server{at} refused the login{as}.',
  remedy: 'Check user, password and kind of login of the connection.',
};

/** By the driver's own code, or the system's. */
const BY_CODE: Readonly<Record<string, Translation>> = {
  ...Object.fromEntries(Object.keys(CONNECT_FAILURES).map((code) => [code, UNREACHABLE])),
  ...Object.fromEntries(Object.keys(CERTIFICATE_FAILURES).map((code) => [code, TLS])),
  EINSTLOOKUP: NO_INSTANCE,
  ELOGIN: AUTH,
  EFEDAUTH: AUTH,
  ECONNRESET: LOST,
  EPIPE: LOST,
};

/** What happened first stands at the end of the chain. */
function chainOf(error: unknown): readonly Record<string, unknown>[] {
  const chain: Record<string, unknown>[] = [];
  for (let at: unknown = error; typeof at === 'object' && at !== null && chain.length < 8;) {
    const each = at as Record<string, unknown>;
    chain.push(each);
    at = each['cause'] ?? each['originalError'];
  }
  return chain;
}

/**
 * A foreign error as ours; ours pass unchanged. With an aborted signal everything is the cancellation it follows from.
 * `address`: of a connection that did not come about.
 */
export function translateError(error: unknown, signal?: AbortSignal, address?: Address): AppError {
  if (signal?.aborted === true) return cancelled();
  const chain = chainOf(error);
  const own = chain.find((each) => isAppError(each));
  if (own !== undefined) return own;
  const server = chain.find((each) => each instanceof ServerError);
  if (server !== undefined) return fromServer(server, address);
  return fromDriver(chain, address);
}

function fromDriver(chain: readonly Record<string, unknown>[], address: Address | undefined): AppError {
  const codes = chain.map(({ code }) => (typeof code === 'string' ? code : ''));
  const messages = chain.map(({ message }) => (typeof message === 'string' ? message : ''));
  const code = codes.findLast((each) => BY_CODE[each] !== undefined) ?? codes.findLast((each) => each !== '') ?? '';
  const found = BY_CODE[code] ?? byMessage(codes, messages) ?? (address === undefined ? LOST : UNREACHABLE);
  const failure = CONNECT_FAILURES[code] ?? CERTIFICATE_FAILURES[code];
  const shown = failure !== undefined || /^E[A-Z]+$/.test(code) ? code : '';
  return appError(found.code, {
    message: sentence(withAddress(found.message, address), { cause: failure?.cause, code: shown }),
    remedy: failure?.remedy ?? found.remedy,
    context: code === '' ? {} : { reason: code },
    // Not the foreign error itself: causes go to the log, which holds no cell value.
    cause: new Error(code === '' ? 'driver error without a code' : code),
  });
}

function byMessage(codes: readonly string[], messages: readonly string[]): Translation | null {
  const says = (pattern: RegExp): boolean => messages.some((message) => pattern.test(message));
  if (codes.includes('EENCRYPT')) return says(/requires encryption/) ? TLS_ONLY : NO_TLS;
  if (codes.includes('ETIMEOUT')) return says(/^Timeout: Request/) ? LATE : says(/connect to/) ? UNREACHABLE : LOST;
  if (says(/Unable to process incoming packet|unexpected end of data|Unknown type|Unrecognised/)) return PROTOCOL;
  if (codes.some((code) => /^ERR_(SSL|TLS)/.test(code)) || says(/\bSSL\b|\bTLS\b|disconnected before secure/))
    return TLS;
  return null;
}

function fromServer({ number, text, line }: ServerError, address: Address | undefined): AppError {
  const found = BY_NUMBER.get(number) ?? FAILED;
  const fact = sentence(withAddress(found.message, address), {
    cause: CONDITIONS.get(number),
    code: `error ${number}`,
  });
  const said = namesOnly(number) ? ` The server says: ${text.replace(/\.$/, '')}.` : '';
  const denied = deniedObject(number, text);
  return appError(found.code, {
    message: `${fact}${said}`,
    remedy: found.remedy,
    context: {
      number,
      ...(found.code === 'SOURCE/QUERY_INVALID' && line > 0 ? { sqlLine: line } : {}),
      ...(denied === null ? {} : { deniedTable: denied }),
    },
    cause: new Error(`server error ${number}`),
  });
}

export function timeLimit(): AppError {
  return appError(LATE.code, { message: LATE.message, remedy: LATE.remedy });
}

export function connectionLost(): AppError {
  return appError(LOST.code, { message: LOST.message, remedy: LOST.remedy });
}

export function malformed(detail?: string): AppError {
  const message = detail === undefined ? PROTOCOL.message : `${PROTOCOL.message.replace(/\.$/, '')}: ${detail}.`;
  return appError(PROTOCOL.code, { message, remedy: PROTOCOL.remedy });
}
