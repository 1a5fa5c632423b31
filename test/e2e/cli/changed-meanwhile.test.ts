import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newMariadbDatabase, newPostgresDatabase } from '../../servers/shared-servers.ts';
import { waitUntil } from '../../servers/wait-until.ts';
import { Desk, type Started } from './driver.ts';
import type { RunResult, VerifyDocument } from './results.ts';

const ROWS = 300;
const planOf = (namespace: string, slow: string) => `waybill: 1
name: shared
purpose: test
connection: shop
format: { type: csv }
tables:
  - { table: ${namespace}.first, columns: [id], where: "${slow}" }
  - { table: ${namespace}.second, columns: [id] }
`;

const inFile = ({ package: folder, tables }: RunResult, index: number): number =>
  readFileSync(join(folder, tables[index]?.resources[0] ?? ''), 'utf8')
    .trimEnd()
    .split('\r\n').length - 1;

/** Starts a run whose first table is slow; resolves when rows of it are being read. */
async function startRun(desk: Desk): Promise<Started> {
  const run = desk.start(['run', 'plan.yaml', '--accept-catalog', '--out', 'out', '--progress', 'json', '--json']);
  await run.says('"type":"table.started"');
  return run;
}

/** What a table that was changed meanwhile may be called: complete only with every row it had. */
async function judge(desk: Desk, run: Started): Promise<RunResult> {
  const ended = await run.ended;
  const result = ended.json as RunResult;
  for (const [index, table] of result.tables.entries()) {
    if (table.verdict !== 'complete') continue;
    expect([table.name, table.writtenRows, inFile(result, index)]).toEqual([table.name, ROWS, ROWS]);
  }
  if (result.package !== null) {
    expect((await desk.json<VerifyDocument>(['verify', result.package])).verdict).toBe('CONSISTENT, NOT ANCHORED');
  }
  return result;
}

const verdicts = (result: RunResult) => result.tables.map(({ verdict }) => verdict);

describe('what others do to a PostgreSQL table during a run', () => {
  let database: Awaited<ReturnType<typeof newPostgresDatabase>>;
  let desk: Desk;
  let narrow: string;
  beforeAll(async () => {
    database = await newPostgresDatabase();
    narrow = `${database.name}_narrow`;
    desk = new Desk();
    await database.sql(`create role ${narrow} login password 'narrow'`);
    await desk.connect(database.server, database.name);
  });
  beforeEach(async () => {
    await database.sql(`
      drop table if exists first, second;
      create table first as select generate_series(1, ${ROWS}) as id; create table second as table first;
      grant select on first to ${narrow}; grant select (id) on second to ${narrow};`);
    desk.write('plan.yaml', planOf('public', 'pg_sleep(0.01) is not null'));
  });
  afterAll(async () => {
    await database.sql(`drop owned by ${narrow}; drop role ${narrow};`);
    await database.drop();
    desk[Symbol.dispose]();
  });

  const CHANGES = ['truncate', 'alter table', 'drop table', 'vacuum full'] as const;
  const sqlOf = { alter: ' add later int' } as Readonly<Record<string, string>>;
  const change = (what: string, table: string) => `${what} ${table}${sqlOf[what.split(' ')[0] ?? ''] ?? ''}`;

  it.each(CHANGES)('waits for its end and takes nothing from it: %s', async (what) => {
    const run = await startRun(desk);
    const { socketFolder, port, user } = database.server;
    const args = ['-X', '-q', '-h', socketFolder, '-p', String(port), '-U', user, '-d', database.name];
    const others = ['first', 'second'].map((table) => spawn('psql', [...args, '-c', change(what, table)]));
    const ends = others.map((other) => once(other, 'exit'));
    const blocked = `select count(*) from pg_stat_activity where datname = '${database.name}' and wait_event_type = 'Lock'`;
    await waitUntil(async () => (await database.sql(blocked)) === '2', AbortSignal.timeout(10_000));
    const result = await judge(desk, run);
    expect(verdicts(result)).toEqual(['complete', 'complete']);
    for (const end of ends) expect(await end).toEqual([0, null]);
  });

  it.each(CHANGES)('never passes for complete where the table could not be locked: %s', async (what) => {
    using reader = new Desk();
    await reader.connect(database.server, database.name, { user: narrow, password: 'narrow' });
    reader.write('plan.yaml', planOf('public', 'pg_sleep(0.01) is not null'));
    const run = await startRun(reader);
    await database.sql(change(what, 'second'));
    expect(verdicts(await judge(reader, run))[1]).not.toBe('complete');
  });
});

describe('what others do to a MariaDB table during a run', () => {
  let database: Awaited<ReturnType<typeof newMariadbDatabase>>;
  let desk: Desk;
  beforeAll(async () => {
    database = await newMariadbDatabase();
    desk = new Desk();
    // The server's own sleep is refused in a plan.
    await database.sql('create function nap(n int) returns int deterministic no sql return sleep(0.01)');
    const { host, port, user, password } = database.server;
    const where = ['--host', host, '--port', String(port), '--user', user, '--database', database.name];
    const add = ['connection', 'add', 'shop', '--connector', 'mysql', ...where, '--tls', 'disable', '--password-stdin'];
    await desk.json(add, { stdin: `${password}\n` });
  });
  beforeEach(async () => {
    await database.sql(`
      drop table if exists first, second;
      create table first as select seq as id from seq_1_to_${ROWS}; create table second as select id from first;`);
    desk.write('plan.yaml', planOf(database.name, 'nap(id) = 0'));
  });
  afterAll(async () => {
    await database.drop();
    desk[Symbol.dispose]();
  });

  it.each([
    'truncate %',
    'alter table % add later int',
    'drop table %',
    'rename table % to %_gone',
    'optimize table %',
  ])('waits for its end and takes nothing from it: %s', async (what) => {
    const run = await startRun(desk);
    const others = ['first', 'second'].map((table) => database.sql(what.replaceAll('%', table)));
    const blocked = `select count(*) from information_schema.processlist
        where db = '${database.name}' and state like '%metadata lock%'`;
    await waitUntil(async () => (await database.sql(blocked)) === '2', AbortSignal.timeout(10_000));
    const result = await judge(desk, run);
    expect(verdicts(result)).toEqual(['complete', 'complete']);
    expect(result.tables.map(({ writtenRows }) => writtenRows)).toEqual([ROWS, ROWS]);
    await Promise.all(others);
    await database.sql('drop table if exists first_gone, second_gone');
  });
});
