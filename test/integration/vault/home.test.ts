import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNodeStore } from '../../../src-main/store/node-store.ts';
import { createLocks } from '../../../src-main/store/sqlite-locks.ts';
import { createVault } from '../../../src-main/vault/create-vault.ts';
import { exportVault, importVault } from '../../../src-main/vault/export-vault.ts';
import { SecretText } from '../../../src-shared/model/secret-text.ts';
import { FakeKeychain } from '../../fakes/fake-keychain.ts';

const PROGRAM = fileURLToPath(new URL('./store-secrets.ts', import.meta.url));

describe('a vault on a disk', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'waybill-vault-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function vaultIn(folder: string, keychain = new FakeKeychain()) {
    return createVault({
      folder: join(root, folder),
      installation: folder,
      store: createNodeStore(),
      locks: createLocks(),
      passphrase: new SecretText('a long passphrase'),
      host: { askSecret: null, confirm: null },
      allowSession: false,
      keychain,
    });
  }

  /** Stores secrets in another process; resolves with how many it said it had stored. */
  function storeElsewhere(label: string, count: number, killAfter = Number.POSITIVE_INFINITY): Promise<number> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [PROGRAM, join(root, 'vault'), label, String(count)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let stored = 0;
      child.stdout.on('data', (dots: Buffer) => {
        stored += dots.length;
        if (stored >= killAfter) child.kill('SIGKILL');
      });
      child.on('error', reject);
      child.on('close', () => resolve(stored));
    });
  }

  it('loses no secret of three processes, one of them killed', async () => {
    const stored = await Promise.all([
      storeElsewhere('a', 6),
      storeElsewhere('b', 6),
      storeElsewhere('killed', 1_000, 3),
    ]);
    expect(stored.slice(0, 2)).toEqual([6, 6]);
    const vault = vaultIn('vault');
    for (const [at, label] of ['a', 'b', 'killed'].entries()) {
      for (let i = 0; i < (stored[at] ?? 0); i++) {
        expect((await vault.get(`connection/${label}-${i}`))?.reveal()).toBe(`value of ${label} ${i}`);
      }
    }
    // The secret that was under way when the process died is there or is not, and can be removed either way.
    for (const { name } of await vault.list()) await vault.remove(name);
    expect(await vault.list()).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')("is the owner's alone, whatever the umask", async () => {
    const before = process.umask(0);
    try {
      const vault = vaultIn('vault');
      await vault.set('key/a', new SecretText('x'), 'passphrase');
      await vault.set('target/b', new SecretText('y'.repeat(3_000)), 'keychain');
      const path = join(root, 'out', 'moved');
      const passphrase = new SecretText('travel');
      await exportVault({ vault, store: createNodeStore(), path, passphrase });
    } finally {
      process.umask(before);
    }
    const found = readdirSync(root, { recursive: true, withFileTypes: true });
    expect(found.length).toBeGreaterThan(6);
    for (const entry of found) {
      const mode = statSync(join(entry.parentPath, entry.name)).mode & 0o777;
      expect([entry.name, mode]).toEqual([entry.name, entry.isDirectory() ? 0o700 : 0o600]);
    }
  });

  it('moves to another home', async () => {
    const from = vaultIn('from');
    await from.set('ledger/a', new SecretText('key'));
    await from.set('target/b', new SecretText('y'.repeat(20_000)), 'keychain');
    const options = { store: createNodeStore(), path: join(root, 'moved'), passphrase: new SecretText('travel') };
    await exportVault({ vault: from, ...options });
    await expect(exportVault({ vault: from, ...options })).rejects.toMatchObject({ code: 'SPOOL/EXISTS' });
    const keychain = new FakeKeychain();
    await importVault({ vault: vaultIn('to', keychain), ...options }, 'keychain');
    const to = vaultIn('to', keychain);
    expect((await to.get('ledger/a'))?.reveal()).toBe('key');
    expect((await to.get('target/b'))?.reveal()).toBe('y'.repeat(20_000));
    expect(readdirSync(root).toSorted()).toEqual(['from', 'moved', 'to']);
  });
});
