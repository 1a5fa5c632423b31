// The server, or the wire to it, is lost in the middle of a table: what was finished is kept, and everything says so.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMariadbDatabase } from '../../servers/mariadb-client.ts';
import { startMariadb, type MariadbServer } from '../../servers/mariadb.ts';
import { createPostgresDatabase } from '../../servers/postgres-client.ts';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { startProxy } from '../../servers/silent-proxy.ts';
import { Desk, type Login, type Started } from './driver.ts';
import { readTree } from './read-tree.ts';
import type { LedgerList, RunResult, VerifyDocument } from './results.ts';

const ROWS = 100;

function planOf(tables: readonly string[]): string {
  const head = ['waybill: 1', 'name: cut', 'purpose: test', 'connection: shop', 'format: { type: csv }', 'tables:'];
  return `${[...head, ...tables].join('\n')}\n`;
}

/** Starts a run; resolves when rows of `endless` are being written. */
async function start(desk: Desk, more: readonly string[] = []): Promise<Started> {
  const args = ['run', 'plan.yaml', '--accept-catalog', '--out', 'out', '--progress', 'json'];
  const run = desk.start([...args, ...more]);
  await run.says('"type":"table.progress","table":"endless"');
  return run;
}

/** A whole table, one that is being read, and one that would come later. */
async function expectFinishedPartsKept(desk: Desk, run: Started): Promise<void> {
  const ended = await run.ended;
  expect(ended.stderr).not.toMatch(/^\s+at /m);
  expect(ended.code).toBe(12);
  const result = ended.json as RunResult;
  const lost = 'SOURCE/CONNECTION_LOST';
  expect(result.state).toBe('partial');
  expect(result.tables.map(({ verdict, error }) => [verdict, error?.code])).toEqual([
    ['complete', undefined],
    ['incomplete', lost],
    ['incomplete', lost],
  ]);
  for (const { name, error } of result.tables.slice(1)) {
    expect(error?.message).toContain(name);
    expect(error?.remedy).toMatch(/\w+ \w+/);
  }
  expect(result.package).toBe(desk.path('out', `cut-${result.run}.incomplete`));
  const file = readFileSync(join(result.package, result.tables[0]?.resources[0] ?? ''), 'utf8');
  expect(file.trimEnd().split('\r\n')).toHaveLength(ROWS + 1);
  expect(readTree(desk.path('out')).filter(({ path }) => path.endsWith('.partial'))).toEqual([]);
  expect(await desk.json<VerifyDocument>(['verify', result.package])).toMatchObject({
    verdict: 'CONSISTENT, NOT ANCHORED',
  });
  await expectTold(desk, result, { state: 'partial', package: result.package });
}

/** What `runs` and the ledger say of the run. */
async function expectTold(
  desk: Desk,
  { run }: Pick<RunResult, 'run'>,
  { state, package: folder }: { readonly state: string; readonly package: string | null },
): Promise<void> {
  const { runs } = await desk.json<{ runs: { run: string }[] }>(['runs']);
  expect(runs.find((each) => each.run === run)).toMatchObject({ state, package: folder });
  const { entries } = await desk.json<LedgerList>(['ledger', 'list']);
  const end = entries.findLast(({ type }) => type === 'export.completed' || type === 'export.failed');
  expect(await desk.json(['ledger', 'show', String(end?.seq)])).toMatchObject({
    entry: { data: { correlation: run, state, outcome: 'failure', error: 'SOURCE/CONNECTION_LOST' } },
  });
  expect((await desk.json<VerifyDocument>(['verify', desk.ledger()])).verdict).toBe('CONSISTENT, NOT ANCHORED');
}

