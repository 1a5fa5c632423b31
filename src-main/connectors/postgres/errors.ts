/**
 * Foreign errors into ours, once. A server's message may quote values of cells (`invalid input syntax for type integer:
 * "…"`), and its detail nearly always does: both stay behind, except the message of errors about names.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
import { appError, isAppError, type AppError } from '../../../src-shared/errors/app-error.ts';
import type { ErrorCode } from '../../../src-shared/errors/catalog.ts';
import { cancelled } from '../kit/abort.ts';
import {
  CERTIFICATE_FAILURES,
  CONNECT_FAILURES,
  sentence,
  withAddress,
  type Address,
} from '../kit/connect-failures.ts';

interface Translation {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy: string;
}

const AUTH: Translation = {
  code: 'SOURCE/AUTH_REFUSED',
  message: 'The server{at} refused the login{as}.',
  remedy: 'Check user, password and TLS mode of the connection, and what the server’s pg_hba.conf allows.',
};
const INVALID: Translation = {
  code: 'SOURCE/QUERY_INVALID',
  message: 'The server does not accept the SQL.',
  remedy: 'Correct the table’s condition or query in the plan.',
};
const LOST: Translation = {
  code: 'SOURCE/CONNECTION_LOST',
  message: 'The connection to the server was lost.',
  remedy: 'Check the network and the server, then try again.',
};
const UNREACHABLE: Translation = {
  code: 'SOURCE/UNREACHABLE',
  message: 'The server{at} cannot be reached.',
  remedy: 'Check host and port of the connection, and that the server runs and takes connections.',
};
const TLS: Translation = {
  code: 'SOURCE/TLS_REFUSED',
  message: 'The server{at} gave no TLS session that can be trusted.',
  remedy: 'Give the CA file that signed the server’s certificate, check the host name, or choose another TLS mode.',
};
const NO_TLS: Translation = {
  code: 'SOURCE/TLS_REFUSED',
  message: 'The server{at} speaks no TLS, and the connection asks for it.',
  remedy:
    'Switch TLS on in the server (ssl = on), or add the connection anew with --tls disable where the way to it is safe.',
};
const GONE: Translation = {
  code: 'SOURCE/TABLE_GONE',
  message: 'A table the statement names does not exist.',
  remedy: 'Look at the catalog again and correct the plan.',
};
const SNAPSHOT: Translation = {
  code: 'SOURCE/SNAPSHOT_LOST',
  message: 'The server gave up the transaction that held the snapshot.',
  remedy: 'Run again; on a standby, raise max_standby_streaming_delay or read from the primary.',
};
const BUSY: Translation = {
  code: 'SOURCE/TIMEOUT',
  message: 'A lock was not granted in time: another session holds it.',
  remedy:
    'Run again when the other session has ended its work on the table, or raise limits.lockTimeoutMs in the plan.',
};
const FAILED: Translation = {
  code: 'SOURCE/QUERY_FAILED',
  message: 'The server gave up the statement.',
  remedy: 'Look up the SQLSTATE and the server’s own log, correct the plan, and run again.',
};

const BY_SQLSTATE: Readonly<Record<string, Translation>> = {
  '28P01': AUTH,
  '28000': AUTH,
  '3D000': {
    code: 'SOURCE/DATABASE_ABSENT',
    message: 'The database does not exist on the server.',
    remedy: 'Correct the database of the connection.',
  },
  '42P01': GONE,
  '3F000': GONE,
  '42501': {
    code: 'SOURCE/PERMISSION_DENIED',
    message: 'The login may not read what the statement names.',
    remedy: 'Have SELECT granted on it, or leave it out of the plan.',
  },
  '25006': {
    code: 'SOURCE/WRITE_REFUSED',
    message: 'The statement tried to write; the session is read-only and the server refused it.',
    remedy: 'Remove what writes from the plan’s SQL.',
  },
  '55P03': BUSY,
  '40P01': BUSY,
  '57014': {
    code: 'SOURCE/TIMEOUT',
    message: 'The server cancelled the statement: its time limit was reached, or somebody else cancelled it.',
    remedy: 'Raise limits.statementTimeoutMs in the plan, or read less.',
  },
  '25P02': SNAPSHOT,
  '25P03': SNAPSHOT,
  '25P04': SNAPSHOT,
  '40001': SNAPSHOT,
  '57P03': UNREACHABLE,
  '53300': UNREACHABLE,
  '57P01': LOST,
  '57P02': LOST,
  '57P04': LOST,
};

/** By the class, the first two characters. */
const BY_CLASS: Readonly<Record<string, Translation>> = { '08': LOST, '28': AUTH, '42': INVALID };

/** Errors about names: their message quotes names only. */
const NAMES_ONLY = new Set([
  '28000',
  '42P01',
  '3F000',
  '3D000',
  '42501',
  '42703',
  '42702',
  '42883',
  '42P02',
  '42704',
  '42725',
  '42803',
]);

