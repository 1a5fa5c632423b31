import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Crash } from '../../fakes/crash.ts';
import { FOLDER, PASSPHRASE, secret, VaultHome } from './vault-home.ts';

const locked = { code: 'VAULT/LOCKED' };

/** A person who gives these answers, one after the other, and keeps silent then. */
function person(...answers: (string | null)[]) {
  const left = answers.slice();
  return {
    confirm: null,
    askSecret: () => {
      const answer = left.shift() ?? null;
      return Promise.resolve(answer === null ? null : secret(answer));
    },
  };
}

describe('the choice of a backend', () => {
  it('is the keychain when it works, and is remembered', async () => {
    const home = new VaultHome();
    expect((await home.start().backendFor()).facts.id).toBe('keychain');
    expect(home.files.size).toBe(0);
    expect((await home.start().set('connection/shop', secret('x'))).id).toBe('keychain');
    const later = home.start({ passphrase: PASSPHRASE });
    expect((await later.backendFor()).facts.id).toBe('keychain');
    home.keychain.state = 'locked';
    await expect(home.start({ passphrase: PASSPHRASE }).set('key/a', secret('y'))).rejects.toMatchObject(locked);
    expect(home.files.has(`${FOLDER}/vault.json`)).toBe(false);
  });

  it('is the passphrase vault when a passphrase was given first', async () => {
    const home = new VaultHome();
    expect((await home.start({ passphrase: PASSPHRASE }).set('ledger/a', secret('x'))).id).toBe('passphrase');
    expect(home.keychain.entries.size).toBe(0);
    await expect(home.start().set('key/b', secret('y'))).rejects.toMatchObject(locked);
    await expect(home.start().get('ledger/a')).rejects.toMatchObject(locked);
    expect((await home.start({ passphrase: PASSPHRASE }).get('ledger/a'))?.reveal()).toBe('x');
  });

  it.each(['locked', 'absent'] as const)(
    'is nobody when the keychain is %s and nothing else is given',
    async (state) => {
      const home = new VaultHome();
      home.keychain.state = state;
      const vault = home.start();
      await expect(vault.backendFor()).rejects.toMatchObject(locked);
      await expect(vault.set('connection/shop', secret('x'))).rejects.toMatchObject(locked);
      expect(home.files.size).toBe(0);
      expect(home.keychain.entries.size).toBe(0);
      home.keychain.state = 'open';
      await expect(home.start().set('connection/shop', secret('x'))).resolves.toMatchObject({ id: 'keychain' });
    },
  );

  it('asks a person for a new passphrase, twice, and takes silence for a no', async () => {
    const home = new VaultHome();
    home.keychain.state = 'absent';
    await expect(home.start({ host: person(null) }).set('key/a', secret('x'))).rejects.toMatchObject(locked);
    await expect(home.start({ host: person('') }).set('key/a', secret('x'))).rejects.toMatchObject(locked);
    const [one, two] = ['one long passphrase', 'two long passphrases'];
    await expect(home.start({ host: person(one, two) }).set('key/a', secret('x'))).rejects.toMatchObject({
      code: 'VAULT/PASSPHRASE_WRONG',
    });
    await expect(home.start({ host: person('short', 'short') }).set('key/a', secret('x'))).rejects.toMatchObject({
      code: 'VAULT/PASSPHRASE_WEAK',
    });
    expect(home.files.size).toBe(0);
    await home.start({ host: person(one, one) }).set('key/a', secret('x'));
    expect((await home.start({ host: person('wrong', one) }).get('key/a'))?.reveal()).toBe('x');
    await expect(home.start({ host: person('1', '2', '3', one) }).get('key/a')).rejects.toMatchObject({
      code: 'VAULT/PASSPHRASE_WRONG',
    });
    await expect(home.start({ host: person(null) }).get('key/a')).rejects.toMatchObject(locked);
  });
});

