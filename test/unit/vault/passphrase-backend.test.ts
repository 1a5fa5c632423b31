import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { PassphraseBackend } from '../../../src-main/vault/passphrase-backend.ts';
import { openDocument, parseDocument, sealDocument } from '../../../src-main/vault/passphrase-document.ts';
import { derivePassphraseKey, type PassphraseKey } from '../../../src-main/vault/passphrase-key.ts';
import { MemoryLocks } from '../../fakes/memory-locks.ts';
import { MemoryStore } from '../../fakes/memory-store.ts';
import { FOLDER, PASSPHRASE, secret } from './vault-home.ts';

const FILE = `${FOLDER}/vault.json`;

function backendOn(store: MemoryStore, passphrase = PASSPHRASE, locks = new MemoryLocks()) {
  return new PassphraseBackend({ folder: FOLDER, store, locks, passphrase, lockTimeoutMs: 10_000 });
}

describe('the passphrase vault', () => {
  it('gives another process with the passphrase what was stored', async () => {
    const store = new MemoryStore();
    expect(await backendOn(store).open()).toBe(false);
    await backendOn(store).set('connection/shop', secret('päss\0\ud800 𝄞\n'));
    const other = backendOn(store);
    expect((await other.get('connection/shop'))?.reveal()).toBe('päss\0\ud800 𝄞\n');
    expect(await other.get('connection/else')).toBeNull();
    expect(await other.remove('connection/else')).toBe(false);
    expect(await other.remove('connection/shop')).toBe(true);
    expect(await other.get('connection/shop')).toBeNull();
  });

  it('takes the passphrase however its letters are composed', async () => {
    const store = new MemoryStore();
    await backendOn(store, secret('Schl\u00fcssel')).set('key/a', secret('x'));
    expect((await backendOn(store, secret('Schlu\u0308ssel')).get('key/a'))?.reveal()).toBe('x');
  });

  it('refuses a wrong and an empty passphrase', async () => {
    const store = new MemoryStore();
    await expect(backendOn(store, secret('')).set('key/a', secret('x'))).rejects.toMatchObject({
      code: 'VAULT/PASSPHRASE_WRONG',
    });
    await backendOn(store).set('key/a', secret('x'));
    const before = store.files.get(FILE);
    for (const call of ['get', 'remove', 'open'] as const) {
      const wrong = backendOn(store, secret('korrekt Pferd Batteri'));
      await expect(wrong[call]('key/a')).rejects.toMatchObject({ code: 'VAULT/PASSPHRASE_WRONG' });
    }
    await expect(backendOn(store, secret('no')).set('key/b', secret('y'))).rejects.toMatchObject({
      code: 'VAULT/PASSPHRASE_WRONG',
    });
    expect(store.files.get(FILE)).toEqual(before);
  });

  it('shows neither secret nor name in its file, nor anything when printed', async () => {
    const store = new MemoryStore();
    const backend = backendOn(store);
    await backend.set('connection/shop', secret('s3cret-value'));
    const file = Buffer.from(store.files.get(FILE) ?? []).toString('latin1');
    const base64 = Buffer.from('s3cret-value').toString('base64').slice(0, 12);
    expect(file).not.toMatch(/s3cret|shop/);
    expect(file).not.toContain(base64);
    const shown = inspect(backend, { depth: 9, showHidden: true }) + JSON.stringify(backend);
    expect(shown).not.toMatch(/s3cret|Pferd/);
  });

  it('loses nothing when many write at once', async () => {
    const store = new MemoryStore();
    const locks = new MemoryLocks();
    const two = [backendOn(store, PASSPHRASE, locks), backendOn(store, PASSPHRASE, locks)];
    const names = Array.from({ length: 20 }, (_, i) => `connection/c${i}`);
    await Promise.all(names.map(async (name, i) => await two[i % 2]?.set(name, secret(name))));
    for (const name of names) expect((await two[0]?.get(name))?.reveal()).toBe(name);
  });

  it('gives up with a code when somebody else holds it', async () => {
    const locks = new MemoryLocks();
    using _held = await locks.acquire(`${FOLDER}/vault.lock.sqlite`, 0);
    const backend = new PassphraseBackend({
      folder: FOLDER,
      store: new MemoryStore(),
      locks,
      passphrase: PASSPHRASE,
      lockTimeoutMs: 5,
    });
    await expect(backend.set('key/a', secret('x'))).rejects.toMatchObject({ code: 'VAULT/UNAVAILABLE' });
  });
});

