import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createVault } from '../../../src-main/vault/create-vault.ts';
import { KeychainBackend } from '../../../src-main/vault/keychain-backend.ts';
import { KeychainProcess } from '../../../src-main/vault/keychain-process.ts';
import { SecretText } from '../../../src-shared/model/secret-text.ts';
import { MemoryLocks } from '../../fakes/memory-locks.ts';
import { MemoryStore } from '../../fakes/memory-store.ts';
import { waitUntil } from '../../servers/wait-until.ts';
import { startSecretService, type SecretService, type SecretServiceKind } from '../../servers/secret-service.ts';

function onService(service: SecretService, { installation = 'home-a', timeoutMs = 10_000 } = {}) {
  const store = new MemoryStore();
  const calls = new KeychainProcess({ env: service.env, timeoutMs, idleMs: 50 });
  const backend = new KeychainBackend({ calls, installation, sealedFolder: '/sealed', store, platform: 'linux' });
  const vault = createVault({
    folder: '/vault',
    installation,
    store,
    locks: new MemoryLocks(),
    passphrase: null,
    host: { askSecret: null, confirm: null },
    allowSession: false,
    keychain: calls,
    platform: 'linux',
  });
  return { store, backend, vault };
}

describe('a Secret Service that is unlocked', () => {
  let service: SecretService;
  beforeAll(async () => {
    service = await startSecretService('unlocked');
  });
  afterAll(() => service.stop());

  it.each([
    ['a plain password', 'correct horse'],
    ['unicode and line feeds', 'Schlüßel 𝄞 עברית\n\ttab\r\n'],
    ['2,000 bytes', 'x'.repeat(2_000)],
    ['2,001 bytes', 'x'.repeat(2_001)],
    ['20 kB', 'k€y '.repeat(3_400)],
    ['nothing', ''],
    ['a NUL', 'a\0b'],
  ])('keeps %s, and it is gone when removed', async (_title, value) => {
    const { backend, store } = onService(service);
    expect(await backend.get('connection/shop')).toBeNull();
    await backend.set('connection/shop', new SecretText(value));
    expect((await onServiceWith(store).get('connection/shop'))?.reveal()).toBe(value);
    await backend.set('connection/shop', new SecretText(`${value}2`));
    expect((await backend.get('connection/shop'))?.reveal()).toBe(`${value}2`);
    expect(await backend.remove('connection/shop')).toBe(true);
    expect(await backend.remove('connection/shop')).toBe(false);
    expect(await backend.get('connection/shop')).toBeNull();
    expect(store.files.size).toBe(0);
  });

  /** Another process of the same home. */
  function onServiceWith(store: MemoryStore): KeychainBackend {
    const calls = new KeychainProcess({ env: service.env });
    return new KeychainBackend({ calls, installation: 'home-a', sealedFolder: '/sealed', store, platform: 'linux' });
  }

  it('holds large secrets beside each other', async () => {
    const { backend } = onService(service);
    const names = ['target/a', 'target/b', 'target/c'];
    await Promise.all(names.map((name) => backend.set(name, new SecretText(name.repeat(2_500)))));
    for (const name of names) {
      expect((await backend.get(name))?.reveal()).toBe(name.repeat(2_500));
      expect(await backend.remove(name)).toBe(true);
    }
  });

  it('keeps two homes apart', async () => {
    const one = onService(service).backend;
    const two = onService(service, { installation: 'home-b' }).backend;
    await one.set('connection/shop', new SecretText('one'));
    expect(await two.get('connection/shop')).toBeNull();
    expect((await one.get('connection/shop'))?.reveal()).toBe('one');
  });

  it('is chosen for a new home, and the status proves it', async () => {
    const { vault } = onService(service, { installation: 'home-c' });
    await vault.set('ledger/abc', new SecretText('k'));
    const [keychain] = await vault.status();
    expect(keychain).toMatchObject({ state: 'works', secrets: 1, backend: { id: 'keychain', durable: true } });
  });

  it('answers many calls at once, and again after its process has rested', async () => {
    const calls = new KeychainProcess({ env: service.env, idleMs: 1 });
    const numbers = Array.from({ length: 30 }, (_, i) => i);
    await Promise.all(numbers.map((i) => calls.setPassword('many', `n${i}`, `v${i}`)));
    for (const i of numbers) expect(await calls.getPassword('many', `n${i}`)).toBe(`v${i}`);
    expect(await calls.deletePassword('many', 'n0')).toBe(true);
    expect(await calls.deletePassword('many', 'n0')).toBe(false);
  });

  it('leaves no test entry behind', async () => {
    const { vault, backend } = onService(service, { installation: 'home-d' });
    await vault.status();
    await vault.get('connection/none');
    expect(await backend.get('connection/none')).toBeNull();
    expect(await service.count('waybill:home-d')).toBe(0);
    await backend.set('connection/shop', new SecretText('x'));
    expect(await service.count('waybill:home-d')).toBe(1);
  });
});

