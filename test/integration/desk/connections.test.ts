import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keySecretName, secretName } from '../../../src-main/app/connections.ts';
import { tunnelSecretName } from '../../../src-main/app/tunnels.ts';
import { errorOf, openDesk } from './open-desk.ts';

const PASSPHRASE = 'korrekt Pferd Batterie';
const SHOP = {
  name: 'shop',
  connector: 'postgres',
  options: { host: 'db.example', database: 'shop', user: 'app_ro' },
  production: false,
  color: 'blue' as const,
};

describe('trying a connection', () => {
  it('says what it found, of one that is saved and of one that is not', async () => {
    const { core, home } = await openDesk();
    const found = { readOnly: 'enforced by the server', tls: null, missingPrivileges: [] };
    expect(await core.connections.test({ name: 'sample' })).toMatchObject(found);
    const file = join(home, 'sample', 'shop.db');
    const given = { connector: 'sqlite', options: { file }, production: false, color: 'grey' as const };
    expect(await core.connections.probe(given)).toMatchObject(found);
  });

  it('says why it could not, with a remedy', async () => {
    const { core, folder } = await openDesk();
    const given = {
      connector: 'sqlite',
      options: { file: join(folder, 'gone.db') },
      production: false,
      color: 'grey' as const,
    };
    const error = await errorOf(core.connections.probe(given));
    expect(error.code).toMatch(/^SOURCE\//);
    expect(error.remedy).toBeDefined();
  });

  it('reads a URL without keeping it', async () => {
    const { core, home } = await openDesk();
    expect(await core.connections.readUrl({ url: `file:${home}/sample/shop.db` })).toEqual({
      connector: 'sqlite',
      options: { file: join(home, 'sample', 'shop.db') },
      password: null,
      ignored: [],
    });
  });
});

describe('a saved connection', () => {
  it('is replaced with its password kept, exchanged or removed', async () => {
    const { core, desk } = await openDesk({ passphrase: PASSPHRASE });
    const password = async (): Promise<string | undefined> =>
      (await (await desk.core.vault()).get(secretName('shop')))?.reveal();
    await core.connections.add({ ...SHOP, password: 'one' });
    const kept = await core.connections.change({ ...SHOP, production: true, color: 'red' });
    expect(kept).toMatchObject({ production: true, color: 'red', secret: 'passphrase' });
    expect(await password()).toBe('one');
    await core.connections.change({ ...SHOP, password: 'two' });
    expect(await password()).toBe('two');
    expect(await core.connections.change({ ...SHOP, password: null })).toMatchObject({ secret: null });
    expect(await password()).toBeUndefined();
    expect(await errorOf(core.connections.change({ ...SHOP, name: 'shp' }))).toMatchObject({
      code: 'CONNECTION/ABSENT',
    });
  }, 120_000);

  it('keeps the passphrase of its client key beside the password, for as long as it has a key', async () => {
    const { core, desk } = await openDesk({ passphrase: PASSPHRASE });
    const passphrase = async (): Promise<string | undefined> =>
      (await (await desk.core.vault()).get(keySecretName('shop')))?.reveal();
    const options = { ...SHOP.options, cert: '/c.crt', key: '/c.key' };
    const added = await core.connections.add({ ...SHOP, options, password: 'one', keyPassphrase: 'opens it' });
    expect(added).toMatchObject({ secret: 'passphrase', keySecret: 'passphrase' });
    await core.connections.change({ ...SHOP, options, production: true });
    expect(await passphrase()).toBe('opens it');
    const { held } = await core.secrets.status();
    expect(held.map(({ kind, name }) => [kind, name])).toEqual(
      expect.arrayContaining([
        ['connection', 'shop'],
        ['connection key', 'shop'],
      ]),
    );
    expect(await core.connections.change(SHOP)).toMatchObject({ secret: 'passphrase', keySecret: null });
    expect(await passphrase()).toBeUndefined();
  }, 120_000);

  it('is another one each time it is saved: edited, or removed and added anew as it was', async () => {
    const { core } = await openDesk({ passphrase: PASSPHRASE });
    const revision = async (): Promise<string | undefined> =>
      (await core.connections.list()).find(({ name }) => name === 'shop')?.revision;
    await core.connections.add({ ...SHOP, password: null });
    const seen = [await revision()];
    expect(await revision()).toBe(seen[0]);
    await core.connections.change({ ...SHOP, options: { ...SHOP.options, port: 6000 } });
    seen.push(await revision());
    await core.connections.remove({ name: 'shop' });
    await core.connections.add({ ...SHOP, password: null });
    seen.push(await revision());
    expect(new Set(seen).size).toBe(3);
    expect(seen).not.toContain('');
  }, 120_000);

  it('stays what it was when an option is not right, and the option is named', async () => {
    const { core } = await openDesk({ passphrase: PASSPHRASE });
    await core.connections.add({ ...SHOP, password: null });
    const error = await errorOf(
      core.connections.change({ ...SHOP, options: { ...SHOP.options, port: 'x' }, password: 'new' }),
    );
    expect(error).toMatchObject({ code: 'CONNECTION/OPTION_INVALID', context: { option: 'port' } });
    expect((await core.connections.list()).find(({ name }) => name === 'shop')).toMatchObject({ secret: null });
  }, 120_000);
});

describe('the tunnel of a saved connection', () => {
  const options = { host: 'bastion.example', user: 'dba', hostKey: `SHA256:${'A'.repeat(43)}` };
  const LED = { ...SHOP, tunnel: { options: { ...options, key: '/home/dba/id' }, passphrase: 'locked' } };

  it('is kept, changed with its secrets, and removed with them', async () => {
    const { core, desk } = await openDesk({ passphrase: PASSPHRASE });
    const held = async (): Promise<(string | undefined)[]> => {
      const vault = await desk.core.vault();
      const secrets = [tunnelSecretName('shop', 'password'), tunnelSecretName('shop', 'passphrase')];
      return Promise.all(secrets.map(async (name) => (await vault.get(name))?.reveal()));
    };
    const added = await core.connections.add({ ...LED, password: 'one' });
    expect(added.tunnel).toMatchObject({ secrets: ['passphrase'], place: 'dba@bastion.example:22' });
    expect(await held()).toEqual([undefined, 'locked']);
    // Whoever does not speak of it leaves it as it is.
    const left = await core.connections.change({ ...SHOP, production: true });
    expect([left.tunnel, await held()]).toEqual([added.tunnel, [undefined, 'locked']]);
    const kept = { options: { ...LED.tunnel.options, port: 2222 } };
    expect((await core.connections.change({ ...SHOP, tunnel: kept })).tunnel).toMatchObject({
      ...{ secrets: ['passphrase'], place: 'dba@bastion.example:2222' },
    });
    const byPassword = { options, password: 'typed', passphrase: null };
    expect((await core.connections.change({ ...SHOP, tunnel: byPassword })).tunnel?.secrets).toEqual(['password']);
    expect(await held()).toEqual(['typed', undefined]);
    expect((await core.secrets.status()).held).toContainEqual({
      ...{ kind: 'tunnel', name: 'shop', backend: 'passphrase', here: true },
    });
    expect((await core.connections.change({ ...SHOP, tunnel: null })).tunnel).toBeNull();
    expect(await held()).toEqual([undefined, undefined]);
    await core.connections.change({ ...LED });
    await core.connections.remove({ name: 'shop' });
    expect(await held()).toEqual([undefined, undefined]);
  }, 120_000);

  it('stays what it was when an option is not right, and the option is named', async () => {
    const { core } = await openDesk({ passphrase: PASSPHRASE });
    await core.connections.add({ ...LED, password: null });
    const wrong = { options: { ...options, port: 'x' } };
    expect(await errorOf(core.connections.change({ ...SHOP, tunnel: wrong }))).toMatchObject({
      ...{ code: 'TUNNEL/OPTION_INVALID', context: { option: 'port' } },
    });
    expect((await core.connections.list()).find(({ name }) => name === 'shop')?.tunnel).toMatchObject({
      secrets: ['passphrase'],
    });
  }, 120_000);
});
