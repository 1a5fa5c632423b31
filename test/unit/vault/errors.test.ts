import { describe, expect, it } from 'vitest';
import { translateKeychainError } from '../../../src-main/vault/errors.ts';
import { KeychainFailure } from '../../../src-main/vault/keychain-failure.ts';

describe('errors of the keychain', () => {
  it.each([
    'Cannot create an item in a locked collection',
    'Object does not exist at path “/org/freedesktop/secrets/collection/login”',
    'User interaction is not allowed.',
    'The user name or passphrase you entered is not correct.',
  ])('calls "%s" locked', (text) => {
    expect(translateKeychainError(new KeychainFailure('refused', text))).toMatchObject({ code: 'VAULT/LOCKED' });
  });

  it.each(['Cannot autolaunch D-Bus without X11 $DISPLAY', 'The name x was not provided by any .service files'])(
    'calls "%s" absent',
    (text) => {
      const error = translateKeychainError(new KeychainFailure('refused', text));
      expect(error).toMatchObject({ code: 'VAULT/UNAVAILABLE', context: { state: 'absent' } });
    },
  );

  it('guesses no cause for what it does not know, and repeats no foreign text', () => {
    const error = translateKeychainError(new Error('p4ss is not welcome'));
    expect(error).toMatchObject({ code: 'VAULT/UNAVAILABLE', context: { state: 'failed' } });
    expect(error.message).not.toContain('p4ss');
  });

  it('takes silence for a lock', () => {
    expect(translateKeychainError(new KeychainFailure('timeout', ''))).toMatchObject({ code: 'VAULT/LOCKED' });
  });
});