describe('a Secret Service that gets locked', () => {
  let service: SecretService;
  beforeEach(async () => {
    service = await startSecretService('unlocked');
  });
  afterEach(() => service.stop());

  it('does not pass a stored secret off as absent, and loses none', async () => {
    const { backend, vault } = onService(service);
    await backend.set('connection/shop', new SecretText('s3cret'));
    await vault.set('connection/other', new SecretText('s3cret'));
    await service.lock();
    await expect(backend.get('connection/shop')).rejects.toMatchObject({ code: 'VAULT/LOCKED' });
    await expect(backend.get('connection/never')).rejects.toMatchObject({ code: 'VAULT/LOCKED' });
    await expect(backend.remove('connection/shop')).rejects.toMatchObject({ code: 'VAULT/LOCKED' });
    await expect(vault.get('connection/other')).rejects.toMatchObject({ code: 'VAULT/LOCKED' });
    expect((await vault.status())[0]).toMatchObject({ state: 'locked', secrets: 1 });
  });
});

describe.each<[SecretServiceKind, string, string]>([
  ['locked', 'VAULT/LOCKED', 'locked'],
  ['empty-bus', 'VAULT/UNAVAILABLE', 'absent'],
  ['absent', 'VAULT/UNAVAILABLE', 'absent'],
  ['black-hole', 'VAULT/LOCKED', 'locked'],
])('a Secret Service that is %s', (kind, code, state) => {
  let service: SecretService;
  // Only where nobody will answer is time worth saving: a program that answers may take a while to start.
  const timeoutMs = kind === 'black-hole' ? 800 : 10_000;
  beforeAll(async () => {
    service = await startSecretService(kind);
  });
  afterAll(() => service.stop());

  it(`ends every call with ${code}`, async () => {
    const { backend, store } = onService(service, { timeoutMs });
    const calls = [
      () => backend.get('connection/shop'),
      () => backend.set('connection/shop', new SecretText('x')),
      () => backend.remove('connection/shop'),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code });
    expect(store.files.size).toBe(0);
  });

  it(`is shown as ${state}, and a home that needs it is VAULT/LOCKED`, async () => {
    const { vault, store } = onService(service, { timeoutMs });
    expect((await vault.status())[0]).toMatchObject({ state, secrets: 0 });
    await expect(vault.set('connection/shop', new SecretText('x'))).rejects.toMatchObject({ code: 'VAULT/LOCKED' });
    expect(store.files.size).toBe(0);
  });
});

describe('the process that asks', () => {
  const program = fileURLToPath(new URL('./ask-keychain.ts', import.meta.url));

  function run(service: SecretService, timeoutMs: number) {
    const started = performance.now();
    return new Promise<{ code: number | null; output: string; ms: number }>((resolve, reject) => {
      const child = spawn(process.execPath, [program, String(timeoutMs)], {
        env: service.env,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, output, ms: performance.now() - started }));
    });
  }

  it('ends by itself soon after the timeout when the keychain never answers', async () => {
    await using service = await startSecretService('black-hole');
    const { code, output, ms } = await run(service, 1_000);
    expect(output).toBe('VAULT/LOCKED');
    expect(code).toBe(0);
    // Without a process of its own the call holds the asking process for the bus's own 50 seconds.
    expect(ms).toBeLessThan(8_000);
  });

  it('ends by itself when the keychain has answered', async () => {
    await using service = await startSecretService('unlocked');
    const { code, output } = await run(service, 10_000);
    expect([code, output]).toEqual([0, 'null']);
  });

  it('takes the process of the keychain along when it is killed', async () => {
    await using service = await startSecretService('black-hole');
    const asking = spawn(process.execPath, [program, '60000'], { env: service.env, stdio: 'ignore' });
    const children = () => readFileSync(`/proc/${asking.pid}/task/${asking.pid}/children`, 'utf8').trim();
    await waitUntil(() => children() !== '', AbortSignal.timeout(10_000));
    const child = `/proc/${children()}`;
    expect(existsSync(child)).toBe(true);
    asking.kill('SIGKILL');
    await waitUntil(() => !existsSync(child), AbortSignal.timeout(10_000));
  });

  it('reports a library that does not load', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'waybill-vault-'));
    try {
      const failing = [
        new KeychainProcess({ node: join(folder, 'no-such-node') }),
        new KeychainProcess({ script: join(folder, 'no-such-script.mjs') }),
      ];
      for (const calls of failing) {
        const options = {
          installation: 'a',
          sealedFolder: folder,
          store: new MemoryStore(),
          platform: 'linux',
        } as const;
        const backend = new KeychainBackend({ calls, ...options });
        await expect(backend.get('key/a')).rejects.toMatchObject({ code: 'VAULT/UNAVAILABLE' });
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