describe('a secret', () => {
  it('stays where it was stored until it is stored elsewhere by name', async () => {
    const home = new VaultHome();
    await home.start().set('connection/shop', secret('1'));
    const both = home.start({ passphrase: PASSPHRASE });
    await both.set('connection/other', secret('o'), 'passphrase');
    await both.set('connection/shop', secret('2'));
    expect(home.keychain.entries.size).toBe(1);
    await both.set('connection/shop', secret('3'), 'passphrase');
    expect(home.keychain.entries.size).toBe(0);
    expect((await home.start({ passphrase: PASSPHRASE }).get('connection/shop'))?.reveal()).toBe('3');
    await both.set('connection/shop', secret('4'), 'session');
    expect((await both.get('connection/shop'))?.reveal()).toBe('4');
    expect(await home.start({ passphrase: PASSPHRASE }).get('connection/shop')).toBeNull();
    await both.set('connection/shop', secret('5'));
    expect(await home.start({ passphrase: PASSPHRASE }).get('connection/shop')).toBeNull();
  });

  it('is not moved while the backend it is in cannot be opened', async () => {
    const home = new VaultHome();
    await home.start({ passphrase: PASSPHRASE }).set('connection/shop', secret('1'));
    const disk = home.disk();
    await expect(home.start().set('connection/shop', secret('2'), 'keychain')).rejects.toMatchObject(locked);
    await expect(home.start().remove('connection/shop')).rejects.toMatchObject(locked);
    expect(home.disk()).toBe(disk);
    expect(home.keychain.entries.size).toBe(0);
  });

  it('that was never stored is null, and one that vanished is reported', async () => {
    const home = new VaultHome();
    expect(await home.start().get('connection/shop')).toBeNull();
    await home.start().set('connection/shop', secret('x'));
    home.keychain.entries.clear();
    await expect(home.start().get('connection/shop')).rejects.toMatchObject({ code: 'VAULT/SECRET_ABSENT' });
    expect(await home.start().remove('connection/shop')).toBe(false);
    expect(await home.start().get('connection/shop')).toBeNull();
  });

  it('is removed, and is gone', async () => {
    const home = new VaultHome();
    await home.start().set('connection/shop', secret('x'.repeat(5000)));
    expect(await home.start().remove('connection/shop')).toBe(true);
    expect(await home.start().remove('connection/shop')).toBe(false);
    expect(home.keychain.entries.size).toBe(0);
    expect([...home.files.keys()]).toEqual([`${FOLDER}/index.json`]);
    expect(home.disk()).not.toContain('connection/shop');
  });

  it('is given up without opening anything, and its name can be used again elsewhere', async () => {
    const home = new VaultHome();
    await home.start({ passphrase: PASSPHRASE }).set('connection/shop', secret('old'), 'passphrase');
    const sealed = home.files.get(`${FOLDER}/vault.json`);
    const lost = home.start({ passphrase: secret('another one') });
    await expect(lost.remove('connection/shop')).rejects.toMatchObject({ code: 'VAULT/PASSPHRASE_WRONG' });
    expect(await lost.forget('connection/shop')).toEqual(['passphrase']);
    expect(await lost.forget('connection/shop')).toEqual([]);
    expect([await lost.list(), await lost.get('connection/shop')]).toEqual([[], null]);
    expect(home.files.get(`${FOLDER}/vault.json`)).toBe(sealed);
    await lost.set('connection/shop', secret('new'), 'keychain');
    expect((await lost.get('connection/shop'))?.reveal()).toBe('new');
  });

  it('goes to the index also through a backend that was handed out', async () => {
    const home = new VaultHome();
    const backend = await home.start({ passphrase: PASSPHRASE }).backendFor('passphrase');
    await backend.set('connection/shop', secret('x'));
    expect(await home.start().list()).toEqual([{ name: 'connection/shop', backend: 'passphrase' }]);
    expect(await backend.remove('connection/shop')).toBe(true);
    expect(await home.start().list()).toEqual([]);
  });

  it('never appears in a file or in what is printed', async () => {
    const home = new VaultHome();
    const vault = home.start({ passphrase: PASSPHRASE });
    await vault.set('connection/a', secret('s3cret'), 'keychain');
    await vault.set('connection/b', secret(`s3cret${'.'.repeat(3000)}`), 'keychain');
    await vault.set('connection/c', secret('s3cret'), 'passphrase');
    await vault.set('connection/d', secret('s3cret'), 'session');
    const shown = [
      home.disk(),
      inspect(vault, { depth: 12, showHidden: true }),
      JSON.stringify(vault),
      JSON.stringify(await vault.status()),
      JSON.stringify(await vault.list()),
      inspect(await vault.get('connection/a')),
      String(await vault.get('connection/d')),
    ].join('\n');
    expect(shown).not.toMatch(/s3cret|Pferd/);
  });

  it('is refused when it is a document', async () => {
    const huge = secret('x'.repeat(1024 * 1024 + 1));
    await expect(new VaultHome().start().set('key/a', huge)).rejects.toMatchObject({ code: 'VAULT/SECRET_TOO_LARGE' });
  });
});

