// Every way to log in at the SSH server, and every way to be refused there, before a database is spoken to.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { CliDesk } from '../../fakes/cli-desk.ts';
import { newPostgresDatabase } from '../../servers/shared-servers.ts';
import { runProgram } from '../../servers/run-program.ts';
import { startSshd, type SshdServer } from '../../servers/sshd.ts';
import { waitUntil } from '../../servers/wait-until.ts';
import { addArguments, sshByKey, sshPlace, works } from './rig.ts';

let database: Awaited<ReturnType<typeof newPostgresDatabase>>;
let server: SshdServer;
let desk: CliDesk;
beforeAll(async () => {
  [database, server] = await Promise.all([newPostgresDatabase(), startSshd()]);
});
afterAll(async () => {
  await Promise.all([database.drop(), server.stop()]);
});
beforeEach(() => {
  desk = new CliDesk();
});
afterEach(() => desk[Symbol.dispose]());

const add = (tunnel: readonly string[]): string[] => {
  const { port, user } = database.server;
  return addArguments({ connector: 'postgres', name: database.name, port, user }, tunnel);
};
const password = () => ({ stdin: database.server.password ?? '' });
const through = () => `${server.user}@${server.host}:${server.port}`;
const STDIN = '--password-stdin';

it('goes through with a key; test and list say through where', async () => {
  await works(desk, [...add(sshByKey(server)), STDIN], password());
  const { stdout } = await works(desk, ['connection', 'test', 'shop']);
  expect(stdout).toMatch(new RegExp(`through +${through()}$`, 'm'));
  expect(stdout).toContain(`${server.hostKey()} (as pinned)`);
  expect(stdout).toMatch(/encryption +none/);
  expect(await desk.json(['connection', 'test', 'shop'])).toMatchObject({
    tunnel: { through: through(), hostKey: server.hostKey() },
  });
  const list = (await works(desk, ['connection', 'list'])).stdout;
  expect(list).toContain(`through ${through()} with key`);
  expect(await desk.json(['connection', 'list'])).toMatchObject({
    connections: expect.arrayContaining([
      expect.objectContaining({ name: 'shop', tunnel: expect.objectContaining({ through: through(), secrets: [] }) }),
    ]) as unknown,
  });
});

it('verifies the database’s own name inside the tunnel', async () => {
  const flags = ['--tls', 'verify-full', '--ca', database.server.caFile ?? ''];
  await works(desk, [...add(sshByKey(server)), ...flags, STDIN], password());
  expect(await desk.json(['connection', 'test', 'shop'])).toMatchObject({ tls: { verified: true } });
});

it('opens a key under a passphrase that is stored beside the password, and removes both', async () => {
  const locked = [...sshPlace(server), '--ssh-key', server.lockedKeyFile, '--ssh-known-hosts', server.knownHostsFile];
  await works(desk, [...add(locked), '--ssh-passphrase-stdin'], { stdin: server.passphrase });
  await works(desk, ['connection', 'password', 'shop', STDIN], password());
  await works(desk, ['connection', 'test', 'shop']);
  const secrets = async () => (await works(desk, ['vault', 'status'])).stdout;
  expect(await secrets()).toContain('holds 2 secrets');
  await works(desk, ['connection', 'password', 'shop', '--ssh-passphrase-stdin'], { stdin: 'another one' });
  expect(await desk.refused(['connection', 'test', 'shop'])).toMatchObject({ code: 'TUNNEL/AUTH_REFUSED', exit: 3 });
  const removed = await works(desk, ['connection', 'remove', 'shop']);
  expect(removed.stdout).toContain('removed');
  expect(await secrets()).not.toMatch(/holds [1-9]/);
});

it('logs in with a password', async () => {
  const given = [...sshPlace(server), '--ssh-host-key', server.hostKey(), '--ssh-password-stdin'];
  await works(desk, add(given), { stdin: server.password });
  await works(desk, ['connection', 'password', 'shop', STDIN], password());
  await works(desk, ['connection', 'test', 'shop']);
});

