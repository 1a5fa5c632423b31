import { expect, it } from 'vitest';
import { answerError, loginError } from '../../../src-main/targets/sftp/errors.ts';

const foreign = (message: string, code?: string | number): Error => Object.assign(new Error(message), { code });

it.each([
  ['No such file', 2, 'TARGET/ABSENT'],
  ['Permission denied', 3, 'TARGET/PERMISSION_DENIED'],
  ['Failure', 4, 'TARGET/FAILED'],
  ['Disk quota exceeded', 4, 'TARGET/QUOTA'],
  ['No connection', 6, 'TARGET/CONNECTION_LOST'],
  ['Connection lost', 7, 'TARGET/CONNECTION_LOST'],
  ['File already exists', 11, 'TARGET/EXISTS'],
  ['No space', 14, 'TARGET/QUOTA'],
  ['Quota exceeded', 15, 'TARGET/QUOTA'],
  ['No response from server', undefined, 'TARGET/CONNECTION_LOST'],
])('gives the answer "%s" (%s) its code', (message, status, code) => {
  expect(answerError(foreign(message, status), 'data/a.csv')).toMatchObject({ code });
});

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
  expect(loginError(foreign(message, system), 'files.example:22')).toMatchObject({ code });
});

it('says whose login was refused, and with what', () => {
  const refused = foreign('All configured authentication methods failed');
  const login = { user: 'courier', proof: 'a password' };
  expect(loginError(refused, 'files.example:22', login).message).toBe(
    'The server refuses the login: courier at files.example:22, with a password.',
  );
});
