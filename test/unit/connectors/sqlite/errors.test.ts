import { describe, expect, it } from 'vitest';
import { translateError } from '../../../../src-main/connectors/sqlite/errors.ts';

const foreign = (fields: Record<string, unknown>): Error => Object.assign(new Error('secret value 4711'), fields);

describe('translateError', () => {
  it.each([
    [{ errcode: 1 }, 'SOURCE/QUERY_INVALID'],
    [{ errcode: 1, message: 'no such table: main.gone' }, 'SOURCE/TABLE_GONE'],
    [{ errcode: 261 }, 'SOURCE/TIMEOUT'],
    [{ errcode: 8 }, 'SOURCE/WRITE_REFUSED'],
    [{ errcode: 266 }, 'SOURCE/CONNECTION_LOST'],
    [{ errcode: 11 }, 'SOURCE/PROTOCOL'],
    [{ errcode: 14 }, 'SOURCE/UNREACHABLE'],
    [{ errcode: 18 }, 'SOURCE/VALUE_TOO_LARGE'],
    [{ errcode: 23 }, 'SOURCE/WRITE_REFUSED'],
    [{ errcode: 26 }, 'SOURCE/DATABASE_ABSENT'],
    [{ errcode: 99 }, 'SOURCE/QUERY_FAILED'],
    [{ code: 'ENOENT' }, 'SOURCE/DATABASE_ABSENT'],
    [{ code: 'EACCES' }, 'SOURCE/PERMISSION_DENIED'],
    [{ code: 'EIO' }, 'SOURCE/UNREACHABLE'],
  ])('gives %o the code %s and a remedy, without the foreign text', (fields, code) => {
    const error = translateError(foreign(fields));
    expect(error.code).toBe(code);
    expect(error.remedy).toMatch(/\.$/);
    expect(JSON.stringify([error.message, error.context, String(error.cause)])).not.toContain('4711');
  });

  it('is the cancellation once the signal is aborted', () => {
    expect(translateError(foreign({ errcode: 1 }), AbortSignal.abort()).code).toBe('RUN/CANCELLED');
  });
});
