// Exports through a real SSH server, and what is said when the way breaks, closes or was never open.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../servers/run-program.ts';
import { newMariadbDatabase, newPostgresDatabase } from '../../servers/shared-servers.ts';
import { startProxy } from '../../servers/silent-proxy.ts';
import { startSshd, type SshdServer } from '../../servers/sshd.ts';
import { Desk, errorOf, type Started } from './driver.ts';
import type { LedgerList, RunResult, VerifyDocument } from './results.ts';

const ROWS = 5000;

let postgres: Awaited<ReturnType<typeof newPostgresDatabase>>;
let mariadb: Awaited<ReturnType<typeof newMariadbDatabase>>;
let server: SshdServer;

beforeAll(async () => {
  [postgres, mariadb, server] = await Promise.all([newPostgresDatabase(), newMariadbDatabase(), startSshd()]);
  await postgres.sql(
    // Analysed at once: the server would do it by itself, between two looks.
    `create table items as select n as id, repeat('é', 100) as word from generate_series(1, ${ROWS}) n; analyze items`,
  );
  await mariadb.sql(
    `create table ${mariadb.name}.items as select seq as id, repeat('é', 100) as word from seq_1_to_${ROWS}`,
  );
});
afterAll(async () => {
  await Promise.all([postgres.drop(), mariadb.drop(), server.stop()]);
});

const byKey = (at: SshdServer, hostKey = at.hostKey()): string[] => [
  ...['--ssh-host', at.host, '--ssh-port', String(at.port), '--ssh-user', at.user],
  ...['--ssh-key', at.keyFile, '--ssh-host-key', hostKey],
];

function planOf(tables: readonly string[]): string {
  return [
    'waybill: 1',
    'name: led',
    'purpose: test',
    'connection: shop',
    'format: { type: csv }',
    'tables:',
    ...tables,
    '',
  ].join('\n');
}

/** One namespace of the catalog, since other tests make theirs meanwhile; without estimates, which a server works on by itself. */
async function shapeOf(desk: Desk, connection: string, namespace: string): Promise<unknown> {
  const { stdout } = await desk.run(['catalog', connection, '--namespace', namespace, '--json']);
  return JSON.parse(stdout, (key, value: unknown) => (key.startsWith('estimated') ? undefined : value));
}

const ITEMS = (namespace: string): string => planOf([`  - { table: ${namespace}.items, columns: [id, word] }`]);

describe('an export through an SSH server', { timeout: 120_000 }, () => {
  const both = [
    ['PostgreSQL', () => ({ database: postgres, connector: 'postgres', namespace: 'public', more: [] as string[] })],
    [
      'PostgreSQL over TLS',
      () => ({
        ...{ database: postgres, connector: 'postgres', namespace: 'public' },
        more: ['--tls', 'verify-full', '--ca', postgres.server.caFile ?? ''],
      }),
    ],
    ['MariaDB', () => ({ database: mariadb, connector: 'mysql', namespace: mariadb.name, more: [] as string[] })],
    [
      'MariaDB over TLS',
      () => ({
        ...{ database: mariadb, connector: 'mysql', namespace: mariadb.name },
        more: ['--tls', 'verify-full', '--ca', mariadb.server.caFile ?? ''],
      }),
    ],
  ] as const;

  it.each(both)('reads, writes and proves what a straight one does: %s', async (_product, of) => {
    const { database, connector, namespace, more } = of();
    using desk = new Desk();
    const flags = [...byKey(server), ...more];
    await desk.connect(database.server, database.name, { connector, host: 'localhost', flags });
    await desk.connect(database.server, database.name, { connector, name: 'straight' });
    expect(await desk.json(['connection', 'test', 'shop'])).toMatchObject({
      tunnel: { through: `${server.user}@${server.host}:${server.port}` },
      tls: more.length === 0 ? null : { verified: true },
    });
    expect(await shapeOf(desk, 'shop', namespace)).toEqual(await shapeOf(desk, 'straight', namespace));
    desk.write('plan.yaml', ITEMS(namespace));
    const run = await desk.json<RunResult>(['run', 'plan.yaml', '--accept-catalog', '--out', 'out']);
    expect(run).toMatchObject({ state: 'succeeded', tables: [{ verdict: 'complete', sourceRows: ROWS }] });
    desk.write('straight.yaml', ITEMS(namespace).replace('connection: shop', 'connection: straight'));
    const straight = await desk.json<RunResult>(['run', 'straight.yaml', '--accept-catalog', '--out', 'straight']);
    const file = (result: RunResult): string => `${result.package}/${result.tables[0]?.resources[0]}`;
    await runProgram('cmp', [file(run), file(straight)]);
    expect((await desk.json<VerifyDocument>(['verify', run.package])).verdict).toBe('CONSISTENT, NOT ANCHORED');
    // Neither package nor ledger says where the database is reached through.
    expect(await runProgram('grep', ['-rlF', server.user, desk.path('out'), desk.ledger()]).catch(() => '')).toBe('');
    const { entries } = await desk.json<LedgerList>(['ledger', 'list']);
    expect(entries.map(({ type }) => type)).toContain('hostkey.accepted');
    expect(entries.findIndex(({ type }) => type === 'hostkey.accepted')).toBeLessThan(
      entries.findIndex(({ type }) => type === 'export.started'),
    );
  });
});

