// No telemetry, no update check: what the command line opens to the network, seen from outside by strace where the system
// lets us, and by everybody from inside, by a module that is loaded before the program.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPostgresDatabase } from '../../servers/shared-servers.ts';
import { startSshd, type SshdServer } from '../../servers/sshd.ts';
import { Desk } from './driver.ts';
import type { RunResult } from './results.ts';

let database: Awaited<ReturnType<typeof newPostgresDatabase>>;
let desk: Desk;
let server: string;
let bastion: SshdServer;

beforeAll(async () => {
  desk = new Desk();
  bastion = await startSshd();
  database = await newPostgresDatabase();
  server = `${database.server.host} ${database.server.port}`;
  await database.sql('create table items (id bigint primary key); insert into items select generate_series(1, 100);');
  await desk.connect(database.server, database.name);
  const way = ['--ssh-host', bastion.host, '--ssh-port', String(bastion.port), '--ssh-user', bastion.user];
  const flags = [...way, '--ssh-key', bastion.keyFile, '--ssh-host-key', bastion.hostKey()];
  await desk.connect(database.server, database.name, { name: 'led', flags });
  desk.write(
    'plan.yaml',
    `waybill: 1
name: items
purpose: test
connection: shop
tables:
  - { table: public.items, columns: [id] }
format: { type: csv }
`,
  );
});
afterAll(async () => {
  await database.drop();
  await bastion.stop();
  desk[Symbol.dispose]();
});

/** Runs a command and gives every peer that it or a child of it spoke to, or tried to: `address port`, `unix path`, … */
type Watch = (args: readonly string[]) => Promise<string[]>;

/** What `socket`, `connect`, `bind` and the sending calls named. */
function peersIn(trace: string): string[] {
  const peers = new Set<string>();
  for (const line of trace.split('\n')) {
    if (!/\b(socket|connect|bind|listen|sendto|sendmsg|sendmmsg)\(/.test(line)) continue;
    const inet = /sin6?_port=htons\((\d+)\)[^}]*?(?:inet_addr\(|inet_pton\(AF_INET6, )"([^"]+)"/.exec(line);
    const unix = /sa_family=AF_UNIX, sun_path=@?"([^"]+)"/.exec(line);
    const family = /(?:sa_family=|socket\()(AF_\w+)/.exec(line)?.[1];
    if (inet !== null) peers.add(`${inet[2]} ${inet[1]}`);
    else if (unix !== null) peers.add(`unix ${unix[1]}`);
    // A socket whose peer is named by its connect; of every other family the opening alone counts.
    else if (family !== undefined && !/socket\(AF_(UNIX|INET6?), SOCK_STREAM/.test(line)) {
      peers.add([family, ...(/NETLINK_\w+/.exec(line) ?? [])].join(' '));
    }
  }
  return [...peers];
}

/**
 * What never leaves this machine's kernel and libc. `os.networkInterfaces()`, for the ledger's note of the host it was
 * written on, asks the kernel by route netlink; `os.userInfo()` lets glibc look for a name service cache.
 */
const OF_THE_SYSTEM = ['AF_NETLINK NETLINK_ROUTE', 'AF_NETLINK', 'unix /var/run/nscd/socket'];

async function traced(args: readonly string[]): Promise<string[]> {
  const trace = desk.path('trace');
  const under = ['strace', '-f', '-qq', '-o', trace, '-e', 'trace=network'];
  const { code, stderr } = await desk.run(args, { under });
  expect([code, stderr]).toEqual([0, expect.any(String)]);
  return peersIn(readFileSync(trace, 'utf8'));
}

const PRELOAD = `
const { appendFileSync } = require('node:fs');
const note = (peer) => appendFileSync(process.env.WATCHED, peer + '\\n');
const { Socket, Server } = require('node:net');
const { connect } = Socket.prototype;
Socket.prototype.connect = function (...args) {
  const [to, host] = Array.isArray(args[0]) ? args[0] : args;
  note(typeof to === 'object' ? (to.path ? 'unix ' + to.path : to.host + ' ' + to.port) : host + ' ' + to);
  return connect.apply(this, args);
};
const { listen } = Server.prototype;
Server.prototype.listen = function (...args) { note('listen'); return listen.apply(this, args); };
const dgram = require('node:dgram');
const { createSocket } = dgram;
dgram.createSocket = (...args) => { note('datagram'); return createSocket(...args); };
const dns = require('node:dns');
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) {
  const asked = dns[name];
  dns[name] = (...args) => { note('name ' + args[0]); return asked(...args); };
}
note('watched');
`;

