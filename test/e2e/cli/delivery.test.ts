import { appendFileSync, chmodSync, cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startSshd, type SshdServer } from '../../servers/sshd.ts';
import { Desk, errorOf } from './driver.ts';
import { readTree } from './read-tree.ts';
import type { LedgerList, RunResult } from './results.ts';

interface Delivered {
  readonly uri: string;
  readonly hostKey: string | null;
  readonly already: boolean;
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
  readonly ledger: { readonly seq: number; readonly size: number };
}

const PLAN = `waybill: 1
name: sample
purpose: test
connection: sample
tables: [{ table: main.customers, columns: [id] }]
format: { type: csv }
`;

let server: SshdServer;
/** Whose package all tests deliver. */
let desk: Desk;
let result: RunResult;
let folders = 0;

beforeAll(async () => {
  desk = new Desk();
  server = await startSshd();
  desk.write('plan.yaml', PLAN);
  result = await desk.json<RunResult>(['run', 'plan.yaml', '--out', 'out']);
});
afterAll(async () => {
  await server.stop();
  desk[Symbol.dispose]();
});
afterEach(() => desk.run(['target', 'remove', 'partner']));

/** Arguments that add the target `partner`, with a folder of its own on the server. */
function adding(...more: string[]): string[] {
  folders += 1;
  mkdirSync(join(server.homeFolder, inbox()));
  // The server's user may be another one than ours.
  chmodSync(join(server.homeFolder, inbox()), 0o777);
  const where = ['--host', server.host, '--port', String(server.port), '--path', inbox()];
  return ['target', 'add', 'partner', '--type', 'sftp', '--user', server.user, ...where, ...more];
}

const inbox = (): string => `in-${folders}`;
const arrived = (): string[] => readdirSync(join(server.homeFolder, inbox()), { recursive: true, encoding: 'utf8' });
const pin = (): string[] => ['--host-key', server.hostKey()];
const withPassword = (): { stdin: string } => ({ stdin: `${server.password}\n` });

async function addWithPassword(): Promise<void> {
  await desk.json(adding(...pin(), '--password-stdin'), withPassword());
}

function deliver(path = result.package): Promise<Delivered> {
  return desk.json<Delivered>(['deliver', path, '--to', 'partner']);
}

/** Refused for a person and for a script alike: code, fact and remedy, and the exit code; nothing on stdout. */
async function refused(args: readonly string[], given: { stdin?: string } = {}): Promise<[string, number | null]> {
  const script = await desk.run([...args, '--json'], given);
  const person = await desk.run(args, given);
  const { code, message, remedy } = errorOf(script);
  expect([message, remedy]).toEqual([expect.stringMatching(/\S.*\.$/), expect.stringMatching(/\S/)]);
  expect(person.stderr).toContain(`${code}: ${message}\n→ ${remedy}\n`);
  expect([person.code, person.stdout, script.stdout]).toEqual([script.code, '', '']);
  return [code, script.code];
}

async function lastEntry(): Promise<LedgerList['entries'][number] | undefined> {
  const { entries } = await desk.json<LedgerList>(['ledger', 'list']);
  return entries.at(-1);
}

const nothingArrived = (): void => expect(arrived()).toEqual([]);

