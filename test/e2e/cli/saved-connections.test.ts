// What a person does with saved connections and targets after the first day: changes a password, loses a passphrase.
import { chmodSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newPostgresDatabase } from '../../servers/shared-servers.ts';
import { Desk, errorOf } from './driver.ts';
import type { LedgerList } from './results.ts';

const PASSWORD = 'c4n4ry-p4ss';
const LOST = { WAYBILL_PASSPHRASE: 'not the one' };
const NONE = { WAYBILL_PASSPHRASE: undefined };

let database: Awaited<ReturnType<typeof newPostgresDatabase>>;
let login: string;
let desk: Desk;

beforeAll(async () => {
  database = await newPostgresDatabase();
  login = `${database.name}_ro`;
  await database.sql(`create role ${login} login password '${PASSWORD}'; create table open (id bigint primary key);
    create table shut (id bigint primary key); grant select on open to ${login};`);
});
afterAll(async () => {
  await database.sql(`drop owned by ${login}; drop role ${login};`);
  await database.drop();
});
beforeEach(() => {
  desk = new Desk();
});
afterEach(() => desk[Symbol.dispose]());

function adding(name: string, ...more: string[]): string[] {
  const { host, port } = database.server;
  const where = ['--host', host, '--port', String(port), '--database', database.name, '--user', login];
  return ['connection', 'add', name, '--connector', 'postgres', ...where, ...more];
}

const withPassword = { stdin: `${PASSWORD}\n` };

/** Makes the home's ledger. */
async function runOnce(): Promise<void> {
  const tables = 'tables: [{ table: main.products, columns: [id] }]';
  desk.write('p.yaml', `waybill: 1\nname: p\npurpose: t\nconnection: sample\nformat: { type: csv }\n${tables}\n`);
  await desk.json(['run', 'p.yaml', '--accept-catalog', '--out', 'out']);
}

async function lastEntry(): Promise<unknown> {
  const { entries } = await desk.json<LedgerList>(['ledger', 'list']);
  return entries.at(-1);
}

async function refused(args: readonly string[], given = {}): Promise<[string, number | null]> {
  const ended = await desk.run([...args, '--json'], given);
  return [errorOf(ended).code, ended.code];
}

describe('a password', { timeout: 60_000 }, () => {
  it('is stored later on, told how to be, changed, and known to the ledger as changed', async () => {
    const added = await desk.run(adding('shop'));
    expect(added.stdout).toContain('waybill connection password shop');
    expect(await refused(['connection', 'test', 'shop'])).toEqual(['SOURCE/AUTH_REFUSED', 3]);
    const change = ['connection', 'password', 'shop', '--password-stdin'];
    expect(await desk.json(change, withPassword)).toEqual({ name: 'shop', secret: 'passphrase' });
    expect(await desk.json(['connection', 'test', 'shop'])).toMatchObject({ connection: 'shop' });
    await runOnce();
    await desk.json(change, { stdin: 'another' });
    expect(await lastEntry()).toMatchObject({ type: 'connection.changed', outcome: 'success' });
    expect(await refused(['connection', 'test', 'shop'])).toEqual(['SOURCE/AUTH_REFUSED', 3]);
    expect(desk.printed).not.toContain(PASSWORD);
  });

  it('is not taken where none is needed, given, or known', async () => {
    expect(await refused(['connection', 'password', 'sample', '--password-stdin'], withPassword)).toEqual([
      ...['CONNECTION/OPTION_INVALID', 2],
    ]);
    expect(await refused(['connection', 'password', 'nobody'])).toEqual(['CONNECTION/ABSENT', 4]);
    await desk.json(adding('shop'));
    expect(await refused(['connection', 'password', 'shop'])).toEqual(['CLI/USAGE', 2]);
    expect(await refused(['connection', 'password', 'shop', '--password-stdin'], { stdin: '' })).toEqual([
      ...['CLI/USAGE', 2],
    ]);
  });

  it('of a target is stored later on, too', async () => {
    const hostKey = ['--host-key', `SHA256:${'A'.repeat(43)}`];
    const where = ['--type', 'sftp', '--host', '127.0.0.1', '--user', 'u'];
    const added = await desk.run(['target', 'add', 'partner', ...where, ...hostKey]);
    expect(added.stdout).toContain('waybill target password partner');
    const change = ['target', 'password', 'partner', '--password-stdin'];
    expect(await desk.json(change, withPassword)).toMatchObject({ name: 'partner', secret: 'passphrase' });
    expect(await desk.json(['target', 'list'])).toMatchObject({ targets: [{ secrets: ['password'] }] });
    expect(await refused(['target', 'password', 'partner'])).toEqual(['CLI/USAGE', 2]);
    mkdirSync(desk.path('share'));
    await desk.json(['target', 'add', 'share', '--type', 'folder', '--path', 'share']);
    expect(await refused(['target', 'password', 'share', '--password-stdin'], withPassword)).toEqual([
      ...['TARGET/OPTION_INVALID', 2],
    ]);
  });
});