/** Nothing was finished: no package, and the exit code of the loss. */
async function expectFailed(desk: Desk, run: Started): Promise<void> {
  const ended = await run.ended;
  expect(ended.code).toBe(7);
  expect(ended.stderr).toMatch(/^SOURCE\/CONNECTION_LOST: endless: .*\.$/m);
  expect(ended.stderr).toMatch(/^→ \S/m);
  expect(`${ended.stdout}${ended.stderr}`).not.toMatch(/^\s+at |undefined|\[object/m);
  expect(readTree(desk.path('out')).filter(({ kind }) => kind === 'file')).toEqual([]);
  const { runs } = await desk.json<{ runs: { run: string }[] }>(['runs']);
  await expectTold(desk, { run: runs[0]?.run ?? '' }, { state: 'failed', package: null });
}

describe('a PostgreSQL server lost in the middle of COPY', { timeout: 120_000 }, () => {
  let server: PostgresServer;
  let name: string;
  beforeAll(async () => {
    server = await startPostgres({ auth: 'scram-sha-256' });
    name = await createPostgresDatabase(server);
    await server.sql(
      `create table quick as select generate_series(1, ${ROWS}) as id; create table later as table quick;`,
      name,
    );
  });
  afterAll(() => server.stop());

  const sql = `select n as id, repeat('x', 1000) as filling, case when n % 200 = 0 then pg_sleep(0.05)::text end as pause
    from (select generate_series(1, 100000000) as n) streamed`;
  const endless = [
    `  - query: "${sql.replaceAll(/\s+/g, ' ')}"`,
    '    name: endless',
    '    columns: { id: { unmasked: ok }, filling: { unmasked: ok }, pause: { unmasked: ok } }',
  ];
  const plain = (table: string) => `  - { table: public.${table}, columns: [id] }`;

  async function deskFor(tables: readonly string[], more: Partial<Login> = {}): Promise<Desk> {
    const desk = new Desk();
    await desk.connect(server, name, more);
    desk.write('plan.yaml', planOf(tables));
    return desk;
  }
  const three = [plain('quick'), ...endless, plain('later')];
  const endSession = () =>
    server.sql("select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'waybill%'");

  it('keeps what was finished when its session is ended', async () => {
    using desk = await deskFor(three);
    const run = await start(desk, ['--json']);
    await endSession();
    await expectFinishedPartsKept(desk, run);
  });

  it('keeps what was finished when the wire is cut', async () => {
    const proxy = await startProxy(server);
    try {
      using desk = await deskFor(three, { port: proxy.port });
      const run = await start(desk, ['--json']);
      proxy.cut();
      await expectFinishedPartsKept(desk, run);
    } finally {
      proxy.close();
    }
  });

  it('fails with the exit code of the loss when nothing was finished', async () => {
    using desk = await deskFor(endless);
    const run = await start(desk);
    await endSession();
    await expectFailed(desk, run);
  });

  // The last one: the server does not come back.
  it('keeps what was finished when the server is killed', async () => {
    using desk = await deskFor(three);
    const run = await start(desk, ['--json']);
    const pid = Number(readFileSync(join(server.socketFolder, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(pid, 'SIGKILL');
    await expectFinishedPartsKept(desk, run);
    const after = await desk.run(['connection', 'test', 'shop']);
    expect([after.code, after.stderr]).toEqual([7, expect.stringContaining(`127.0.0.1:${server.port}`)]);
  });
});

describe('a MariaDB server lost in the middle of a table', { timeout: 120_000 }, () => {
  let server: MariadbServer;
  let name: string;
  beforeAll(async () => {
    server = await startMariadb();
    name = await createMariadbDatabase(server);
    await server.sql(
      `create table quick as select seq as id from seq_1_to_${ROWS}; create table later as select id from quick;
       create function nap(n int) returns int deterministic no sql return if(n % 200 = 0, sleep(0.05), 0);`,
      name,
    );
  });
  afterAll(() => server.stop());

  const endless = [
    `  - query: "select seq as id, repeat('x', 1000) as filling, nap(seq) as pause from seq_1_to_1000000000"`,
    '    name: endless',
    '    columns: { id: { unmasked: ok }, filling: { unmasked: ok }, pause: { unmasked: ok } }',
  ];
  const plain = (table: string) => `  - { table: ${name}.${table}, columns: [id] }`;

  async function deskFor(tables: readonly string[], more: Partial<Login> = {}): Promise<Desk> {
    const desk = new Desk();
    await desk.connect(server, name, { connector: 'mysql', ...more });
    desk.write('plan.yaml', planOf(tables));
    return desk;
  }
  const killSession = async (): Promise<void> => {
    const ids = await server.sql(
      `select id from information_schema.processlist where db = '${name}' and info like '%seq_1_to_1000000000%'
       and id <> connection_id()`,
    );
    for (const id of ids.split('\n')) await server.sql(`kill connection ${id}`);
  };
  const three = () => [plain('quick'), ...endless, plain('later')];

  it('keeps what was finished when its session is ended', async () => {
    using desk = await deskFor(three());
    const run = await start(desk, ['--json']);
    await killSession();
    await expectFinishedPartsKept(desk, run);
  });

  it('keeps what was finished when the wire is cut', async () => {
    const proxy = await startProxy(server);
    try {
      using desk = await deskFor(three(), { port: proxy.port });
      const run = await start(desk, ['--json']);
      proxy.cut();
      await expectFinishedPartsKept(desk, run);
    } finally {
      proxy.close();
    }
  });

  it('fails with the exit code of the loss when nothing was finished', async () => {
    using desk = await deskFor(endless);
    const run = await start(desk);
    await killSession();
    await expectFailed(desk, run);
  });

  // The last one: the server does not come back. Its own end is by SIGKILL.
  it('keeps what was finished when the server is killed', async () => {
    using desk = await deskFor(three());
    const run = await start(desk, ['--json']);
    await server.stop();
    await expectFinishedPartsKept(desk, run);
    const after = await desk.run(['connection', 'test', 'shop']);
    expect([after.code, after.stderr]).toEqual([7, expect.stringContaining(`127.0.0.1:${server.port}`)]);
  });
});
