import { describe, expect, it } from 'vitest';
import { exportVault, importVault } from '../../../src-main/vault/export-vault.ts';
import { createThrowAwayVault } from '../../../src-main/vault/throw-away-vault.ts';
import { Crash } from '../../fakes/crash.ts';
import { MemoryStore } from '../../fakes/memory-store.ts';
import { PASSPHRASE, secret, VaultHome } from './vault-home.ts';

const PATH = '/tmp/move.waybill-vault';

async function exported() {
  const from = new VaultHome();
  const vault = from.start({ passphrase: PASSPHRASE });
  await vault.set('ledger/a', secret('ledger passphrase'), 'keychain');
  await vault.set('target/partner', secret('k'.repeat(9000)), 'keychain');
  await vault.set('connection/shop', secret('s3cret'), 'passphrase');
  await vault.set('connection/now', secret('session'), 'session');
  const store = new MemoryStore();
  const report = await exportVault({ vault, store, path: PATH, passphrase: secret('travel') });
  return { vault, store, report };
}

describe('export and import', () => {
  it('move every durable secret to another home', async () => {
    const { store, report } = await exported();
    expect(report.names.toSorted()).toEqual(['connection/shop', 'ledger/a', 'target/partner']);
    const file = Buffer.from(store.files.get(PATH) ?? []).toString('latin1');
    expect(file).not.toMatch(/s3cret|partner|ledger\//);
    const to = new VaultHome();
    const options = { vault: to.start(), store, path: PATH, passphrase: secret('travel') };
    expect((await importVault(options)).imported.toSorted()).toEqual(report.names.toSorted());
    const later = to.start();
    expect((await later.get('target/partner'))?.reveal()).toBe('k'.repeat(9000));
    expect((await later.get('connection/shop'))?.reveal()).toBe('s3cret');
    const again = await importVault({ ...options, vault: later });
    expect(again).toMatchObject({ imported: [] });
    expect(again.unchanged).toHaveLength(3);
  });

  it('refuse another passphrase, a damaged file, and a passphrase vault in its place', async () => {
    const { store } = await exported();
    const options = { vault: new VaultHome().start(), store, path: PATH, passphrase: secret('trave') };
    await expect(importVault(options)).rejects.toMatchObject({ code: 'VAULT/PASSPHRASE_WRONG' });
    const bytes = store.files.get(PATH) ?? new Uint8Array();
    store.files.set(PATH, bytes.subarray(1));
    const right = { ...options, passphrase: secret('travel') };
    await expect(importVault(right)).rejects.toMatchObject({ code: 'VAULT/SECRET_UNREADABLE' });
    store.files.set(PATH, Buffer.from(Buffer.from(bytes).toString().replace('vault-export/1', 'vault/1')));
    await expect(importVault(right)).rejects.toMatchObject({ code: 'VAULT/SECRET_UNREADABLE' });
    await expect(importVault({ ...right, path: '/none' })).rejects.toMatchObject({ code: 'VAULT/SECRET_ABSENT' });
  });

  it('never overwrite: neither a file nor a secret', async () => {
    const { vault, store } = await exported();
    await expect(exportVault({ vault, store, path: PATH, passphrase: PASSPHRASE })).rejects.toMatchObject({
      code: 'SPOOL/EXISTS',
    });
    expect([...store.files.keys()]).toEqual([PATH]);
    const to = new VaultHome();
    await to.start().set('connection/shop', secret('mine'));
    const options = { vault: to.start(), store, path: PATH, passphrase: secret('travel') };
    await expect(importVault(options)).rejects.toMatchObject({ code: 'VAULT/SECRET_EXISTS' });
    expect(await to.start().list()).toEqual([{ name: 'connection/shop', backend: 'keychain' }]);
  });

  it('go on where an import was broken off', async () => {
    const { store } = await exported();
    const to = new VaultHome();
    const crash = new Crash(9);
    const options = { store, path: PATH, passphrase: secret('travel') };
    await importVault({ ...options, vault: to.start({ crash }) }).catch((error: unknown) => {
      if (!crash.happened) throw error;
    });
    expect(crash.happened).toBe(true);
    await importVault({ ...options, vault: to.start() });
    expect(await to.start().list()).toHaveLength(3);
    expect((await to.start().get('ledger/a'))?.reveal()).toBe('ledger passphrase');
  });
});

describe('a throw-away vault', () => {
  it('says what it is and holds keys too, in memory only', async () => {
    const vault = createThrowAwayVault();
    expect(vault.isThrowAway).toBe(true);
    await vault.set('ledger/a', secret('x'));
    await (await vault.backendFor()).set('key/b', secret('y'));
    expect((await vault.get('ledger/a'))?.reveal()).toBe('x');
    expect(await vault.list()).toEqual([
      { name: 'key/b', backend: 'session' },
      { name: 'ledger/a', backend: 'session' },
    ]);
    expect(await vault.status()).toMatchObject([{ state: 'works', secrets: 2, backend: { durable: false } }]);
    await expect(vault.set('key/c', secret('z'), 'keychain')).rejects.toMatchObject({ code: 'VAULT/LOCKED' });
    expect(await vault.remove('ledger/a')).toBe(true);
    expect(await createThrowAwayVault().get('key/b')).toBeNull();
  });
});