describe('this session only', () => {
  it('holds secrets of connections and targets, and no key', async () => {
    const home = new VaultHome();
    const vault = home.start();
    await vault.set('connection/shop', secret('x'), 'session');
    await vault.set('target/partner', secret('y'), 'session');
    expect((await vault.get('target/partner'))?.reveal()).toBe('y');
    for (const name of ['ledger/abc', 'key/client-a', 'keychain/x']) {
      await expect(vault.set(name, secret('k'), 'session')).rejects.toMatchObject(locked);
      const backend = await vault.backendFor('session');
      await expect(backend.set(name, secret('k'))).rejects.toMatchObject(locked);
    }
    expect(home.files.size).toBe(0);
    expect(await home.start().get('connection/shop')).toBeNull();
    expect(await vault.remove('connection/shop')).toBe(true);
    expect(await vault.get('connection/shop')).toBeNull();
  });

  it('is refused where the program ends with the command', async () => {
    const vault = new VaultHome().start({ allowSession: false });
    await expect(vault.backendFor('session')).rejects.toMatchObject(locked);
    await expect(vault.set('connection/shop', secret('x'), 'session')).rejects.toMatchObject(locked);
  });

  it('keeps the stored secret when it refuses the new one', async () => {
    const home = new VaultHome();
    await home.start().set('key/a', secret('x'));
    await expect(home.start().set('key/a', secret('y'), 'session')).rejects.toMatchObject(locked);
    expect((await home.start().get('key/a'))?.reveal()).toBe('x');
  });
});

describe('the index', () => {
  it('that cannot be read is reported and left as it is', async () => {
    const home = new VaultHome();
    await home.start().set('connection/shop', secret('x'));
    for (const text of ['', '{', '{"waybill":"vault-index/2","default":null,"secrets":[]}']) {
      home.files.set(`${FOLDER}/index.json`, Buffer.from(text));
      const disk = home.disk();
      for (const call of [() => home.start().get('connection/shop'), () => home.start().set('key/a', secret('y'))]) {
        await expect(call()).rejects.toMatchObject({ code: 'HOME/UNREADABLE' });
      }
      expect(home.disk()).toBe(disk);
    }
  });

  it('loses no name when many processes store at once', async () => {
    const home = new VaultHome();
    const names = Array.from({ length: 12 }, (_, i) => `connection/c${i}`);
    await Promise.all(names.map((name) => home.start().set(name, secret(name))));
    expect((await home.start().list()).map(({ name }) => name).sort()).toEqual(names.sort());
  });
});

describe('a process that dies in the middle', () => {
  type Step = (vault: ReturnType<VaultHome['start']>) => Promise<unknown>;

  /** Runs `step` once for each change it makes, dying before that change, and calls `check` on what is left. */
  async function dieEverywhere(before: Step, step: Step, check: (home: VaultHome) => Promise<void>): Promise<number> {
    for (let after = 0; ; after++) {
      const home = new VaultHome();
      await before(home.start({ passphrase: PASSPHRASE }));
      const crash = new Crash(after);
      await step(home.start({ passphrase: PASSPHRASE, crash })).catch((error: unknown) => {
        if (!crash.happened) throw error;
      });
      await check(home);
      if (!crash.happened) return after;
    }
  }

  const valueIn = async (home: VaultHome) =>
    (await home.start({ passphrase: PASSPHRASE }).get('connection/shop'))?.reveal() ?? null;

  /** Whatever happened, the secret can be removed and nothing of it stays in any backend. */
  const removesClean = async (home: VaultHome) => {
    const vault = home.start({ passphrase: PASSPHRASE });
    await vault.remove('connection/shop');
    const left = [...home.keychain.entries.keys()].filter((entry) => entry.endsWith('connection/shop'));
    expect(left).toEqual([]);
    expect(await (await vault.backendFor('passphrase')).get('connection/shop')).toBeNull();
    expect(await vault.list()).toEqual([]);
  };

  it('has stored a first secret whole or not at all', async () => {
    const steps = await dieEverywhere(
      () => Promise.resolve(),
      (vault) => vault.set('connection/shop', secret('n'.repeat(3000)), 'keychain'),
      async (home) => {
        expect([null, 'n'.repeat(3000)]).toContain(await valueIn(home));
        await removesClean(home);
      },
    );
    expect(steps).toBeGreaterThan(3);
  });

  it('has the old or the new secret when it replaces a large one', async () => {
    await dieEverywhere(
      (vault) => vault.set('connection/shop', secret('o'.repeat(3000)), 'keychain'),
      (vault) => vault.set('connection/shop', secret('n'.repeat(3000))),
      async (home) => {
        expect(['o'.repeat(3000), 'n'.repeat(3000)]).toContain(await valueIn(home));
        await removesClean(home);
      },
    );
  });

  it('has the old or the new secret when it moves to another backend', { timeout: 60_000 }, async () => {
    await dieEverywhere(
      (vault) => vault.set('connection/shop', secret('old'), 'keychain'),
      (vault) => vault.set('connection/shop', secret('new'), 'passphrase'),
      async (home) => {
        expect(['old', 'new']).toContain(await valueIn(home));
        await removesClean(home);
      },
    );
  });

  it('has the secret or none when it removes', async () => {
    await dieEverywhere(
      (vault) => vault.set('connection/shop', secret('old'), 'keychain'),
      (vault) => vault.remove('connection/shop'),
      async (home) => {
        expect([null, 'old']).toContain(await valueIn(home));
        await removesClean(home);
      },
    );
  });
});

