import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { secretName } from '../../../src-main/app/connections.ts';
import { errorOf, openDesk } from './open-desk.ts';

const PASSPHRASE = 'korrekt Pferd Batterie';
const SHOP = {
  name: 'shop',
  connector: 'postgres',
  options: { host: 'db.example', database: 'shop', user: 'app_ro' },
  production: false,
  color: 'blue' as const,
};

// No keychain, whatever this machine has.
beforeEach(() => vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', 'unix:path=/nonexistent'));
afterEach(() => vi.unstubAllEnvs());

describe('where secrets live, on a machine without a keychain', () => {
  it('waits for a person, keeps a password for the session, then moves it into a passphrase vault', async () => {
    const { core, desk, home } = await openDesk();
    const first = await core.secrets.status();
    expect(first).toMatchObject({ chosen: null, passphraseVault: 'absent', held: [] });
    expect(first.backends.map(({ backend, state }) => [backend, state])).toEqual([
      ['keychain', 'absent'],
      ['passphrase', 'absent'],
      ['session', 'works'],
    ]);
    expect(await errorOf(core.connections.add({ ...SHOP, password: 'canary-1' }))).toMatchObject({
      code: 'VAULT/LOCKED',
    });

    await core.secrets.choose({ backend: 'session' });
    expect(await core.connections.add({ ...SHOP, password: 'canary-1' })).toMatchObject({ secret: 'session' });
    expect((await core.secrets.status()).held).toEqual([
      { kind: 'connection', name: 'shop', backend: 'session', here: true },
    ]);

    await core.secrets.unlock({ passphrase: PASSPHRASE, create: true });
    await core.secrets.choose({ backend: 'passphrase' });
    expect(await core.connections.change({ ...SHOP, store: 'passphrase' })).toMatchObject({ secret: 'passphrase' });
    const after = await core.secrets.status();
    expect(after).toMatchObject({ chosen: 'passphrase', passphraseVault: 'open' });
    expect(after.backends[1]).toMatchObject({ state: 'works', secrets: 1 });
    expect((await (await desk.core.vault()).get(secretName('shop')))?.reveal()).toBe('canary-1');
    expect(await readFile(join(home, 'connections.json'), 'utf8')).not.toContain('canary');
  }, 120_000);

  it('says that a password was for an earlier session', async () => {
    const { core, home } = await openDesk();
    await core.secrets.choose({ backend: 'session' });
    await core.connections.add({ ...SHOP, password: 'pw' });
    const { core: next } = await openDesk({ home });
    expect((await next.secrets.status()).held).toMatchObject([{ name: 'shop', backend: 'session', here: false }]);
    expect((await errorOf(next.connections.test({ name: 'shop' }))).message).toContain('earlier session');
  }, 120_000);

  it('says by name that the password of a wallet was for an earlier session', async () => {
    const { core, home } = await openDesk();
    await core.secrets.choose({ backend: 'session' });
    const options = { host: 'db.example', service: 'shop', user: 'app_ro', wallet: '/wallets/shop' };
    const shop = { ...SHOP, connector: 'oracle', options };
    expect(await core.connections.add({ ...shop, keyPassphrase: 'pw' })).toMatchObject({ keySecret: 'session' });
    const held = { kind: 'connection key', name: 'shop', backend: 'session' };
    expect((await core.secrets.status()).held).toEqual([{ ...held, here: true }]);
    const { core: next } = await openDesk({ home });
    expect((await next.secrets.status()).held).toEqual([{ ...held, here: false }]);
    // The dialog asks for it at its field.
    expect(await errorOf(next.connections.probe(shop))).toMatchObject({
      code: 'VAULT/SECRET_ABSENT',
      message: 'The password of the wallet of shop was kept for an earlier session only.',
      context: { option: 'keyPassphrase' },
    });
  }, 120_000);

  it('opens the vault of an earlier start with its passphrase only', async () => {
    const { core, home } = await openDesk({ passphrase: PASSPHRASE });
    await core.connections.add({ ...SHOP, password: 'pw' });
    const { core: next } = await openDesk({ home });
    expect(await next.secrets.status()).toMatchObject({ chosen: 'passphrase', passphraseVault: 'locked' });
    expect(await errorOf(next.secrets.unlock({ passphrase: 'wrong', create: false }))).toMatchObject({
      code: 'VAULT/PASSPHRASE_WRONG',
    });
    await next.secrets.unlock({ passphrase: PASSPHRASE, create: false });
    expect(await next.secrets.status()).toMatchObject({ passphraseVault: 'open' });
  }, 120_000);
});

describe('pseudonym keys', () => {
  it('are made, listed by fingerprint, and destroyed only when their name is repeated', async () => {
    const { core, desk } = await openDesk({ passphrase: PASSPHRASE });
    const made = await core.keys.add({ name: 'client-a' });
    expect(made).toMatchObject({ name: 'client-a', destroyed: null, own: false });
    expect(made.fingerprint).toMatch(/^SHA256:[0-9a-f]{32}$/);
    expect(await errorOf(core.keys.destroy({ name: 'client-a', confirm: 'client-b' }))).toMatchObject({
      code: 'MASK/KEY_NOT_CONFIRMED',
    });
    expect(await core.keys.list()).toEqual([made]);
    const { destroyed } = await core.keys.destroy({ name: 'client-a', confirm: 'client-a' });
    expect(destroyed).not.toBeNull();
    expect(await (await desk.core.vault()).get('key/client-a')).toBeNull();
    const status = await core.secrets.status();
    expect(status.held.map(({ kind }) => kind)).toEqual(['ledger']);
  }, 120_000);
});
