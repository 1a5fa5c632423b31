import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CliDesk } from '../../../fakes/cli-desk.ts';

const STRONG = 'four words nobody combines';
const BARE = { WAYBILL_PASSPHRASE: undefined, DBUS_SESSION_BUS_ADDRESS: undefined };

let desk: CliDesk;
beforeEach(() => {
  desk = new CliDesk();
});
afterEach(() => desk[Symbol.dispose]());

interface Exported {
  readonly names: readonly string[];
  readonly home: string;
  readonly copy: readonly string[];
}

describe('vault export', { timeout: 120_000 }, () => {
  const EXPORT = ['vault', 'export', 'home.vault', '--passphrase-stdin'];

  it('refuses a passphrase that can be guessed, and says how long it has to be', async () => {
    for (const weak of ['travel', 'aaaaaaaaaaaaaaaa']) {
      const { code, exit, said } = await desk.refused(EXPORT, { stdin: weak });
      expect([code, exit, said]).toEqual(['VAULT/PASSPHRASE_WEAK', 2, expect.stringContaining('12 characters')]);
      expect(said).not.toContain(weak);
    }
    expect(existsSync(desk.path('home.vault'))).toBe(false);
  });

  it('asks twice at a terminal, and wants the same', async () => {
    await desk.json(['key', 'add', 'client-a']);
    const twice = (second: string) => ({
      typed: [
        [/Passphrase of the file \(at least 12 characters\): $/, `${STRONG}\r`],
        [/The same passphrase again: $/, `${second}\r`],
      ] as const,
    });
    const other = await desk.run(['vault', 'export', 'home.vault'], twice('something else altogether'));
    expect([other.code, other.stderr]).toEqual([3, expect.stringContaining('not the same')]);
    const same = await desk.run(['vault', 'export', 'home.vault'], twice(STRONG));
    expect([same.code, same.stdout]).toEqual([0, expect.stringContaining('pseudonym key client-a')]);
  });

  it('says what else to copy, and with that the home goes on elsewhere', async () => {
    await desk.json(['key', 'add', 'client-a']);
    const add = [
      'connection',
      'add',
      'shop',
      '--connector',
      'postgres',
      '--host',
      'h',
      '--database',
      'd',
      '--user',
      'u',
    ];
    await desk.json([...add, '--password-stdin'], { stdin: 's3cret' });
    const { names, home, copy } = await desk.json<Exported>(EXPORT, { stdin: STRONG });
    expect(names).toEqual(expect.arrayContaining(['connection/shop', 'key/client-a']));
    expect(copy).toEqual(expect.arrayContaining(['home.json', 'connections.json', 'keys.json', 'keys', 'ledger']));
    const moved = desk.path('moved');
    for (const name of copy) cpSync(join(home, name), join(moved, name), { recursive: true });
    const at = { env: { WAYBILL_HOME: moved, WAYBILL_PASSPHRASE: 'the passphrase of the new machine' } };
    const shown = await desk.run(['vault', 'import', 'home.vault', '--passphrase-stdin'], { ...at, stdin: STRONG });
    expect([shown.code, shown.stdout.split('\n')[0]]).toEqual([0, '3 secrets were stored, 0 were there already.']);
    expect(shown.stdout).toContain('  stored: pseudonym key client-a\n');
    expect(shown.stdout).toContain('  stored: password of the connection shop\n');
    // The ledger's key opens, the pseudonym key is known, and both homes tell one story so far.
    expect(await desk.json(['key', 'list'], at)).toMatchObject({ keys: [{ name: 'client-a' }] });
    await desk.json(['key', 'destroy', 'client-a', '--yes'], at);
    const list = await desk.json<{ entries: { type: string }[] }>(['ledger', 'list'], at);
    expect(list.entries.map(({ type }) => type)).toEqual([
      'ledger.created',
      'pseudonymkey.created',
      'connection.added',
      'pseudonymkey.destroyed',
    ]);
    expect(readFileSync(desk.path('home.vault'), 'utf8')).not.toContain('s3cret');
  });

  it('tells the same in its help and in that of import', async () => {
    for (const command of ['export', 'import']) {
      const { stdout } = await desk.run(['vault', command, '--help']);
      for (const name of ['connections.json', 'targets.json', 'keys.json', 'ledger', 'runs']) {
        expect(stdout).toContain(name);
      }
    }
  });
});

describe('vault import', { timeout: 120_000 }, () => {
  it('names a file that is not there before it asks for a passphrase', async () => {
    const { code, stderr } = await desk.run(['vault', 'import', 'none.vault'], { typed: [['assphrase', 'x\r']] });
    expect([code, stderr]).toEqual([4, expect.stringMatching(/^VAULT\/SECRET_ABSENT: .*none\.vault/)]);
  });
});

describe('vault status', { timeout: 120_000 }, () => {
  it('ends with 3, an error and its remedy where nothing can hold a secret', async () => {
    const { code, stdout, stderr } = await desk.run(['vault', 'status'], { env: BARE });
    expect([code, stderr]).toEqual([3, expect.stringMatching(/^VAULT\/LOCKED: [^]*\n→ \S/)]);
    expect(stdout).toMatch(/: absent$/m);
    const script = await desk.run(['vault', 'status', '--json'], { env: BARE });
    expect([script.code, script.stderr]).toEqual([3, '']);
    expect(JSON.parse(script.stdout)).toMatchObject({ error: { code: 'VAULT/LOCKED' }, backends: [{}, {}, {}] });
  });

  it('is content with a passphrase that nothing is stored under yet', async () => {
    const { code, stdout, stderr } = await desk.run(['vault', 'status']);
    expect([code, stdout, stderr]).toEqual([0, expect.stringMatching(/vault\.json\): ready$/m), '']);
  });

  it('ends with 3 where what holds the secrets cannot be opened', async () => {
    await desk.json(['key', 'add', 'client-a']);
    const { code, stderr } = await desk.run(['vault', 'status'], { env: BARE });
    expect([code, stderr.replaceAll(/\s+/g, ' ')]).toEqual([
      3,
      expect.stringContaining('2 secrets of this home are in'),
    ]);
    expect((await desk.run(['vault', 'status'])).code).toBe(0);
  });
});