describe('a connection whose vault does not open', { timeout: 90_000 }, () => {
  it.each([
    ['lost', LOST, 'VAULT/PASSPHRASE_WRONG'],
    ['not given', NONE, 'VAULT/LOCKED'],
  ])(
    'because its passphrase is %s goes when that is asked for, and its secret is not said to be gone',
    async (_, env, code) => {
      await desk.json(adding('shop', '--password-stdin'), withPassword);
      await runOnce();
      const sealed = readFileSync(join(desk.home, 'vault', 'vault.json'));
      const kept = await desk.run(['connection', 'remove', 'shop', '--json'], { env });
      expect([kept.code, errorOf(kept)]).toEqual([
        3,
        expect.objectContaining({ code, remedy: expect.stringContaining('--forget-secret') as string }),
      ]);
      expect(await desk.json(['connection', 'test', 'shop'])).toMatchObject({ connection: 'shop' });
      const person = await desk.run(['connection', 'remove', 'shop', '--forget-secret'], { env });
      expect(person).toMatchObject({ code: 0 });
      expect(person.stdout).toMatch(/was not deleted: it stays in the passphrase vault/);
      expect(person.stdout).toMatch(/The ledger could not be opened/);
      expect(person.stdout).not.toMatch(/gone/);
      expect(readFileSync(join(desk.home, 'vault', 'vault.json')).equals(sealed)).toBe(true);
      expect(await refused(['connection', 'test', 'shop'], { env })).toEqual(['CONNECTION/ABSENT', 4]);
      expect((await desk.json<{ verdict: string }>(['verify', desk.ledger()])).verdict).toBe(
        'CONSISTENT, NOT ANCHORED',
      );
    },
  );

  it('can be added again, and has the new password', async () => {
    await desk.json(adding('shop', '--password-stdin'), { stdin: 'old' });
    const removed = await desk.json(['connection', 'remove', 'shop', '--forget-secret'], { env: NONE });
    expect(removed).toEqual({ removed: 'shop', secretRemoved: false, secretLeft: 'passphrase', recorded: true });
    await desk.json(adding('shop', '--password-stdin'), withPassword);
    expect(await desk.json(['connection', 'test', 'shop'])).toMatchObject({ connection: 'shop' });
    expect(await desk.json(['connection', 'remove', 'shop', '--forget-secret'])).toEqual({
      ...{ removed: 'shop', secretRemoved: true, secretLeft: null, recorded: true },
    });
  });

  it('is not added half when the ledger cannot be told', async () => {
    await runOnce();
    expect(await refused(adding('shop'), { env: LOST })).toEqual(['VAULT/PASSPHRASE_WRONG', 3]);
    expect(await refused(['connection', 'test', 'shop'])).toEqual(['CONNECTION/ABSENT', 4]);
  });

  it('is a target as well', async () => {
    const where = ['--type', 'sftp', '--host', '127.0.0.1', '--user', 'u', '--host-key', `SHA256:${'A'.repeat(43)}`];
    await desk.json(['target', 'add', 'partner', ...where, '--password-stdin'], withPassword);
    expect(await refused(['target', 'remove', 'partner'], { env: LOST })).toEqual(['VAULT/PASSPHRASE_WRONG', 3]);
    expect(await desk.json(['target', 'remove', 'partner', '--forget-secret'], { env: LOST })).toEqual({
      ...{ removed: 'partner', secretsRemoved: 0, secretLeft: 'passphrase', recorded: true },
    });
  });
});