async function watched(args: readonly string[]): Promise<string[]> {
  const notes = desk.path('notes');
  const preload = desk.write('preload.cjs', PRELOAD);
  desk.write('notes', '');
  const { code } = await desk.run(args, { env: { NODE_OPTIONS: `--require=${preload}`, WATCHED: notes } });
  expect(code).toBe(0);
  const [first, ...peers] = [...new Set(readFileSync(notes, 'utf8').trimEnd().split('\n'))];
  expect(first).toBe('watched');
  return peers;
}

const canTrace = spawnSync('strace', ['-f', '-o', '/dev/null', '/bin/true']).status === 0;
const WATCHES: readonly [string, Watch][] = [
  ['from inside', watched],
  ...(canTrace ? ([['by strace', traced]] satisfies [string, Watch][]) : []),
];

describe.each(WATCHES)('the network, seen %s', (_how, watch) => {
  const outside = (peers: readonly string[]) => peers.filter((peer) => !OF_THE_SYSTEM.includes(peer));

  it('has no other peer in a run than the configured server', async () => {
    expect(outside(await watch(['run', 'plan.yaml', '--accept-catalog', '--out', 'out']))).toEqual([server]);
  });

  it.each([
    ['connection', 'test', 'shop'],
    ['catalog', 'shop'],
    ['plan', 'check', 'plan.yaml'],
    ['count', 'plan.yaml', '--exact'],
    ['preview', 'plan.yaml'],
  ])('has no other peer in %s %s', async (...args) => {
    expect(outside(await watch(args))).toEqual([server]);
  });

  it('has no other peer than the SSH server through a tunnel, and listens to nobody', async () => {
    expect(outside(await watch(['connection', 'test', 'led']))).toEqual([`${bastion.host} ${bastion.port}`]);
  });

  it.each([['--version'], ['--help'], ['connection', 'list'], ['runs'], ['ledger', 'list'], ['vault', 'status']])(
    'is not touched by %s %s',
    async (...args) => {
      // `vault status` looks for the keychain of the desktop, which on Linux is a socket of the session's message bus.
      const bus = (peer: string) => args[0] === 'vault' && /^unix .*(dbus|\/bus)/.test(peer);
      expect(outside(await watch(args)).filter((peer) => !bus(peer))).toEqual([]);
    },
  );

  it('is not touched by the whole demo', async () => {
    const out = `demo-${watch.name}`;
    expect(outside(await watch(['demo', '--out', out]))).toEqual([]);
    expect(existsSync(desk.path(out))).toBe(true);
  });

  it('is not even asked of the system by verify, whatever it is shown', async () => {
    const made = await desk.json<RunResult>(['run', 'plan.yaml', '--accept-catalog', '--out', 'verified']);
    const bundle = `bundle-${watch.name}`;
    await desk.json(['ledger', 'bundle', '--out', bundle]);
    expect(readdirSync(desk.path(bundle)).length).toBeGreaterThan(0);
    for (const path of [made.package, desk.ledger(), desk.path(bundle)])
      expect(await watch(['verify', path])).toEqual([]);
  });
});

describe('the reading of a trace', () => {
  it('sees what a program opens', () => {
    expect(
      peersIn(`1 socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP) = 3
1 connect(3, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.1")}, 16) = -1 EINPROGRESS
1 connect(4, {sa_family=AF_INET6, sin6_port=htons(80), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = 0
1 socket(AF_INET, SOCK_DGRAM|SOCK_CLOEXEC, IPPROTO_IP) = 5
1 connect(6, {sa_family=AF_UNIX, sun_path="/run/x"}, 110) = 0
1 socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL)) = 7`),
    ).toEqual(['192.0.2.1 443', '2001:db8::1 80', 'AF_INET', 'unix /run/x', 'AF_PACKET']);
  });
});
