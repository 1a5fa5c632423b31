/**
 * Foreign errors into ours, once. A server's message may quote values of cells and literals of the statement: it stays
 * behind, except the message of errors about names.
 * https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html, https://mariadb.com/kb/en/mariadb-error-code-reference/
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
import { unknownPlugin } from './auth-plugins.ts';
import { ServerError } from './server-error.ts';

interface Translation {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy: string;
}

const AUTH: Translation = {
  code: 'SOURCE/AUTH_REFUSED',
  message: 'The server{at} refused the login{as}.',
  remedy:
    'Check user, password, TLS mode and client certificate of the connection, and from where the account may log in.',
};
const PERMISSION: Translation = {
  code: 'SOURCE/PERMISSION_DENIED',
  message: 'The login may not read what the statement names.',
  remedy: 'Have SELECT granted on it, or leave it out of the plan.',
};
const DATABASE: Translation = {
  code: 'SOURCE/DATABASE_ABSENT',
  message: 'The database does not exist on the server.',
  remedy: 'Correct the database of the connection or of the plan.',
};
const GONE: Translation = {
  code: 'SOURCE/TABLE_GONE',
  message: 'A table the statement names does not exist.',
  remedy: 'Look at the catalog again and correct the plan.',
};
const INVALID: Translation = {
  code: 'SOURCE/QUERY_INVALID',
  message: 'The server does not accept the SQL.',
  remedy: 'Correct the table’s condition or query in the plan.',
};
const BUSY: Translation = {
  code: 'SOURCE/TIMEOUT',
  message: 'A lock was not granted in time: another session holds it.',
  remedy:
    'Run again when the other session has ended its work on the table, or raise limits.lockTimeoutMs in the plan.',
};
const LATE: Translation = {
  code: 'SOURCE/TIMEOUT',
  message: 'The statement reached its time limit.',
  remedy: 'Raise limits.statementTimeoutMs in the plan, or read less.',
};
const KILLED: Translation = {
  code: 'RUN/CANCELLED',
  message: 'The statement was cancelled on the server by somebody else.',
  remedy: 'Ask the server’s administrator before running again.',
};
const NO_DATABASE_RIGHT: Translation = {
  code: 'SOURCE/PERMISSION_DENIED',
  message: 'The login may not use this database, or there is none of that name.',
  remedy: 'Have SELECT on its tables granted, or correct the database of the connection.',
};
const WRITE: Translation = {
  code: 'SOURCE/WRITE_REFUSED',
  message: 'The statement tried to write; the session is read-only and the server refused it.',
  remedy: 'Remove what writes from the plan’s SQL.',
};
const DRIFT: Translation = {
  code: 'SOURCE/CATALOG_DRIFT',
  message: 'A table was changed by another session while the snapshot was being taken.',
  remedy: 'Check the plan against the catalog and run again.',
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
    'Switch TLS on in the server (ssl-cert and ssl-key), or add the connection anew with --tls disable where the way to it is safe.',
};
const TLS_ONLY: Translation = {
  code: 'SOURCE/TLS_REFUSED',
  message: 'The server{at} takes encrypted connections only.',
  remedy: 'Add the connection anew with --tls verify-full, and --ca FILE where its authority is not a public one.',
};
const LOST: Translation = {
  code: 'SOURCE/CONNECTION_LOST',
  message: 'The connection to the server was lost.',
  remedy: 'Check the network and the server, then try again.',
};
const FAILED: Translation = {
  code: 'SOURCE/QUERY_FAILED',
  message: 'The server gave up the statement.',
  remedy: 'Look up the error number and the server’s own log, correct the plan, and run again.',
};

const BY_ERRNO: ReadonlyMap<number, Translation> = new Map(
  (
    [
      [AUTH, 1045, 1130, 1251, 1524, 1698, 1820, 1862, 2049, 2059, 2061, 3118, 3955, 4151],
      [NO_DATABASE_RIGHT, 1044],
      [PERMISSION, 1142, 1143, 1227, 1345, 1370, 1449],
      [DATABASE, 1049],
      [GONE, 1051, 1146, 1932],
      [INVALID, 1052, 1054, 1055, 1056, 1060, 1064, 1066, 1103, 1109, 1110, 1111, 1120, 1128, 1140, 1149, 1191, 1193],
      [INVALID, 1210, 1221, 1222, 1231, 1235, 1241, 1242, 1247, 1248, 1250, 1267, 1271, 1305, 1318, 1327, 1356, 1582],
      [INVALID, 1583, 1584, 1630, 1728, 3579, 3593, 3636],
      [BUSY, 1205, 1213, 3572],
      [LATE, 1969, 3024],
      [KILLED, 1317],
      [WRITE, 1290, 1792, 1836],
      [DRIFT, 1412],
      [UNREACHABLE, 1040, 1129, 1203, 1226],
      [TLS, 2026],
      [TLS_ONLY, 3159],
      [LOST, 1053, 1080, 1152, 1158, 1159, 1160, 1161, 1184, 1927, 2006, 2013, 4031],
    ] as const
  ).flatMap(([translation, ...numbers]) => numbers.map((number) => [number, translation] as const)),
);

/** Errors about names: their message quotes names only. */
const NAMES_ONLY = new Set([1044, 1049, 1051, 1052, 1054, 1109, 1142, 1143, 1146, 1305, 1370, 1630]);

