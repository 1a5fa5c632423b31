import { describe, expect, it } from 'vitest';
import { FOLDER, PASSPHRASE, secret, VaultHome } from './vault-home.ts';

/** A home on a machine without a keychain. */
function bareHome(): VaultHome {
  const home = new VaultHome();
  home.keychain.state = 'absent';
  return home;
}

describe('a vault that is chosen while the program runs', () => {
  it('waits for a person where nothing works by itself', async () => {
    const vault = bareHome().start();
    expect(await vault.nextBackend()).toBeNull();
    expect(await vault.passphraseState()).toBe('absent');
  });

  it('takes the keychain that works, and the passphrase that was given before it', async () => {
    expect(await new VaultHome().start().nextBackend()).toBe('keychain');
    const given = new VaultHome().start({ passphrase: PASSPHRASE });
    expect(await given.nextBackend()).toBe('passphrase');
    expect(await given.passphraseState()).toBe('open');
  });

  it('makes a passphrase vault, and stays locked at the next start until its passphrase is given', async () => {
    const home = bareHome();
    const vault = home.start();
    await vault.unlock(PASSPHRASE, { create: true });
    expect(home.files.has(`${FOLDER}/vault.json`)).toBe(true);
    expect(await vault.passphraseState()).toBe('open');
    expect(await vault.nextBackend()).toBe('passphrase');
    expect((await vault.set('ledger/a', secret('x'))).id).toBe('passphrase');

    const next = home.start();
    expect(await next.passphraseState()).toBe('locked');
    await expect(next.unlock(secret('wrong'), { create: false })).rejects.toMatchObject({
      code: 'VAULT/PASSPHRASE_WRONG',
    });
    await expect(next.get('ledger/a')).rejects.toMatchObject({ code: 'VAULT/LOCKED' });
    await next.unlock(PASSPHRASE, { create: false });
    expect((await next.get('ledger/a'))?.reveal()).toBe('x');
  });

  it('never makes one vault over another, nor takes a wish to open for a wish to make', async () => {
    const home = bareHome();
    await home.start().unlock(PASSPHRASE, { create: true });
    await expect(home.start().unlock(secret('other'), { create: true })).rejects.toMatchObject({
      code: 'VAULT/SECRET_EXISTS',
    });
    const empty = bareHome();
    await expect(empty.start().unlock(PASSPHRASE, { create: false })).rejects.toMatchObject({
      code: 'VAULT/SECRET_ABSENT',
    });
    expect(empty.files.size).toBe(0);
  });

  it('opens with the right passphrase after the program was started with a wrong one', async () => {
    const home = bareHome();
    await home.start().unlock(PASSPHRASE, { create: true });
    const vault = home.start({ passphrase: secret('wrong') });
    expect(await vault.passphraseState()).toBe('locked');
    await vault.unlock(PASSPHRASE, { create: false });
    expect(await vault.passphraseState()).toBe('open');
    expect((await vault.set('key/a', secret('x'))).id).toBe('passphrase');
  });

  it('keeps what may be forgotten for this session, and nothing else', async () => {
    const home = bareHome();
    const vault = home.start();
    await vault.choose('session');
    expect(await vault.nextBackend()).toBe('session');
    const forgettable = [
      ...['connection/shop', 'connection-key/shop', 'tunnel/shop', 'tunnel-passphrase/shop'],
      ...['target/files', 'target-passphrase/files'],
    ];
    for (const name of forgettable) expect((await vault.set(name, secret('pw'))).id).toBe('session');
    await expect(vault.set('key/a', secret('x'))).rejects.toMatchObject({ code: 'VAULT/LOCKED' });
    await expect(vault.set('ledger/a', secret('x'))).rejects.toMatchObject({ code: 'VAULT/LOCKED' });
    expect(home.disk()).not.toContain('pw');
    expect(await home.start().nextBackend()).toBeNull();
  });

  it('remembers a durable choice, leaves older secrets where they are, and takes none that does not work', async () => {
    const home = new VaultHome();
    const vault = home.start();
    await vault.set('connection/old', secret('a'));
    await vault.unlock(PASSPHRASE, { create: true });
    await vault.choose('passphrase');
    await vault.set('connection/new', secret('b'));
    await vault.set('connection/old', secret('c'));
    expect(await vault.list()).toEqual([
      { name: 'connection/new', backend: 'passphrase' },
      { name: 'connection/old', backend: 'keychain' },
    ]);
    expect(await home.start().nextBackend()).toBe('passphrase');
    await expect(bareHome().start().choose('keychain')).rejects.toMatchObject({ code: 'VAULT/LOCKED' });
  });

  it('shows what its test did, step by step', async () => {
    const [keychain] = await new VaultHome().start().status();
    expect(keychain?.steps?.map(({ step }) => step)).toEqual(['write', 'read', 'delete', 'read again']);
  });
});
