// A database behind two SSH servers, the way to the second one leading through the first.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { CliDesk } from '../../fakes/cli-desk.ts';
import { newPostgresDatabase } from '../../servers/shared-servers.ts';
import { startSshd, type SshdServer } from '../../servers/sshd.ts';
import { addArguments, sshPlace, works } from './rig.ts';

let database: Awaited<ReturnType<typeof newPostgresDatabase>>;
let gate: SshdServer;
let inner: SshdServer;
let desk: CliDesk;
beforeAll(async () => {
  [database, gate, inner] = await Promise.all([newPostgresDatabase(), startSshd(), startSshd()]);
});
afterAll(async () => {
  await Promise.all([database.drop(), gate.stop(), inner.stop()]);
});
beforeEach(() => {
  desk = new CliDesk();
});
afterEach(() => desk[Symbol.dispose]());

const name = (server: SshdServer) => `${server.user}@${server.host}:${server.port}`;
const through = () => `${name(gate)}, then ${name(inner)}`;
const password = () => ({ stdin: database.server.password ?? '' });
const add = (way: readonly string[]): string[] => {
  const { port, user } = database.server;
  return [...addArguments({ connector: 'postgres', name: database.name, port, user }, way), '--password-stdin'];
};
/** Each server has a key of its own that it takes. */
const byJump = (): string[] => [
  ...[...sshPlace(inner), '--ssh-key', inner.keyFile, '--ssh-config', 'none'],
  ...['--ssh-jump', name(gate), '--ssh-jump-keys', gate.keyFile],
];
const pinned = (): string[] => ['--ssh-host-key', inner.hostKey(), '--ssh-jump-host-keys', gate.hostKey()];

it('leads through both, and says so', async () => {
  const added = await works(desk, add([...byJump(), ...pinned()]), password());
  expect(added.stdout).toContain(`It leads through ${through()}.`);
  expect(added.stdout).toMatch(/Those of the jump hosts are, too:\s+SHA256:/);
  expect(await desk.json(['connection', 'test', 'shop'])).toMatchObject({
    tunnel: { through: through(), hostKey: inner.hostKey() },
  });
  expect((await works(desk, ['connection', 'list'])).stdout).toContain(gate.hostKey());
});

it('pins the keys of all that a known_hosts file has', async () => {
  const known = desk.write(
    'known',
    readFileSync(gate.knownHostsFile, 'utf8') + readFileSync(inner.knownHostsFile, 'utf8'),
  );
  const added = await works(desk, add([...byJump(), '--ssh-known-hosts', known]), password());
  expect(added.stdout).toContain(gate.hostKey());
  expect(added.stdout).toContain(inner.hostKey());
  await works(desk, ['connection', 'test', 'shop']);
});

it('asks a person about each of them, the nearest first', async () => {
  const { port, user } = database.server;
  const args = addArguments({ connector: 'postgres', name: database.name, port, user }, byJump());
  const typed = [
    ['Password', `${database.server.password}\r`],
    ['Passphrase of the SSH key', '\r'],
    [`The jump host ${name(gate)} shows the host key ${gate.hostKey()}`, 'y\r'],
    [`The SSH server shows the host key ${inner.hostKey()}`, 'y\r'],
  ] as const;
  await works(desk, args, { typed, columns: 400 });
  await works(desk, ['connection', 'test', 'shop']);
});

it('pins nothing that nobody vouches for, and says with which flag it would', async () => {
  const first = await desk.refused(add([...byJump(), '--ssh-host-key', inner.hostKey()]), password());
  expect(first).toMatchObject({ code: 'TUNNEL/JUMP_HOST_KEY_UNKNOWN', exit: 3 });
  expect(first.said).toContain(`--ssh-jump-host-keys ${gate.hostKey()}`);
  const second = await desk.refused(add([...byJump(), '--ssh-jump-host-keys', gate.hostKey()]), password());
  expect(second).toMatchObject({ code: 'TUNNEL/HOST_KEY_UNKNOWN', exit: 3 });
  expect(second.said).toContain(`--ssh-host-key ${inner.hostKey()}`);
});

it('names a flag that is taken where the SSH config puts a server before a named jump host', async () => {
  const config = desk.write(
    'config',
    [
      ...[`Host middle`, `  HostName ${inner.host}`, `  Port ${inner.port}`, `  IdentityFile ${inner.keyFile}`],
      ...['  ProxyJump gate', 'Host gate', `  HostName ${gate.host}`, `  Port ${gate.port}`],
      ...[`  IdentityFile ${gate.keyFile}`, 'Match all', `  User ${gate.user}`],
    ].join('\n'),
  );
  // The last one is the second one once more: it is reached through itself.
  const way = [...sshPlace(inner), '--ssh-key', inner.keyFile, '--ssh-config', config, '--ssh-jump', 'middle'];
  const keys: string[] = ['--ssh-host-key', inner.hostKey()];
  for (const server of [gate, inner]) {
    const refused = await desk.refused(add([...way, ...keys]), password());
    expect(refused).toMatchObject({ code: 'TUNNEL/JUMP_HOST_KEY_UNKNOWN', exit: 3 });
    const [, list = ''] = /--ssh-jump-host-keys (\S*?)\.?(?:\s|$)/.exec(refused.said) ?? [];
    expect(list).toContain(server.hostKey());
    keys.splice(2, 2, '--ssh-jump-host-keys', list);
  }
  await works(desk, add([...way, ...keys]), password());
  expect(await desk.json(['connection', 'test', 'shop'])).toMatchObject({ tunnel: { hostKey: inner.hostKey() } });
});