/** What the server calls a failure, in words of ours: its own quote the value. */
const CONDITIONS: ReadonlyMap<number, string> = new Map([
  [1040, 'all its connections are taken'],
  [1203, 'all connections of this login are taken'],
  [1129, 'it has blocked this host after many failures'],
  [1038, 'the server is out of memory for sorting'],
  [1114, 'a table of the server is full'],
  [1242, 'a subquery gave more than one row'],
  [1365, 'division by zero'],
  [1644, 'a function raised an error'],
  [1690, 'a number is out of range'],
  [1356, 'a view names what is gone, or what its definer may not read'],
  [1449, 'the definer of a view does not exist'],
]);

/** `SELECT command denied to user 'u'@'h' for table `s`.`t``; without the schema, and with other quotes, in MySQL. */
const DENIED_TABLE =
  /^select command denied .* for (?:table|column .* in table) (?:`(?:[^`]|``)*`\.)?[`']((?:[^`']|``)+)[`']$/i;

const BY_CODE: Readonly<Record<string, Translation>> = {
  ...Object.fromEntries(Object.keys(CONNECT_FAILURES).map((code) => [code, UNREACHABLE])),
  HANDSHAKE_SSL_ERROR: TLS,
  HANDSHAKE_NO_SSL_SUPPORT: NO_TLS,
  AUTH_SWITCH_PLUGIN_ERROR: AUTH,
  MYSQL_CLEAR_PASSWORD_NOT_ENABLED: AUTH,
  PROTOCOL_CONNECTION_LOST: LOST,
  ECONNRESET: LOST,
  EPIPE: LOST,
};

/**
 * A foreign error as ours; ours pass unchanged. With an aborted signal everything is the cancellation it follows from.
 * `address`: of a connection that did not come about.
 */
export function translateError(error: unknown, signal?: AbortSignal, address?: Address): AppError {
  if (signal?.aborted === true) return cancelled();
  if (isAppError(error)) return error;
  if (error instanceof ServerError) return fromServer(error, address);
  const { code, errno, sqlState, message, tlsReason } = (
    typeof error === 'object' && error !== null ? error : {}
  ) as Record<string, unknown>;
  // The driver gives the server's errors during login their number; errors of the system have negative ones.
  if (typeof errno === 'number' && errno > 0) {
    const state = typeof sqlState === 'string' ? sqlState : '';
    return fromServer(new ServerError(errno, state, typeof message === 'string' ? message : ''), address);
  }
  const reason = typeof code === 'string' ? code : '';
  const plugin = typeof message === 'string' ? pluginAskedFor(reason, message) : null;
  if (plugin !== null) return unsupportedPlugin(plugin, address);
  const known = BY_CODE[reason] ?? LOST;
  // The ways on which a connection does not come about are ways on which it is lost, too.
  const found = known === UNREACHABLE && address === undefined ? LOST : known;
  // The driver writes its own code over that of the TLS library.
  const detail = typeof tlsReason === 'string' ? tlsReason : reason;
  const failure = CONNECT_FAILURES[detail] ?? CERTIFICATE_FAILURES[detail];
  const shown = failure !== undefined || /^E[A-Z]+$/.test(detail) ? detail : '';
  return appError(found.code, {
    message: sentence(withAddress(found.message, address), { cause: failure?.cause, code: shown }),
    remedy: (found === LOST ? undefined : failure?.remedy) ?? found.remedy,
    context: reason === '' ? {} : { reason },
    cause: new Error(reason === '' ? 'driver error without a code' : reason),
  });
}

function pluginAskedFor(code: string, message: string): string | null {
  return code === 'MYSQL_CLEAR_PASSWORD_NOT_ENABLED' ? 'mysql_clear_password' : unknownPlugin(message);
}

function unsupportedPlugin(plugin: string, address: Address | undefined): AppError {
  return appError('SOURCE/AUTH_REFUSED', {
    message: `${withAddress('The server{at} refused the login{as}', address)}: the account uses the plug-in ${plugin}, which is not known here.`,
    remedy:
      'Have the account log in another way, too: mysql_native_password, caching_sha2_password, unix_socket or auth_socket, or a client certificate.',
    context: { plugin },
    cause: new Error(`plug-in ${plugin}`),
  });
}

function fromServer({ errno, sqlState, text }: ServerError, address: Address | undefined): AppError {
  const found = BY_ERRNO.get(errno) ?? FAILED;
  const known = `error ${errno}${sqlState === '' ? '' : `, SQLSTATE ${sqlState}`}`;
  const fact = sentence(withAddress(found.message, address), { cause: CONDITIONS.get(errno), code: known });
  const said = NAMES_ONLY.has(errno) ? ` The server says: ${text}.` : '';
  const line = errno === 1064 ? /at line (\d+)$/.exec(text)?.[1] : undefined;
  const denied = errno === 1142 || errno === 1143 ? DENIED_TABLE.exec(text)?.[1] : undefined;
  return appError(found.code, {
    message: `${fact}${said}`,
    remedy: found.remedy,
    context: {
      ...{ errno, sqlState },
      ...(line === undefined ? {} : { sqlLine: Number(line) }),
      ...(denied === undefined ? {} : { deniedTable: denied.replaceAll('``', '`') }),
    },
    // Not the foreign error itself: causes go to the log, which holds no cell value.
    cause: new Error(`server error ${errno} (${sqlState})`),
  });
}
