import { describe, expect, it } from 'vitest';
import { translateError } from '../../../../src-main/connectors/postgres/errors.ts';

const server = (code: string, message = 'text') =>
  Object.assign(new Error(message), { code, severity: 'ERROR', detail: 'Key (x)=(secret)' });

describe('errors of PostgreSQL', () => {
  it.each([
    [server('28P01'), 'SOURCE/AUTH_REFUSED'],
    [server('28000'), 'SOURCE/AUTH_REFUSED'],
    [server('3D000'), 'SOURCE/DATABASE_ABSENT'],
    [server('42P01'), 'SOURCE/TABLE_GONE'],
    [server('42501'), 'SOURCE/PERMISSION_DENIED'],
    [server('42601'), 'SOURCE/QUERY_INVALID'],
    [server('42804'), 'SOURCE/QUERY_INVALID'],
    [server('57014'), 'SOURCE/TIMEOUT'],
    [server('55P03'), 'SOURCE/TIMEOUT'],
    [server('25006'), 'SOURCE/WRITE_REFUSED'],
    [server('40001'), 'SOURCE/SNAPSHOT_LOST'],
    [server('53300'), 'SOURCE/UNREACHABLE'],
    [server('57P01'), 'SOURCE/CONNECTION_LOST'],
    [server('22012'), 'SOURCE/QUERY_FAILED'],
    [server('XX001'), 'SOURCE/QUERY_FAILED'],
    [Object.assign(new Error('x'), { code: 'ECONNRESET' }), 'SOURCE/CONNECTION_LOST'],
    [Object.assign(new Error('x'), { code: 'EPIPE' }), 'SOURCE/CONNECTION_LOST'],
    [Object.assign(new Error('x'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }), 'SOURCE/TLS_REFUSED'],
    [Object.assign(new Error('x'), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }), 'SOURCE/TLS_REFUSED'],
    [new Error('The server does not support SSL connections'), 'SOURCE/TLS_REFUSED'],
    [new Error('Connection terminated unexpectedly'), 'SOURCE/CONNECTION_LOST'],
    [new Error('something nobody listed'), 'SOURCE/CONNECTION_LOST'],
  ])('translates %s', (error, code) => {
    expect(translateError(error)).toMatchObject({ code });
  });

  it.each(['ENOTFOUND', 'ECONNREFUSED', 'ETIMEDOUT', 'EHOSTUNREACH'])(
    'takes %s for a server that cannot be reached only where a connection is being made',
    (code) => {
      const error = Object.assign(new Error('x'), { code });
      const address = { host: 'db.example.net', port: 5432, user: 'app' };
      expect(translateError(error, undefined, address)).toMatchObject({ code: 'SOURCE/UNREACHABLE' });
      const lost = translateError(error);
      expect(lost.code).toBe('SOURCE/CONNECTION_LOST');
      expect(lost.message).toMatch(new RegExp(`^The connection to the server was lost: .+ \\(${code}\\)\\.$`));
      expect(lost.remedy).toBe('Check the network and the server, then try again.');
    },
  );

  it('takes whatever follows a cancellation for the cancellation', () => {
    expect(translateError(server('57014'), AbortSignal.abort())).toMatchObject({ code: 'RUN/CANCELLED' });
    expect(translateError(new Error('Connection terminated'), AbortSignal.abort())).toMatchObject({
      code: 'RUN/CANCELLED',
    });
  });

  it.each(['22P02', '23505', '42601', '22003', 'P0001'])(
    'keeps what the server quotes for %s to itself, its cause included',
    (code) => {
      const error = translateError(server(code, 'invalid input "secret"'));
      const shown = [
        error.message,
        error.remedy,
        JSON.stringify(error.context),
        String(error.cause),
        error.stack,
      ].join();
      expect(shown).not.toContain('secret');
    },
  );

  it('repeats the names the server misses', () => {
    expect(translateError(server('42703', 'column "nmae" does not exist')).message).toContain('nmae');
  });
});
