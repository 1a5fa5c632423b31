import { describe, expect, it } from 'vitest';
import type { SecretsStatus, VaultState } from '../../../src-shared/contract/secrets.ts';
import {
  firstPlace,
  isPassphraseReady,
  passphraseFault,
  passphraseWish,
  readyPlace,
  whyNot,
} from '../../../src-renderer/forms/secret-places.ts';

type State = VaultState['state'];

function place(backend: VaultState['backend'], state: State): VaultState {
  const durable = backend !== 'session';
  const why = state === 'works' ? null : `it is ${state}`;
  return { backend, title: backend, protection: '', durable, state, why, secrets: 0, steps: null, testedAt: '' };
}

function status(
  chosen: SecretsStatus['chosen'],
  { keychain = 'absent', passphrase = 'absent' }: { keychain?: State; passphrase?: State } = {},
): SecretsStatus {
  return {
    chosen,
    backends: [place('keychain', keychain), place('passphrase', passphrase), place('session', 'works')],
    passphraseVault:
      passphrase === 'works' || passphrase === 'ready' ? 'open' : passphrase === 'locked' ? 'locked' : 'absent',
    held: [],
  };
}

describe('where a secret goes', () => {
  it('asks nobody while the chosen place works', () => {
    expect(readyPlace(status('keychain', { keychain: 'works' }), 'durable')).toBe('keychain');
    expect(readyPlace(status('session'), 'any')).toBe('session');
    // A passphrase was given at the start, and no secret is stored yet.
    expect(readyPlace(status('passphrase', { passphrase: 'ready' }), 'durable')).toBe('passphrase');
  });

  it('asks where nothing is chosen, what is chosen is closed, or a key would end with the session', () => {
    expect(readyPlace(status(null), 'any')).toBeNull();
    expect(readyPlace(status('passphrase', { passphrase: 'locked' }), 'any')).toBeNull();
    expect(readyPlace(status('session'), 'durable')).toBeNull();
  });

  it('offers no place that does not work, and says why', () => {
    expect(whyNot(place('keychain', 'absent'), 'any')).toBe('it is absent');
    expect(whyNot(place('passphrase', 'absent'), 'any')).toBeNull();
    expect(whyNot(place('passphrase', 'locked'), 'any')).toBeNull();
    expect(whyNot(place('session', 'works'), 'durable')).toContain('outlive');
  });

  it('begins at what is in use, else at the keychain that works, else at the passphrase vault', () => {
    expect(firstPlace(status('session'), 'any')).toBe('session');
    expect(firstPlace(status('session'), 'durable')).toBe('passphrase');
    expect(firstPlace(status(null, { keychain: 'works' }), 'any')).toBe('keychain');
    expect(firstPlace(status(null), 'any')).toBe('passphrase');
  });
});

describe('a passphrase', () => {
  it('is typed twice for a new vault, once to open one, and not at all for an open one', () => {
    expect(passphraseWish(status(null))).toBe('make');
    expect(passphraseWish(status('passphrase', { passphrase: 'locked' }))).toBe('open');
    expect(passphraseWish(status('passphrase', { passphrase: 'works' }))).toBeNull();
    expect(isPassphraseReady('make', { first: 'korrekt Pferd', again: 'korrekt Pferd' })).toBe(true);
    expect(isPassphraseReady('make', { first: 'korrekt Pferd', again: 'korrekt' })).toBe(false);
    expect(isPassphraseReady('make', { first: 'kurz', again: 'kurz' })).toBe(false);
    expect(isPassphraseReady('open', { first: 'x', again: '' })).toBe(true);
  });

  it('is blamed only once there is something to blame', () => {
    expect(passphraseFault('make', { first: '', again: '' })).toBeNull();
    expect(passphraseFault('make', { first: 'kurz', again: '' })).toContain('12');
    expect(passphraseFault('make', { first: 'korrekt Pferd', again: '' })).toBeNull();
    expect(passphraseFault('make', { first: 'korrekt Pferd', again: 'x' })).toContain('not the same');
    expect(passphraseFault('open', { first: 'kurz', again: '' })).toBeNull();
  });
});