describe('one name', { timeout: 90_000 }, () => {
  it('that two add at the same time belongs to the first, with its own password', async () => {
    await desk.json(['connection', 'list']);
    const passwords = [PASSWORD, 'wrong-one', 'wrong-two'];
    const ended = await Promise.all(
      passwords.map((stdin, n) =>
        desk.run([...adding('shop', '--password-stdin'), '--tls', n === 0 ? 'disable' : 'require', '--json'], {
          stdin,
        }),
      ),
    );
    expect(ended.map(({ code }) => Number(code)).sort((a, b) => a - b)).toEqual([0, 5, 5]);
    const winner = ended.findIndex(({ code }) => code === 0);
    for (const loser of ended.filter(({ code }) => code !== 0)) expect(errorOf(loser).code).toBe('CONNECTION/EXISTS');
    const { connections } = await desk.json<{ connections: { name: string; tls: string }[] }>(['connection', 'list']);
    expect(connections).toMatchObject([
      { name: 'sample' },
      { name: 'shop', tls: winner === 0 ? 'disable' : 'require' },
    ]);
    // The record is the winner's, and so is the secret.
    expect((await desk.run(['connection', 'test', 'shop'])).code).toBe(winner === 0 ? 0 : 3);
  });

  it('of a target, too, and all names of a crowd are kept', async () => {
    mkdirSync(desk.path('share'));
    await desk.json(['connection', 'list']);
    const add = (name: string) => desk.run(['target', 'add', name, '--type', 'folder', '--path', 'share']);
    const ended = await Promise.all(['a', 'a', 'b', 'c'].map(add));
    expect(ended.map(({ code }) => Number(code)).sort((a, b) => a - b)).toEqual([0, 0, 0, 5]);
    const { targets } = await desk.json<{ targets: { name: string }[] }>(['target', 'list']);
    expect(targets.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });
});

describe('what is shown', { timeout: 60_000 }, () => {
  it('of connections: a line for each in 80 columns, the TLS mode in force, production, and - for nothing', async () => {
    const where = ['--host', 'a-long-name.of.the.department.example.net', '--database', 'customers_and_orders'];
    await desk.json([
      'connection',
      'add',
      'live',
      '--connector',
      'postgres',
      ...where,
      '--user',
      login,
      '--production',
    ]);
    await desk.json(adding('near', '--password-stdin'), withPassword);
    const { stdout } = await desk.run(['connection', 'list']);
    const lines = stdout.trimEnd().split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines[0]).toMatch(/^NAME +CONNECTOR +USER +TLS +PASSWORD$/);
    expect(stdout).toMatch(new RegExp(`^live +postgres +${login} +verify-full +none +PRODUCTION$`, 'm'));
    expect(stdout).toMatch(new RegExp(`^near +postgres +${login} +disable +passphrase$`, 'm'));
    expect(stdout).toMatch(/^sample +sqlite +- +- +-$/m);
    expect(stdout).toContain('  host a-long-name.of.the.department.example.net, port 5432');
    expect(await desk.json(['connection', 'list'])).toMatchObject({
      connections: [
        { name: 'live', tls: 'verify-full' },
        { name: 'near', tls: 'disable' },
        { name: 'sample', tls: null },
      ],
    });
  });

  it('of a test: latency with one digit, missing rights in words, and of a file what there is', async () => {
    await desk.json(adding('shop', '--password-stdin'), withPassword);
    const { latencyMs } = await desk.json<{ latencyMs: number }>(['connection', 'test', 'shop']);
    expect(String(latencyMs)).toMatch(/^\d+(\.\d)?$/);
    const { stdout } = await desk.run(['connection', 'test', 'shop']);
    expect(stdout).toMatch(/^missing rights +SELECT on 1 of 2 tables in schema public;/m);
    expect(stdout).toMatch(/cannot\s+be exported/);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    // A file has neither login nor line: nothing is said of them.
    const ofFile = (await desk.run(['connection', 'test', 'sample'])).stdout;
    expect(ofFile).toMatch(/^file +shop\.db$/m);
    expect(ofFile).toMatch(/^read-only +/m);
    expect(ofFile).not.toMatch(/login|encryption|latency|missing rights/);
  });

  it('of what was added: the result alone with --quiet', async () => {
    const add = (name: string) => ['connection', 'add', name, '--connector', 'sqlite', '--file', desk.path('any.db')];
    const usual = await desk.run(add('usual'));
    expect(usual.stdout).toBe('Connection usual is saved.\nNext: waybill connection test usual\n');
    expect((await desk.run([...add('short'), '--quiet'])).stdout).toBe('Connection short is saved.\n');
  });

  it('of a folder target: whether it may be written, which its test tries and leaves no trace of', async () => {
    const under =
      process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override', '--inh-caps=-dac_override'] : [];
    mkdirSync(desk.path('share'));
    await desk.json(['target', 'add', 'share', '--type', 'folder', '--path', 'share']);
    expect((await desk.run(['target', 'test', 'share'])).stdout).toMatch(/^right to write +yes/m);
    expect(readdirSync(desk.path('share'))).toEqual([]);
    chmodSync(desk.path('share'), 0o500);
    const ended = await desk.run(['target', 'test', 'share', '--json'], { under });
    expect([ended.code, errorOf(ended).code]).toEqual([3, 'TARGET/PERMISSION_DENIED']);
  });
});
