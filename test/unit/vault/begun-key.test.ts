import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { beginEarly } from '../../../src-main/begin-early.ts';
import { beginKey, type BegunKey } from '../../../src-main/vault/begun-key.ts';
import { PassphraseBackend } from '../../../src-main/vault/passphrase-backend.ts';
import { derivePassphraseKey } from '../../../src-main/vault/passphrase-key.ts';
import { toHex } from '../../../src-shared/util/hex.ts';
import { MemoryLocks } from '../../fakes/memory-locks.ts';
import { MemoryStore } from '../../fakes/memory-store.ts';
import { TempFolder } from '../../fakes/temp-folder.ts';
import { FOLDER, PASSPHRASE, secret } from './vault-home.ts';

const FILE = `${FOLDER}/vault.json`;

const onto = (store: MemoryStore, begun: BegunKey | null) =>
  new PassphraseBackend({
    folder: FOLDER,
    store,
    locks: new MemoryLocks(),
    passphrase: PASSPHRASE,
    begun,
    lockTimeoutMs: 10_000,
  });

let folder: TempFolder;
beforeEach(() => {
  folder = new TempFolder();
});
afterEach(() => folder[Symbol.dispose]());

/** A store whose vault holds one secret, and the folder of a home with the same file. */
async function vaultAndHome(): Promise<{ store: MemoryStore; home: string }> {
  const store = new MemoryStore();
  await onto(store, null).set('key/a', secret('x'));
  const home = folder.path;
  mkdirSync(join(home, 'vault'));
  writeFileSync(join(home, 'vault', 'vault.json'), store.files.get(FILE) ?? '');
  return { store, home };
}

function begunIn(home: string): BegunKey {
  const begun = beginKey(join(home, 'vault'), PASSPHRASE);
  if (begun === null) throw new Error('nothing was begun');
  return begun;
}

describe('a key that was begun early', () => {
  it('is the one that opens the vault, and is not made twice', async () => {
    const { store, home } = await vaultAndHome();
    const begun = begunIn(home);
    expect((await onto(store, begun).get('key/a'))?.reveal()).toBe('x');
    // One that is not what it says shows that it is taken: it does not open the vault.
    const other = derivePassphraseKey(secret('another'), begun.salt);
    await expect(onto(store, { ...begun, key: other }).get('key/a')).rejects.toMatchObject({
      code: 'VAULT/PASSPHRASE_WRONG',
    });
  });

  it('is left alone where it is of another passphrase or of another vault', async () => {
    const { store, home } = await vaultAndHome();
    const key = Promise.reject(new Error('not asked for'));
    key.catch(() => undefined);
    const { salt } = begunIn(home);
    for (const begun of [
      { passphrase: secret('another'), salt, key },
      { passphrase: PASSPHRASE, salt: salt.map((byte) => byte ^ 1), key },
    ]) {
      expect((await onto(store, begun).get('key/a'))?.reveal()).toBe('x');
    }
  });

  it('is not begun where there is no vault, or what is no vault', async () => {
    expect(beginKey(folder.path, PASSPHRASE)).toBeNull();
    for (const text of ['', '{"kdf": {"salt": "AAAA"}}', 'x'.repeat(2 * 1024 * 1024)]) {
      writeFileSync(folder.join('vault.json'), text);
      expect(beginKey(folder.path, PASSPHRASE)).toBeNull();
    }
  });

  it('is not waited for where a pipe lies in the place of a vault', () => {
    execFileSync('mkfifo', [folder.join('vault.json')]);
    expect(beginKey(folder.path, PASSPHRASE)).toBeNull();
  });

  it('is begun by commands that read or deliver, for the home that they name', async () => {
    const { home } = await vaultAndHome();
    const env = { WAYBILL_PASSPHRASE: PASSPHRASE.reveal() };
    const salt = (args: readonly string[], more = {}): string =>
      toHex(beginEarly(args, { env: { ...env, ...more }, cwd: home })?.salt ?? new Uint8Array());
    const saltOfVault = toHex(begunIn(home).salt);
    expect(saltOfVault).toHaveLength(64);
    expect(salt(['run', 'a.plan.yaml', '--home', home])).toBe(saltOfVault);
    expect(salt(['--home=.', 'resume', 'X'])).toBe(saltOfVault);
    expect(salt(['deliver', 'X'], { WAYBILL_HOME: home })).toBe(saltOfVault);
    // Nothing to wait for.
    expect(salt(['verify', 'run.d', '--home', home])).toBe('');
    expect(salt(['run', '--help', '--home', home])).toBe('');
    expect(salt(['run', 'a.plan.yaml', '--home', home], { WAYBILL_PASSPHRASE: '' })).toBe('');
    expect(salt(['run', 'a.plan.yaml', '--home', home, '--passphrase-file', 'f'])).toBe('');
    expect(salt(['run', 'a.plan.yaml'], { WAYBILL_HOME: join(home, 'elsewhere') })).toBe('');
  });
});
