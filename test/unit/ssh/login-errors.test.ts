import { expect, it } from 'vitest';
import { loginError } from '../../../src-main/ssh/login-errors.ts';
import { SFTP_WORDS } from '../../../src-main/targets/sftp/words.ts';

const foreign = (message: string, code?: string): Error => Object.assign(new Error(message), { code });

it.each([
  ['All configured authentication methods failed', undefined, 'TARGET/AUTH_REFUSED'],
  [
    'Cannot parse privateKey: Encrypted private OpenSSH key detected, but no passphrase given',
    undefined,
    'TARGET/AUTH_REFUSED',
  ],
  ['connect ECONNREFUSED 192.0.2.1:22', 'ECONNREFUSED', 'TARGET/UNREACHABLE'],
  ['getaddrinfo ENOTFOUND files.example', 'ENOTFOUND', 'TARGET/UNREACHABLE'],
  ['Timed out while waiting for handshake', undefined, 'TARGET/UNREACHABLE'],
  ['read ECONNRESET', 'ECONNRESET', 'TARGET/CONNECTION_LOST'],
  ['Handshake failed: no matching key exchange algorithm', undefined, 'TARGET/FAILED'],
  ['something new', undefined, 'TARGET/FAILED'],
])('gives the failed login "%s" its code', (message, system, code) => {
  expect(loginError(foreign(message, system), { where: 'files.example:22', words: SFTP_WORDS })).toMatchObject({
    code,
  });
});

it('says whose login was refused, and with what', () => {
  const refused = foreign('All configured authentication methods failed');
  const login = { user: 'courier', proof: 'a password' };
  expect(loginError(refused, { where: 'files.example:22', words: SFTP_WORDS, login }).message).toBe(
    'The server refuses the login: courier at files.example:22, with a password.',
  );
});

it('does not speak of the login where nobody was asked', () => {
  const locked = foreign('Cannot parse privateKey: Encrypted private OpenSSH key detected, but no passphrase given');
  const login = { user: 'courier', proof: 'a private key' };
  expect(loginError(locked, { where: 'files.example:22', words: SFTP_WORDS, login }).message).toBe(
    'The private key cannot be opened: files.example:22.',
  );
});