it('logs in with the agent, and says so when that has no key that fits', { timeout: 60_000 }, async () => {
  const socket = desk.path('agent.sock');
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
  const env = { SSH_AUTH_SOCK: socket };
  try {
    await waitUntil(
      () =>
        runProgram('ssh-add', ['-q', server.strangerKeyFile], { env: { ...process.env, ...env } }).then(
          () => true,
          () => false,
        ),
      AbortSignal.timeout(10_000),
    );
    const given = [...sshPlace(server), '--ssh-agent', '--ssh-host-key', server.hostKey()];
    await works(desk, [...add(given), STDIN], password());
    const refused = await desk.refused(['connection', 'test', 'shop'], { env });
    expect(refused).toMatchObject({ code: 'TUNNEL/AUTH_REFUSED', exit: 3 });
    expect(refused.said).toContain(`${server.user} at ${server.host}:${server.port}, with the keys of the agent`);
    expect(refused.said).toContain('ssh-add');
    await runProgram('ssh-add', ['-q', server.keyFile], { env: { ...process.env, ...env } });
    await works(desk, ['connection', 'test', 'shop'], { env });
    const none = await desk.refused(['connection', 'test', 'shop']);
    expect(none).toMatchObject({ code: 'TUNNEL/AUTH_REFUSED', exit: 3 });
    expect(none.said).toContain('SSH_AUTH_SOCK');
    const dead = await desk.refused(['connection', 'test', 'shop'], { env: { SSH_AUTH_SOCK: desk.path('none') } });
    expect(dead.said).toContain('The SSH agent does not answer');
  } finally {
    agent.kill();
  }
});

it('names the SSH server when it takes neither key nor user', async () => {
  const stranger = [...sshPlace(server), '--ssh-key', server.strangerKeyFile, '--ssh-host-key', server.hostKey()];
  await works(desk, [...add(stranger), STDIN], password());
  const refused = await desk.refused(['connection', 'test', 'shop']);
  expect(refused).toMatchObject({ code: 'TUNNEL/AUTH_REFUSED', exit: 3 });
  expect(refused.said).toContain(`The SSH server refuses the login: ${server.user} at ${server.host}:${server.port}`);
});

it('says through where a database was reached that refuses the login itself', async () => {
  await works(desk, [...add(sshByKey(server)), STDIN], { stdin: 'not the password' });
  const refused = await desk.refused(['connection', 'test', 'shop']);
  expect(refused).toMatchObject({ code: 'SOURCE/AUTH_REFUSED', exit: 3 });
  expect(refused.said).toContain(`It was reached through ${through()}.`);
});

it('pins no key that nobody has vouched for: exit 3 with the fingerprint', async () => {
  const unknown = [...sshPlace(server), '--ssh-key', server.keyFile];
  const refused = await desk.refused([...add(unknown), STDIN], password());
  expect(refused).toMatchObject({ code: 'TUNNEL/HOST_KEY_UNKNOWN', exit: 3 });
  expect(refused.said).toContain(server.hostKey());
  expect(refused.said).toContain('--ssh-host-key');
  expect(JSON.stringify(await desk.json(['connection', 'list']))).not.toContain('shop"');
});

it('pins the key that a person at the terminal has compared', async () => {
  const unknown = [...sshPlace(server), '--ssh-key', server.keyFile];
  const typed = [
    ['Password', `${database.server.password}\r`],
    ['Passphrase of the SSH key', '\r'],
    [server.hostKey(), 'y\r'],
  ] as const;
  await works(desk, add(unknown), { typed });
  await works(desk, ['connection', 'test', 'shop']);
});

it('sends nothing to a server that shows another key than the pinned one', async () => {
  const wrong = `SHA256:${'A'.repeat(43)}`;
  const given = [...sshPlace(server), '--ssh-key', server.keyFile, '--ssh-host-key', wrong];
  await works(desk, [...add(given), STDIN], password());
  const before = server.log().match(/Accepted/g)?.length ?? 0;
  const refused = await desk.refused(['connection', 'test', 'shop']);
  expect(refused).toMatchObject({ code: 'TUNNEL/HOST_KEY_CHANGED', exit: 9 });
  expect(refused.said).toContain(server.hostKey());
  expect(refused.said).toContain('remove the connection and add it again');
  expect(server.log().match(/Accepted/g)?.length ?? 0).toBe(before);
});

it('refuses flags that do not go together', async () => {
  const both = await desk.refused([...add([...sshByKey(server), '--ssh-agent']), STDIN], password());
  expect(both).toMatchObject({ code: 'TUNNEL/OPTION_INVALID', exit: 2 });
  const noHost = await desk.refused([...add(['--ssh-user', 'dba']), STDIN], password());
  expect(noHost).toMatchObject({ code: 'TUNNEL/OPTION_INVALID', exit: 2 });
  expect(noHost.said).toContain('--ssh-host');
  const two = await desk.refused([...add([...sshByKey(server), '--ssh-password-stdin']), STDIN], password());
  expect(two).toMatchObject({ code: 'CLI/USAGE', exit: 2 });
  const file = ['connection', 'add', 'shop', '--connector', 'sqlite', '--file', desk.path('a.db')];
  expect(await desk.refused([...file, ...sshByKey(server)])).toMatchObject({ code: 'TUNNEL/OPTION_INVALID', exit: 2 });
  expect(readFileSync(server.keyFile, 'utf8')).toContain('PRIVATE KEY');
});