describe('the passphrase file', () => {
  const salt = new Uint8Array(32).fill(7);
  let key: PassphraseKey;
  let bytes: Uint8Array;
  beforeAll(async () => {
    key = await derivePassphraseKey(PASSPHRASE, salt);
    bytes = sealDocument('vault/1', { salt, key, secrets: new Map([['key/a', 'x']]) });
  });
  const read = (file: Uint8Array) => openDocument(parseDocument('vault/1', file), key);

  it('reads back', () => {
    expect([...read(bytes)]).toEqual([['key/a', 'x']]);
  });

  it('notices a change of any byte', () => {
    for (let at = 0; at < bytes.length; at++) {
      for (const change of [1, 0x20, 0x80]) {
        const changed = Uint8Array.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ change;
        expect(() => read(changed), `byte ${at}`).toThrowError(
          expect.objectContaining({ code: 'VAULT/SECRET_UNREADABLE' }),
        );
      }
    }
  });

  it('notices every cut and every addition', () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(() => read(bytes.subarray(0, length))).toThrowError(
        expect.objectContaining({ code: 'VAULT/SECRET_UNREADABLE' }),
      );
    }
    for (const more of ['\n', ' ', '\0', '{}']) {
      expect(() => read(Buffer.concat([bytes, Buffer.from(more)]))).toThrowError(
        expect.objectContaining({ code: 'VAULT/SECRET_UNREADABLE' }),
      );
    }
  });

  it('notices a change by somebody who mends the checksum', () => {
    const file = JSON.parse(Buffer.from(bytes).toString()) as Record<string, unknown>;
    const flip = (text: unknown) => (String(text).startsWith('A') ? 'B' : 'A') + String(text).slice(1);
    const mended = (change: Record<string, unknown>) => {
      const open = { ...file, ...change, sha256: '' };
      const sha256 = createHash('sha256')
        .update(`${JSON.stringify(open, null, 2)}\n`)
        .digest('hex');
      return Buffer.from(`${JSON.stringify({ ...open, sha256 }, null, 2)}\n`);
    };
    expect([...read(mended({}))]).toEqual([['key/a', 'x']]);
    const nonce = Buffer.alloc(12, 3).toString('base64');
    const changes: [Record<string, unknown>, string][] = [
      [{ sealed: flip(file.sealed) }, 'VAULT/SECRET_UNREADABLE'],
      [{ sealed: '' }, 'VAULT/SECRET_UNREADABLE'],
      [{ cipher: { name: 'aes-256-gcm', nonce } }, 'VAULT/SECRET_UNREADABLE'],
      [{ check: flip(file.check) }, 'VAULT/PASSPHRASE_WRONG'],
      [{ waybill: 'vault-export/1' }, 'VAULT/SECRET_UNREADABLE'],
      [{ waybill: 'vault/2' }, 'VAULT/SECRET_UNREADABLE'],
    ];
    for (const [change, code] of changes) {
      expect(() => read(mended(change)), JSON.stringify(change)).toThrowError(expect.objectContaining({ code }));
    }
  });

  it('refuses a file that asks for more memory or less work than ours, before any work', () => {
    const text = Buffer.from(bytes).toString();
    for (const N of [1024, 65536, 262144, 1073741824]) {
      const asked = Buffer.from(text.replace('131072', String(N)));
      expect(() => parseDocument('vault/1', asked)).toThrowError(
        expect.objectContaining({ code: 'VAULT/SECRET_UNREADABLE' }),
      );
    }
  });

  it('is never sealed twice under one nonce', () => {
    const nonces = Array.from({ length: 50 }, () => {
      const file = sealDocument('vault/1', { salt, key, secrets: new Map() });
      return /"nonce": "([^"]+)"/.exec(Buffer.from(file).toString())?.[1];
    });
    expect(new Set(nonces).size).toBe(50);
  });
});