describe('a way that is closed', { timeout: 60_000 }, () => {
  it('is told as the SSH server’s: it lets nobody forward', async () => {
    const closed = await startSshd({ config: ['AllowTcpForwarding no'] });
    try {
      using desk = new Desk();
      await desk.connect(postgres.server, postgres.name, { flags: byKey(closed) });
      const ended = await desk.run(['connection', 'test', 'shop', '--json']);
      expect(ended.code).toBe(3);
      expect(errorOf(ended)).toMatchObject({
        code: 'TUNNEL/FORWARD_REFUSED',
        message: expect.stringContaining(`${closed.user}@${closed.host}:${closed.port}`) as unknown,
        remedy: expect.stringContaining('AllowTcpForwarding') as unknown,
      });
    } finally {
      await closed.stop();
    }
  });

  it.each([
    ['a port where nobody listens', { port: 1 }, 'it refuses the connection'],
    ['a name that is not known there', { host: 'nowhere.invalid' }, 'its name is not known there'],
  ])('is told as the SSH server’s: %s', async (_what, place, cause) => {
    using desk = new Desk();
    await desk.connect(postgres.server, postgres.name, { flags: [...byKey(server), '--tls', 'disable'], ...place });
    const ended = await desk.run(['connection', 'test', 'shop', '--json']);
    expect(ended.code).toBe(7);
    const error = errorOf(ended);
    expect(error.code).toBe('TUNNEL/DATABASE_UNREACHABLE');
    expect(error.message).toContain(`${server.host}:${server.port} cannot reach`);
    if ('port' in place) expect(error.message).toContain(cause);
  });
});