it('makes no passphrase vault under a passphrase that can be guessed, and its status says so', async () => {
  const home = new VaultHome();
  const vault = home.start({ passphrase: secret('letmein'), passphraseFrom: '/run/secrets/pass' });
  const fact = /^The passphrase in \/run\/secrets\/pass is shorter than 12 characters: /;
  await expect(vault.set('key/a', secret('x'))).rejects.toMatchObject({
    code: 'VAULT/PASSPHRASE_WEAK',
    message: expect.stringMatching(fact),
  });
  const status = (await vault.status()).find(({ backend }) => backend.id === 'passphrase');
  expect(status).toMatchObject({ state: 'failed', why: expect.stringMatching(fact) });
  expect(home.files.size).toBe(0);
});

describe('the status', () => {
  const states = async (vault: ReturnType<VaultHome['start']>) =>
    Object.fromEntries((await vault.status()).map((s) => [s.backend.id, [s.state, s.secrets]]));

  it('tests what can be opened, asks nobody and changes nothing', async () => {
    const home = new VaultHome();
    expect(await states(home.start())).toMatchObject({ passphrase: ['absent', 0] });
    expect(await states(home.start({ passphrase: PASSPHRASE }))).toEqual({
      keychain: ['works', 0],
      passphrase: ['ready', 0],
      session: ['works', 0],
    });
    expect(home.files.size).toBe(0);
    await home.start({ passphrase: PASSPHRASE }).set('key/a', secret('x'));
    await home.start({ passphrase: PASSPHRASE }).set('key/b', secret('x'), 'keychain');
    expect(await states(home.start({ passphrase: PASSPHRASE, allowSession: false }))).toEqual({
      keychain: ['works', 1],
      passphrase: ['works', 1],
      session: ['absent', 0],
    });
    const asking = {
      confirm: null,
      askSecret: () => Promise.reject(new Error('asked')),
    };
    home.keychain.state = 'locked';
    expect(await states(home.start({ host: asking }))).toMatchObject({
      keychain: ['locked', 1],
      passphrase: ['locked', 1],
    });
    home.keychain.state = 'absent';
    expect(await states(home.start({ passphrase: secret('no') }))).toMatchObject({
      keychain: ['absent', 1],
      passphrase: ['locked', 1],
    });
    home.files.set(`${FOLDER}/vault.json`, Buffer.from('{}'));
    expect(await states(home.start({ passphrase: PASSPHRASE }))).toMatchObject({ passphrase: ['failed', 1] });
  });

  it.each(['linux', 'darwin', 'win32'] as const)('names the keychain of %s', async (platform) => {
    const [first] = await new VaultHome().start({ platform }).status();
    const titles = { linux: /Secret Service/, darwin: /macOS Keychain/, win32: /Credential Manager/ };
    expect(first?.backend.title).toMatch(titles[platform]);
  });
});