it('finds the key of each server in a known_hosts file by the name that stands for it', async () => {
  const keyIn = (server: SshdServer): string => readFileSync(server.knownHostsFile, 'utf8').replace(/^\S+ /, '');
  const known = desk.write('known', `the-gate ${keyIn(gate)}the-bastion ${keyIn(inner)}`);
  const names = ['--ssh-host-key-alias', 'the-bastion', '--ssh-jump-host-key-aliases', 'the-gate'];
  const added = await works(desk, add([...byJump(), '--ssh-known-hosts', known, ...names]), password());
  expect(added.stdout).toContain(gate.hostKey());
  expect(added.stdout).toContain(inner.hostKey());
  await works(desk, ['connection', 'test', 'shop']);
  // What the file revokes by that name is revoked, pinned or not.
  writeFileSync(known, `@revoked the-gate ${keyIn(gate)}`);
  const refused = await desk.refused(['connection', 'test', 'shop']);
  expect(refused).toMatchObject({ code: 'TUNNEL/HOST_KEY_CHANGED', exit: 9 });
  expect(refused.said).toContain('which is revoked');
});

it('sends nothing to a jump host that shows another key', async () => {
  const other = ['--ssh-host-key', inner.hostKey(), '--ssh-jump-host-keys', `SHA256:${'A'.repeat(43)}`];
  await works(desk, add([...byJump(), ...other]), password());
  const before = [gate, inner].map((server) => server.log().match(/Accepted/g)?.length);
  const refused = await desk.refused(['connection', 'test', 'shop']);
  expect(refused).toMatchObject({ code: 'TUNNEL/HOST_KEY_CHANGED', exit: 9 });
  expect(refused.said).toContain(`The jump host ${gate.host}:${gate.port}`);
  expect([gate, inner].map((server) => server.log().match(/Accepted/g)?.length)).toEqual(before);
});

it('never shows a jump host the password of the server behind it', async () => {
  const { port, user } = database.server;
  const way = [...sshPlace(inner), '--ssh-jump', name(gate), '--ssh-config', 'none', ...pinned()];
  const args = addArguments({ connector: 'postgres', name: database.name, port, user }, way);
  await works(desk, [...args, '--ssh-password-stdin'], { stdin: inner.password });
  const refused = await desk.refused(['connection', 'test', 'shop']);
  expect(refused).toMatchObject({ code: 'TUNNEL/OPTION_INVALID', exit: 2 });
  expect(refused.said).toContain(`There is nothing to log in with at the jump host ${name(gate)}.`);
  await works(desk, ['connection', 'remove', 'shop']);
  const keyed = addArguments({ connector: 'postgres', name: database.name, port, user }, [
    ...[...way, '--ssh-jump-keys', gate.keyFile],
  ]);
  await works(desk, [...keyed, '--ssh-password-stdin'], { stdin: inner.password });
  await works(desk, ['connection', 'password', 'shop', '--password-stdin'], password());
  await works(desk, ['connection', 'test', 'shop']);
});

it('tells a server that the jump host cannot reach', async () => {
  const nowhere = ['--ssh-host', 'localhost', '--ssh-port', '1', '--ssh-user', 'dba', '--ssh-key', inner.keyFile];
  const way = [...nowhere, '--ssh-jump', name(gate), '--ssh-jump-keys', gate.keyFile, '--ssh-config', 'none'];
  await works(desk, add([...way, ...pinned()]), password());
  const refused = await desk.refused(['connection', 'test', 'shop']);
  expect(refused).toMatchObject({ code: 'TUNNEL/UNREACHABLE', exit: 7 });
  expect(refused.said).toContain(`The jump host ${name(gate)} cannot reach localhost:1`);
});

it('says which of them was lost', async () => {
  const breaking = await startSshd();
  try {
    const way = [...sshPlace(inner), '--ssh-key', inner.keyFile, '--ssh-config', 'none', '--ssh-jump', name(breaking)];
    const keys = ['--ssh-jump-keys', breaking.keyFile, '--ssh-host-key', inner.hostKey()];
    await works(desk, add([...way, ...keys, '--ssh-jump-host-keys', breaking.hostKey()]), password());
    await breaking.interrupt();
    const refused = await desk.refused(['connection', 'test', 'shop']);
    expect(refused).toMatchObject({ code: 'TUNNEL/UNREACHABLE', exit: 7 });
    expect(refused.said).toContain(`${breaking.host}:${breaking.port}`);
  } finally {
    await breaking.stop();
  }
});

it('takes the way from the person’s SSH config, once, when the connection is saved', async () => {
  mkdirSync(desk.path('.ssh'));
  const config = [
    ...['Host gate', `  HostName ${gate.host}`, `  Port ${gate.port}`, `  IdentityFile ${gate.keyFile}`],
    ...['Host shop-*', '  ProxyJump gate'],
    ...['Host shop-db', `  HostName ${inner.host}`, `  Port ${inner.port}`, `  IdentityFile ${inner.keyFile}`],
    ...['Host *', `  User ${inner.user}`],
  ];
  writeFileSync(desk.path('.ssh', 'config'), config.join('\n'));
  const env = { HOME: desk.folder };
  await works(desk, add(['--ssh-host', 'shop-db', ...pinned()]), { ...password(), env });
  writeFileSync(desk.path('.ssh', 'config'), 'Host *\n  HostName nowhere.invalid\n');
  expect(await desk.json(['connection', 'test', 'shop'], { env })).toMatchObject({ tunnel: { through: through() } });
});