describe('a way that breaks', { timeout: 120_000 }, () => {
  const slow =
    `select n as id, repeat('x', 1000) as filling, case when n % 200 = 0 then pg_sleep(0.05)::text end as pause
    from (select generate_series(1, 100000000) as n) streamed`.replaceAll(/\s+/g, ' ');
  const plan = planOf([
    '  - { table: public.items, columns: [id] }',
    `  - query: "${slow}"`,
    '    name: endless',
    '    columns: { id: { unmasked: ok }, filling: { unmasked: ok }, pause: { unmasked: ok } }',
  ]);

  async function start(desk: Desk): Promise<Started> {
    const args = ['run', 'plan.yaml', '--accept-catalog', '--out', 'out', '--progress', 'json', '--json'];
    const run = desk.start(args);
    await run.says('"type":"table.progress","table":"endless"');
    return run;
  }

  const sessions = (): Promise<string> =>
    postgres.sql(
      `select count(*) from pg_stat_activity where datname = '${postgres.name}' and application_name like 'waybill%'`,
    );

  it.each([
    ['in clear', []],
    ['over TLS', ['--tls', 'require']],
  ])('keeps what was finished and names the SSH server, %s', async (_how, more) => {
    const breaking = await startSshd();
    try {
      using desk = new Desk();
      await desk.connect(postgres.server, postgres.name, { flags: [...byKey(breaking), ...more] });
      desk.write('plan.yaml', plan);
      const run = await start(desk);
      await breaking.interrupt();
      const ended = await run.ended;
      expect(ended.code).toBe(12);
      const result = ended.json as RunResult;
      expect(result.tables.map(({ verdict, error }) => [verdict, error?.code])).toEqual([
        ['complete', undefined],
        ['incomplete', 'TUNNEL/CONNECTION_LOST'],
      ]);
      const lost = result.tables[1]?.error;
      expect(lost?.message).toContain('endless');
      expect(lost?.message).toContain(`${breaking.user}@${breaking.host}:${breaking.port}`);
      expect(lost?.remedy).toContain('SSH server');
      // What is handed over, and the ledger, do not say which.
      await expect(runProgram('grep', ['-rlF', breaking.user, desk.path('out'), desk.ledger()])).rejects.toThrow(
        'ended with 1',
      );
    } finally {
      await breaking.stop();
    }
  });

  it('is left within a second of a cancellation, and the database hears of it', async () => {
    using desk = new Desk();
    await desk.connect(postgres.server, postgres.name, { flags: byKey(server) });
    desk.write('plan.yaml', plan);
    const run = await start(desk);
    const began = performance.now();
    run.child.kill('SIGINT');
    const { code } = await run.ended;
    expect(code).toBe(130);
    expect(performance.now() - began).toBeLessThan(2000);
    await expect.poll(sessions, { timeout: 5000 }).toBe('0');
  });

  it('is left within a second of a cancellation when the wire to the SSH server is dead', async () => {
    const proxy = await startProxy(server);
    try {
      using desk = new Desk();
      await desk.connect(postgres.server, postgres.name, { flags: byKey({ ...server, port: proxy.port }) });
      desk.write('plan.yaml', plan);
      const run = await start(desk);
      proxy.goSilent();
      const began = performance.now();
      run.child.kill('SIGINT');
      const { code } = await run.ended;
      expect(code).toBe(130);
      expect(performance.now() - began).toBeLessThan(2000);
    } finally {
      proxy.close();
    }
  });

  it('stops for good when the server shows another key, and the ledger hears of it', async () => {
    const changing = await startSshd();
    try {
      using desk = new Desk();
      const before = changing.hostKey();
      await desk.connect(postgres.server, postgres.name, { flags: byKey(changing) });
      desk.write('plan.yaml', ITEMS('public').replace(', word', ''));
      await desk.json(['run', 'plan.yaml', '--accept-catalog', '--out', 'out']);
      const after = await changing.changeHostKey();
      const ended = await desk.run(['run', 'plan.yaml', '--out', 'out', '--json']);
      expect(ended.code).toBe(9);
      expect(errorOf(ended)).toMatchObject({
        code: 'TUNNEL/HOST_KEY_CHANGED',
        message: expect.stringContaining(after) as unknown,
      });
      const { entries } = await desk.json<LedgerList>(['ledger', 'list']);
      const told = entries.findLast(({ type }) => type === 'hostkey.changed');
      const { entry } = await desk.json<{ entry: { data: unknown } }>(['ledger', 'show', String(told?.seq)]);
      expect(entry.data).toMatchObject({
        ...{ outcome: 'denied', connection: 'shop', tunnel: { hostKey: before } },
        shown: { hostKey: after },
      });
      expect(JSON.stringify(entry.data)).not.toMatch(/courier|127\.0\.0\.1/);
    } finally {
      await changing.stop();
    }
  });
});
