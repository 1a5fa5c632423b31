import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeychainBackend } from '../../../src-main/vault/keychain-backend.ts';
import { FakeKeychain } from '../../fakes/fake-keychain.ts';
import { MemoryStore } from '../../fakes/memory-store.ts';
import { secret } from './vault-home.ts';

function home(installation = 'home-a', keychain = new FakeKeychain()) {
  const store = new MemoryStore();
  const backend = new KeychainBackend({
    calls: keychain,
    installation,
    sealedFolder: '/home/vault/sealed',
    store,
    platform: 'linux',
  });
  return { keychain, store, backend };
}

describe('the keychain', () => {
  it('gives back any text, however long or odd', async () => {
    const { backend, keychain, store } = home();
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ minLength: 1990, maxLength: 2100 }),
      fc.constantFrom('', '\0', 'a\0b', '\ud800', 'waybill-sealed:1:AAAA', 'line\nfeed\r\n'),
    );
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        await backend.set('connection/shop', secret(value));
        expect((await backend.get('connection/shop'))?.reveal()).toBe(value);
      }),
      { numRuns: 200 },
    );
    expect(await backend.remove('connection/shop')).toBe(true);
    expect(keychain.entries.size).toBe(0);
    expect(store.files.size).toBe(0);
  });

  it('keeps a large secret out of the entry and in a sealed file that does not show it', async () => {
    const { backend, keychain, store } = home();
    const large = 'PRIVATE KEY '.repeat(2000);
    await backend.set('target/partner', secret(large));
    const [entry = ''] = keychain.entries.values();
    expect(entry.length).toBeLessThan(200);
    const [[path = '', bytes = new Uint8Array()] = []] = store.files;
    expect(path).toMatch(/^\/home\/vault\/sealed\/[0-9a-f]{64}$/);
    expect(Buffer.from(bytes).toString('latin1')).not.toContain('PRIVATE KEY');
  });

  it('notices any changed byte of a sealed file', async () => {
    const { backend, store } = home();
    await backend.set('target/partner', secret('x'.repeat(2001)));
    const [[path = '', bytes = new Uint8Array()] = []] = store.files;
    for (let at = 0; at < bytes.length; at += at < 64 ? 1 : 97) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      store.files.set(path, changed);
      await expect(backend.get('target/partner')).rejects.toMatchObject({ code: 'VAULT/SECRET_UNREADABLE' });
    }
    store.files.set(path, bytes.subarray(0, bytes.length - 1));
    await expect(backend.get('target/partner')).rejects.toMatchObject({ code: 'VAULT/SECRET_UNREADABLE' });
    store.files.delete(path);
    await expect(backend.get('target/partner')).rejects.toMatchObject({ code: 'VAULT/SECRET_UNREADABLE' });
  });

  it('does not take a sealed file of one secret for that of another', async () => {
    const { backend, keychain, store } = home();
    await backend.set('target/a', secret('a'.repeat(3000)));
    await backend.set('target/b', secret('b'.repeat(3000)));
    const [a = '', b = ''] = [...keychain.entries.keys()];
    keychain.entries.set(b, keychain.entries.get(a) ?? '');
    await expect(backend.get('target/b')).rejects.toMatchObject({ code: 'VAULT/SECRET_UNREADABLE' });
    const [fileA = '', fileB = ''] = [...store.files.keys()];
    store.files.set(fileA, store.files.get(fileB) ?? new Uint8Array());
    await expect(backend.get('target/a')).rejects.toMatchObject({ code: 'VAULT/SECRET_UNREADABLE' });
  });

  it('draws a new key for every write and leaves no sealed file behind', async () => {
    const { backend, keychain, store } = home();
    await backend.set('target/partner', secret('x'.repeat(3000)));
    const [first] = keychain.entries.values();
    await backend.set('target/partner', secret('x'.repeat(3000)));
    expect(store.files.size).toBe(1);
    expect([...keychain.entries.values()]).not.toEqual([first]);
    await backend.set('target/partner', secret('short'));
    expect(store.files.size).toBe(0);
  });

  it('says null only when the keychain is open', async () => {
    const { backend, keychain } = home();
    expect(await backend.get('connection/shop')).toBeNull();
    expect(await backend.remove('connection/shop')).toBe(false);
    expect(keychain.entries.size).toBe(0);
    keychain.state = 'locked';
    await expect(backend.get('connection/shop')).rejects.toMatchObject({ code: 'VAULT/LOCKED' });
    await expect(backend.remove('connection/shop')).rejects.toMatchObject({ code: 'VAULT/LOCKED' });
    await expect(backend.set('connection/shop', secret('x'))).rejects.toMatchObject({ code: 'VAULT/LOCKED' });
    keychain.state = 'absent';
    await expect(backend.get('connection/shop')).rejects.toMatchObject({ code: 'VAULT/UNAVAILABLE' });
  });

  it('does not believe a write that cannot be read back', async () => {
    const { backend, keychain } = home();
    keychain.forgets = true;
    await expect(backend.set('connection/shop', secret('x'))).rejects.toMatchObject({
      code: 'VAULT/SECRET_UNREADABLE',
    });
  });

  it('keeps two homes apart', async () => {
    const one = home('home-a');
    const two = home('home-b', one.keychain);
    await one.backend.set('connection/shop', secret('one'));
    expect(await two.backend.get('connection/shop')).toBeNull();
    await two.backend.set('connection/shop', secret('two'));
    expect((await one.backend.get('connection/shop'))?.reveal()).toBe('one');
  });

  it('shows a secret to nobody who prints the backend or an error of it', async () => {
    const { backend, keychain } = home();
    await backend.set('connection/shop', secret('s3cret'));
    keychain.forgets = true;
    const error: unknown = await backend.set('connection/shop', secret('oth3r')).catch((e: unknown) => e);
    const shown = inspect([backend, error, await backend.get('connection/shop')], { depth: 9, showHidden: false });
    // The fake keychain itself is in the clear; everything around it is not.
    expect(JSON.stringify([error, await backend.get('connection/shop')])).not.toMatch(/s3cret|oth3r/);
    expect(shown).not.toMatch(/s3cret|oth3r/);
  });
});
