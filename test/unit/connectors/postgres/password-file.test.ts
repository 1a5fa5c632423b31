import { describe, expect, it } from 'vitest';
import { findPassword } from '../../../../src-main/connectors/postgres/password-file.ts';

const WANTED = { host: 'db.example', port: 5432, database: 'shop', user: 'app' };

describe('the password file', () => {
  it('gives the password of the first line that fits, and says which', () => {
    const text = '# db.example:5432:shop:app:no\nother:*:*:*:no\n*:5432:shop:app:first\n*:*:*:*:second\n';
    expect(findPassword(text, WANTED)).toEqual({ password: 'first', line: 3 });
    expect(findPassword(text, { ...WANTED, user: 'b' })).toEqual({ password: 'second', line: 4 });
    expect(findPassword('db.example:5432:shop:app:pw\r\n', WANTED)?.password).toBe('pw');
  });

  it('takes colons and backslashes that are escaped as they are meant, and ends a password at a bare colon', () => {
    expect(findPassword('db.example:5432:shop:app:a\\:b\\\\c:rest', WANTED)?.password).toBe('a:b\\c');
    expect(findPassword('fe80\\:\\:1:5432:*:a\\\\p:x', { ...WANTED, host: 'fe80::1', user: 'a\\p' })?.password).toBe(
      'x',
    );
    expect(findPassword('*:*:*:*:end\\', WANTED)?.password).toBe('end\\');
  });

  it('takes a star for any only where it stands alone and bare', () => {
    expect(findPassword('db*:*:*:*:pw', WANTED)).toBeNull();
    expect(findPassword('\\*:*:*:*:pw', WANTED)).toBeNull();
    expect(findPassword('\\*:*:*:*:pw', { ...WANTED, host: '*' })?.password).toBe('pw');
  });

  it('takes a line for localhost for a socket in a usual folder, and for no other', () => {
    const text = 'localhost:5432:*:*:pw';
    expect(findPassword(text, { ...WANTED, host: '/var/run/postgresql' })?.password).toBe('pw');
    expect(findPassword(text, { ...WANTED, host: '/run/postgresql/' })?.password).toBe('pw');
    expect(findPassword(text, { ...WANTED, host: '/srv/sockets' })).toBeNull();
    expect(findPassword('/srv/sockets:*:*:*:pw', { ...WANTED, host: '/srv/sockets' })?.password).toBe('pw');
  });

  it('has no password in an empty field or a line too short', () => {
    expect(findPassword('*:*:*:*:\n*:*:*:*:later', WANTED)).toBeNull();
    expect(findPassword('*:*:*:pw\n\n', WANTED)).toBeNull();
  });
});