describe('a target on an SFTP server', { timeout: 60_000 }, () => {
  it('is added with a password, listed without it, tested, and removed with its secret', async () => {
    const added = await desk.json(adding(...pin(), '--password-stdin'), withPassword());
    expect(added).toMatchObject({ name: 'partner', type: 'sftp', secret: 'passphrase' });
    const { targets } = await desk.json<{ targets: unknown[] }>(['target', 'list']);
    expect(targets).toMatchObject([{ name: 'partner', options: { hostKey: server.hostKey(), path: inbox() } }]);
    expect(await desk.json(['target', 'test', 'partner'])).toEqual(
      expect.objectContaining({
        target: 'partner',
        uri: `sftp://${server.user}@${server.host}:${server.port}/~/${inbox()}`,
        hostKey: server.hostKey(),
        writable: true,
        left: null,
      }),
    );
    const { stdout } = await desk.run(['target', 'test', 'partner']);
    expect(stdout).toMatch(/^right to write +yes: a test file was written, renamed and read back$/m);
    nothingArrived();
    expect(await desk.json(['target', 'remove', 'partner'])).toEqual({
      ...{ removed: 'partner', secretsRemoved: 1, secretLeft: null, recorded: true },
    });
    expect(await refused(['target', 'test', 'partner'])).toEqual(['TARGET/ABSENT', 4]);
    expect(await desk.json(['target', 'list'])).toEqual({ targets: [] });
  });

  it('takes a key under a passphrase, and a key without one', async () => {
    const locked = adding(...pin(), '--key', server.lockedKeyFile, '--passphrase-stdin');
    await desk.json(locked, { stdin: `${server.passphrase}\n` });
    expect(await deliver()).toMatchObject({ already: false });
    await desk.json(['target', 'remove', 'partner']);
    await desk.json(adding(...pin(), '--key', server.keyFile));
    expect(await deliver()).toMatchObject({ already: false });
  });

  it('is not saved without a terminal and without a known host key: exit 3, the fingerprint in the message', async () => {
    const before = server.log().length;
    const ended = await desk.run([...adding('--password-stdin'), '--json'], withPassword());
    expect([ended.code, errorOf(ended).code]).toEqual([3, 'TARGET/HOST_KEY_UNKNOWN']);
    expect(errorOf(ended).message).toContain(server.hostKey());
    expect(errorOf(ended).remedy).toContain(`--host-key ${server.hostKey()}`);
    expect(server.log().slice(before)).not.toMatch(/password/i);
    expect(await desk.json(['target', 'list'])).toEqual({ targets: [] });
  });

  it('is pinned by a known_hosts file, and by none that knows another host', async () => {
    await desk.json(adding('--known-hosts', server.knownHostsFile, '--password-stdin'), withPassword());
    expect(await desk.json(['target', 'list'])).toMatchObject({
      targets: [{ options: { hostKey: server.hostKey() } }],
    });
    expect(await deliver()).toMatchObject({ hostKey: server.hostKey(), already: false });
    await desk.json(['target', 'remove', 'partner']);
    desk.write('strangers', '');
    const strangers = adding('--known-hosts', 'strangers', '--password-stdin');
    expect(await refused(strangers, withPassword())).toEqual(['TARGET/HOST_KEY_UNKNOWN', 3]);
    const missing = adding('--known-hosts', 'missing', '--password-stdin');
    expect(await refused(missing, withPassword())).toEqual(['TARGET/OPTION_INVALID', 2]);
  });

  it.each([
    [['--host-key', 'SHA256:short']],
    [['--port', '99999']],
    [['--password-stdin', '--passphrase-stdin']],
    [['--key', '']],
  ])('is refused as input with %j', async (more) => {
    const [code, exit] = await refused(adding(...pin(), ...more), withPassword());
    expect([['TARGET/OPTION_INVALID', 'CLI/USAGE'].includes(code), exit]).toEqual([true, 2]);
  });

  it('keeps its name to itself', async () => {
    await addWithPassword();
    expect(await refused(adding(...pin(), '--password-stdin'), withPassword())).toEqual(['TARGET/EXISTS', 5]);
  });
});

