import { describe, expect, it } from 'vitest';
import { translateError } from '../../../../src-main/connectors/mysql/errors.ts';
import { ServerError } from '../../../../src-main/connectors/mysql/server-error.ts';
import { appError } from '../../../../src-shared/errors/app-error.ts';

describe('errors of MySQL and MariaDB', () => {
  it.each([
    [1045, 'SOURCE/AUTH_REFUSED'],
    [1044, 'SOURCE/PERMISSION_DENIED'],
    [1142, 'SOURCE/PERMISSION_DENIED'],
    [1143, 'SOURCE/PERMISSION_DENIED'],
    [1049, 'SOURCE/DATABASE_ABSENT'],
    [1146, 'SOURCE/TABLE_GONE'],
    [1054, 'SOURCE/QUERY_INVALID'],
    [1064, 'SOURCE/QUERY_INVALID'],
    [1205, 'SOURCE/TIMEOUT'],
    [1969, 'SOURCE/TIMEOUT'],
    [3024, 'SOURCE/TIMEOUT'],
    [1317, 'RUN/CANCELLED'],
    [1290, 'SOURCE/WRITE_REFUSED'],
    [1792, 'SOURCE/WRITE_REFUSED'],
    [1412, 'SOURCE/CATALOG_DRIFT'],
    [1040, 'SOURCE/UNREACHABLE'],
    [2026, 'SOURCE/TLS_REFUSED'],
    [3159, 'SOURCE/TLS_REFUSED'],
    [1927, 'SOURCE/CONNECTION_LOST'],
    [1690, 'SOURCE/QUERY_FAILED'],
    [65_000, 'SOURCE/QUERY_FAILED'],
  ])('takes error %i for %s, from rows and from login alike', (errno, code) => {
    expect(translateError(new ServerError(errno, 'HY000', 'x'))).toMatchObject({ code, context: { errno } });
    expect(translateError(Object.assign(new Error('x'), { errno, sqlState: 'HY000', code: 'ER_X' }))).toMatchObject({
      code,
    });
  });

  it('does not take a database one may not use for a table of the plan', () => {
    const { message, remedy } = translateError(
      new ServerError(1044, '42000', "Access denied for user 'a'@'b' to database 'nodb'"),
    );
    expect(message).toMatch(/^The login may not use this database, .*'nodb'\.$/);
    expect(remedy).not.toContain('plan');
  });

  it.each([
    ['HANDSHAKE_SSL_ERROR', 'SOURCE/TLS_REFUSED'],
    ['HANDSHAKE_NO_SSL_SUPPORT', 'SOURCE/TLS_REFUSED'],
    ['PROTOCOL_CONNECTION_LOST', 'SOURCE/CONNECTION_LOST'],
    ['ECONNRESET', 'SOURCE/CONNECTION_LOST'],
    ['AUTH_SWITCH_PLUGIN_ERROR', 'SOURCE/AUTH_REFUSED'],
    ['anything', 'SOURCE/CONNECTION_LOST'],
  ])('takes %s of the driver or the system for %s', (reason, code) => {
    expect(translateError(Object.assign(new Error('secret'), { code: reason, errno: -111 }))).toMatchObject({ code });
  });

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH'])(
    'takes %s for a server that cannot be reached only where a connection is being made',
    (reason) => {
      const error = Object.assign(new Error('x'), { code: reason, errno: -111 });
      const address = { host: 'db.example.net', port: 3306, user: 'app' };
      expect(translateError(error, undefined, address)).toMatchObject({ code: 'SOURCE/UNREACHABLE' });
      const lost = translateError(error);
      expect(lost.code).toBe('SOURCE/CONNECTION_LOST');
      expect(lost.message).toMatch(new RegExp(`^The connection to the server was lost: .+ \\(${reason}\\)\\.$`));
      expect(lost.remedy).toBe('Check the network and the server, then try again.');
    },
  );

  it('passes names on, and neither values nor literals', () => {
    const named = translateError(new ServerError(1054, '42S22', "Unknown column 'x' in 'where clause'"));
    expect(named.message).toContain("'x'");
    const near = "You have an error in your SQL syntax; check the manual near ''secret'' at line 3";
    for (const [errno, text] of [
      [1064, near],
      [1690, "BIGINT value is out of range in 'secret'"],
      [1060, "Duplicate column name 'secret'"],
      [1045, 'Access denied for secret'],
    ] as const) {
      const error = translateError(new ServerError(errno, '42000', text));
      expect(`${error.message} ${error.remedy} ${JSON.stringify(error.context)} ${String(error.cause)}`).not.toContain(
        'secret',
      );
    }
    expect(translateError(new ServerError(1064, '42000', near)).context).toMatchObject({ sqlLine: 3 });
  });

  it('passes our own errors unchanged, and follows an aborted signal first', () => {
    const own = appError('SOURCE/PROTOCOL', { message: 'x' });
    expect(translateError(own)).toBe(own);
    expect(translateError(own, AbortSignal.abort())).toMatchObject({ code: 'RUN/CANCELLED' });
  });
});