/** What the server calls a failure, in words of ours: its own quote the value. */
const CONDITIONS: Readonly<Record<string, string>> = {
  '21000': 'a subquery gave more than one row',
  '22001': 'a text is too long',
  '22003': 'a number is out of range',
  '22007': 'a text is no date or time',
  '22008': 'a date or time is out of range',
  '22012': 'division by zero',
  '22P02': 'a text does not fit the type it is cast to',
  '28000': 'its rules do not let this login in',
  '53300': 'all its connections are taken',
  '57P01': 'somebody ended the session, or the server was stopped',
  '57P02': 'the server crashed',
  '57P03': 'it is starting or stopping',
  '53100': 'the server’s disk is full',
  '53200': 'the server is out of memory',
  P0001: 'a function raised an error',
  XX001: 'data of the table are damaged',
  XX002: 'an index is damaged',
};

/** In English; a server that speaks another language keeps the general remedy. */
const DENIED_TABLE = /^permission denied for (?:table|relation|view|materialized view|foreign table) (.+)$/;

const BY_ERRNO: Readonly<Record<string, Translation>> = {
  ...Object.fromEntries(Object.keys(CONNECT_FAILURES).map((code) => [code, UNREACHABLE])),
  ECONNRESET: LOST,
  EPIPE: LOST,
};

const TLS_CODE =
  /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|EPROTO$|INVALID_CA|CRL_|ERR_OSSL)/;
const NO_TLS_TEXT = /does not support SSL/;
const TLS_TEXT = /establishing an SSL/;
const PASSWORD_TEXT = /password must be a|SASL|SCRAM/;
const LOST_TEXT = /Connection terminated|not queryable|Connection ended/;

/**
 * A foreign error as ours; ours pass unchanged. With an aborted signal everything is the cancellation it follows from.
 * `address`: of a connection that did not come about.
 */
export function translateError(error: unknown, signal?: AbortSignal, address?: Address): AppError {
  if (signal?.aborted === true) return cancelled();
  if (isAppError(error)) return error;
  const foreign = asForeign(error);
  const isState = /^[0-9A-Z]{5}$/.test(foreign.code) && foreign.fromServer;
  return isState ? fromState(foreign, address) : fromClient(foreign, address);
}

interface Foreign {
  readonly code: string;
  readonly text: string;
  readonly position: string | undefined;
  readonly fromServer: boolean;
}

function asForeign(error: unknown): Foreign {
  if (typeof error !== 'object' || error === null)
    return { code: '', text: '', position: undefined, fromServer: false };
  const { code, message, position, severity } = error as Record<string, unknown>;
  return {
    code: typeof code === 'string' ? code : '',
    text: typeof message === 'string' ? message : '',
    position: typeof position === 'string' ? position : undefined,
    fromServer: typeof severity === 'string',
  };
}

function fromState({ code, text, position }: Foreign, address: Address | undefined): AppError {
  const found = BY_SQLSTATE[code] ?? BY_CLASS[code.slice(0, 2)] ?? FAILED;
  const fact = sentence(withAddress(found.message, address), { cause: CONDITIONS[code], code: `SQLSTATE ${code}` });
  const said = NAMES_ONLY.has(code) && !text.includes("'") ? ` The server says: ${text}.` : '';
  const denied = code === '42501' ? DENIED_TABLE.exec(text)?.[1] : undefined;
  return appError(found.code, {
    message: `${fact}${said}`,
    remedy: found.remedy,
    context: {
      sqlState: code,
      ...(position === undefined ? {} : { position: Number(position) }),
      ...(denied === undefined ? {} : { deniedTable: denied }),
    },
    // Not the foreign error itself: causes go to the log, which holds no cell value.
    cause: new Error(`SQLSTATE ${code}`),
  });
}

function fromClient({ code, text }: Foreign, address: Address | undefined): AppError {
  let found = BY_ERRNO[code];
  if (found === undefined && NO_TLS_TEXT.test(text)) found = NO_TLS;
  if (found === undefined && (TLS_CODE.test(code) || TLS_TEXT.test(text))) found = TLS;
  if (found === undefined && PASSWORD_TEXT.test(text)) found = AUTH;
  if (found === undefined && LOST_TEXT.test(text)) found = LOST;
  found ??= LOST;
  // The ways on which a connection does not come about are ways on which it is lost, too.
  if (found === UNREACHABLE && address === undefined) found = LOST;
  const failure = CONNECT_FAILURES[code] ?? CERTIFICATE_FAILURES[code];
  return appError(found.code, {
    message: sentence(withAddress(found.message, address), { cause: failure?.cause, code }),
    remedy: (found === LOST ? undefined : failure?.remedy) ?? found.remedy,
    context: code === '' ? {} : { reason: code },
    cause: new Error(code === '' ? 'driver error without a code' : code),
  });
}