describe('deliver', { timeout: 60_000 }, () => {
  it('brings every file there byte for byte, for its owner alone, and the ledger has it', async () => {
    await addWithPassword();
    const delivered = await deliver();
    const name = basename(result.package);
    expect(delivered).toMatchObject({
      ...{ package: result.package, target: 'partner', already: false, hostKey: server.hostKey() },
      uri: `sftp://${server.user}@${server.host}:${server.port}/~/${inbox()}/${name}`,
    });
    const [sent, there] = [result.package, join(server.homeFolder, inbox(), name)].map((folder) =>
      readTree(folder).map(({ path, kind, mode, bytes }) => [path, kind, mode, bytes.toString('base64')]),
    );
    expect(there).toEqual(sent);
    expect(await lastEntry()).toMatchObject({ type: 'delivery.sent', outcome: 'success' });
    const shown = await desk.json<{ entry: object }>(['ledger', 'show', String(delivered.ledger.seq)]);
    expect(shown).toMatchObject({ entry: { type: 'delivery.sent', data: { target: 'partner' } } });
  });

  it('says of the same package that it is already there, exit 0, and sends nothing', async () => {
    await addWithPassword();
    await deliver();
    const files = readTree(join(server.homeFolder, inbox()));
    const again = await desk.run(['deliver', result.package, '--to', 'partner']);
    expect([again.code, again.stdout]).toEqual([0, expect.stringMatching(/^Already there: .* Nothing was sent\.$/m)]);
    expect(await deliver()).toMatchObject({ already: true });
    expect(readTree(join(server.homeFolder, inbox()))).toEqual(files);
    expect(await lastEntry()).toMatchObject({ type: 'delivery.confirmed', outcome: 'success' });
  });

  it.each(['data/main.customers.csv', 'datapackage.json', 'ledger-entry.json'])(
    'verifies first: a package with a changed %s ends with 9, and nobody is called',
    async (path) => {
      await addWithPassword();
      const copy = desk.path('tampered', basename(result.package));
      cpSync(result.package, copy, { recursive: true });
      appendFileSync(join(copy, path), ' ');
      const before = server.log();
      expect(await refused(['deliver', copy, '--to', 'partner'])).toEqual(['PACKAGE/BROKEN', 9]);
      const said = errorOf(await desk.run(['deliver', copy, '--to', 'partner', '--json'])).message;
      expect(said).toContain(`The package ${basename(copy)} is broken. `);
      expect(said).toContain(`${path}: `);
      expect(said).toMatch(/ Nothing was sent\.$/);
      expect(await lastEntry()).toMatchObject({ type: 'delivery.failed', outcome: 'denied' });
      nothingArrived();
      expect(server.log()).toBe(before);
    },
  );

  it('stops fully when the host key changed, names both, and sends neither password nor file', async () => {
    await addWithPassword();
    const before = server.hostKey();
    const after = await server.changeHostKey();
    try {
      const logged = server.log().length;
      for (const args of [
        ['deliver', result.package, '--to', 'partner'],
        ['target', 'test', 'partner'],
      ]) {
        expect(await refused(args)).toEqual(['TARGET/HOST_KEY_CHANGED', 9]);
        const said = await desk.run(args);
        expect(said.stderr).toContain(before);
        expect(said.stderr).toContain(after);
      }
      nothingArrived();
      expect(server.log().slice(logged)).not.toMatch(/password/i);
      const { entries } = await desk.json<LedgerList>(['ledger', 'list']);
      const [told] = entries.filter(({ type }) => type === 'delivery.failed').slice(-1);
      expect(told).toMatchObject({ outcome: 'failure' });
      expect(entries.at(-1)).toMatchObject({ type: 'hostkey.changed', outcome: 'denied' });
    } finally {
      await server.changeHostKey();
    }
  });

  it('says that the server refuses a wrong password or a stranger’s key, and sends nothing', async () => {
    await desk.json(adding(...pin(), '--password-stdin'), { stdin: 'wr0ng-c4n4ry\n' });
    expect(await refused(['deliver', result.package, '--to', 'partner'])).toEqual(['TARGET/AUTH_REFUSED', 3]);
    expect(await lastEntry()).toMatchObject({ type: 'delivery.failed', outcome: 'denied' });
    await desk.json(['target', 'remove', 'partner']);
    await desk.json(adding(...pin(), '--key', server.strangerKeyFile));
    expect(await refused(['target', 'test', 'partner'])).toEqual(['TARGET/AUTH_REFUSED', 3]);
    nothingArrived();
  });

  it('says that nobody listens, that there is no such target, no such package, no such folder', async () => {
    await addWithPassword();
    const go = (path: string, target: string) => refused(['deliver', path, '--to', target]);
    await server.interrupt();
    try {
      expect(await go(result.package, 'partner')).toEqual(['TARGET/UNREACHABLE', 7]);
    } finally {
      await server.restart();
    }
    expect(await go(result.package, 'partnr')).toEqual(['TARGET/ABSENT', 4]);
    expect(await go('nowhere', 'partner')).toEqual(['PACKAGE/ABSENT', 4]);
    expect(await go(desk.ledger(), 'partner')).toEqual(['PACKAGE/ABSENT', 4]);
    expect(await refused(['deliver', result.package])).toEqual(['CLI/USAGE', 2]);
  });

  it('replaces nothing that has its name at the target', async () => {
    await addWithPassword();
    const taken = join(server.homeFolder, inbox(), basename(result.package));
    writeFileSync(taken, 'theirs');
    expect(await refused(['deliver', result.package, '--to', 'partner'])).toEqual(['TARGET/EXISTS', 5]);
    expect(readTree(join(server.homeFolder, inbox())).map(({ bytes }) => bytes.toString())).toEqual(['', 'theirs']);
  });

  it('says that the server gives no right to write', async () => {
    await addWithPassword();
    chmodSync(join(server.homeFolder, inbox()), 0o555);
    expect(await refused(['deliver', result.package, '--to', 'partner'])).toEqual(['TARGET/PERMISSION_DENIED', 3]);
    expect(await refused(['target', 'test', 'partner'])).toEqual(['TARGET/PERMISSION_DENIED', 3]);
    const { stderr } = await desk.run(['target', 'test', 'partner']);
    expect(stderr).toContain('The target partner is there, but nothing may be written to');
    const delivery = await desk.run(['deliver', result.package, '--to', 'partner', '--json']);
    expect(errorOf(delivery).message).toBe(`The server refuses access: ${inbox()}/${basename(result.package)}.`);
    nothingArrived();
  });

  it('delivers to a folder with the same care', async () => {
    mkdirSync(desk.path('share'));
    await desk.json(['target', 'add', 'partner', '--type', 'folder', '--path', 'share']);
    expect(await desk.json(['target', 'test', 'partner'])).toMatchObject({ hostKey: null });
    expect(await deliver()).toMatchObject({ already: false, hostKey: null });
    expect(readTree(desk.path('share', basename(result.package)))).toEqual(readTree(result.package));
    expect(await deliver()).toMatchObject({ already: true });
  });

  it('left its secrets nowhere', () => {
    const written = [...readTree(desk.home), ...readTree(desk.folder)];
    for (const secret of [server.password, server.passphrase, 'wr0ng-c4n4ry']) {
      expect(desk.printed).not.toContain(secret);
      for (const { path, bytes } of written) expect([path, bytes.includes(secret)]).toEqual([path, false]);
    }
  });
});
