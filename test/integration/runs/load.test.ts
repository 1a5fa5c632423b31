/** What a run says of its own sessions on real servers, while others hold locks and rights are missing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { showRun } from '../../../src-main/app/show-run.ts';
import type { LoadEvent } from '../../../src-main/engine/run/load-tally.ts';
import type { RunEvent } from '../../../src-main/engine/run/table-job.ts';
import { createConnection } from 'mysql2/promise';
import { Client } from 'pg';
import type { MariadbAddress } from '../../servers/mariadb-client.ts';
import type { PostgresAddress } from '../../servers/postgres-client.ts';
import { newMariadbDatabase, newPostgresDatabase, type TestDatabase } from '../../servers/shared-servers.ts';
import { newHome } from '../targets/rig.ts';
import { homeOn, homeOnMariadb, runSample, samplePlan } from './rig.ts';

let postgres: TestDatabase<PostgresAddress>;
let mariadb: TestDatabase<MariadbAddress>;

beforeAll(async () => {
  [postgres, mariadb] = await Promise.all([newPostgresDatabase(), newMariadbDatabase()]);
  await Promise.all([
    postgres.sql('create table lines (id int primary key); insert into lines select generate_series(1, 6000)'),
    mariadb.sql('create table `lines` (id int primary key); insert into `lines` select seq from seq_1_to_6000'),
  ]);
});
afterAll(async () => {
  await Promise.all([postgres.drop(), mariadb.drop()]);
});

const plan = (table: string, limits: string): string => `waybill: 1
name: load
purpose: test
connection: shop
tables: [${table}]
format: { type: csv }
limits: ${limits}
`;
const LINES = '{ table: public.lines, columns: [id] }';

const OURS = `from pg_stat_activity where datname = current_database() and application_name like 'waybill %'`;

/** Listens to the looks of a run, and to nothing else. */
function looks(): { readonly all: LoadEvent[]; readonly onEvent: (event: RunEvent) => void } {
  const all: LoadEvent[] = [];
  return { all, onEvent: (event) => void (event.type === 'server.load' && all.push(event)) };
}

describe('a run', { timeout: 60_000 }, () => {
  it('of PostgreSQL says who holds the lock that it waits for, how long, and keeps that with the run', async () => {
    using home = await homeOn(postgres);
    const other = new Client({
      host: postgres.server.socketFolder,
      port: postgres.server.port,
      user: 'postgres',
      database: postgres.name,
    });
    await other.connect();
    try {
      await other.query('begin; lock table lines in access exclusive mode');
      const pid = String((await other.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid);
      const { all, onEvent } = looks();
      const running = runSample(home, plan(LINES, '{ connections: 2, lockTimeoutMs: 20000 }'), { onEvent });
      while (!all.some(({ blocked }) => (blocked?.forMs ?? 0) > 2500)) await sleep(50);
      await other.query('rollback');
      const result = await running;
      const blocked = all.filter((event) => event.blocked !== null);
      expect(new Set(blocked.flatMap((event) => event.blocked?.by))).toEqual(new Set([`session ${pid}`]));
      expect(blocked[0]?.sessions).toMatchObject([{ wait: { kind: 'lock', name: 'Lock: relation' } }]);
      expect(result.state).toBe('succeeded');
      expect(result.load).toMatchObject({
        ...{ looks: all.length, unasked: null, failed: [] },
        waits: [{ kind: 'lock', name: 'Lock: relation', seen: blocked.length }],
        longestLock: { blockedBy: [`session ${pid}`] },
      });
      expect(result.load.longestLock?.ms).toBeGreaterThan(2500);
      expect((await showRun(home.core, result.run)).load).toEqual(result.load);
      const report = readFileSync(join(home.core.home.runFolder(result.run), 'report.json'), 'utf8');
      expect(JSON.parse(report)).toMatchObject({ load: JSON.parse(JSON.stringify(result.load)) as object });
    } finally {
      await other.end();
    }
  });

  it('of PostgreSQL tells its longest statement as it grows, and that it is waited for, not the server', async () => {
    using home = await homeOn(postgres);
    // Wider than what sockets hold, at a rate that takes six seconds.
    const wide = `{ query: "select id, repeat('x', 4000) as x from lines", name: wide, columns: { id: { unmasked: ok }, x: { unmasked: ok } } }`;
    const { all, onEvent } = looks();
    const result = await runSample(home, plan(wide, '{ connections: 2, rowsPerSecond: 1000 }'), { onEvent });
    const asked = all.flatMap(({ sessions }) => sessions?.map(({ statementMs }) => statementMs) ?? []);
    expect(asked.length).toBeGreaterThan(1);
    expect(Number(asked[1]) - Number(asked[0])).toBeGreaterThan(2500);
    expect(result.load.waits).toMatchObject([{ kind: 'client', name: 'Client: ClientWrite' }]);
    expect(result.load.longestStatementMs).toBeGreaterThan(5000);
    expect(result.tables[0]?.verdict).toBe('complete');
  });

  it('asks no server where the plan leaves no connection for it, says so, and measures here what it can', async () => {
    using home = await homeOn(postgres);
    const { all, onEvent } = looks();
    const running = runSample(home, plan(LINES, '{ rowsPerSecond: 3000 }'), { onEvent });
    while (all.length === 0) await sleep(50);
    expect(await postgres.sql(`select count(*) ${OURS}`)).toBe('1');
    const result = await running;
    expect(all.every(({ sessions }) => sessions === null)).toBe(true);
    expect(result.load).toMatchObject({
      ...{ looks: 0, waits: [], failed: [] },
      unasked: {
        reason: 'connection',
        why: 'The plan allows 1 connection, and it reads.',
        remedy: expect.stringContaining('limits.connections: 2') as string,
      },
    });
    expect(result.load.here.seen).toBeGreaterThan(0);
    expect(result.load.longestStatementMs).toBeGreaterThan(1000);
  });

  it('goes on where the look at the server is broken off, and says what became of it', async () => {
    using home = await homeOn(postgres);
    const { all, onEvent } = looks();
    const running = runSample(home, plan(LINES, '{ connections: 2, rowsPerSecond: 1000 }'), { onEvent });
    while (all.length === 0) await sleep(50);
    const reading = all[0]?.sessions?.[0]?.number ?? '';
    expect(await postgres.sql(`select pg_terminate_backend(pid) ${OURS} and pid <> ${reading}`)).toBe('t');
    const result = await running;
    expect([result.state, result.tables[0]?.verdict]).toEqual(['succeeded', 'complete']);
    expect(result.load).toMatchObject({ looks: 1, unasked: null, failed: [{ times: 1 }] });
    expect(result.load.failed[0]?.why).toContain('connection');
  });

  it('of a login that may not look runs all the same, and says once what is missing', async () => {
    const own = await newPostgresDatabase();
    try {
      await own.sql(`create table lines (id int primary key); insert into lines select generate_series(1, 6000);
        revoke select on pg_catalog.pg_stat_activity from public;
        create role "reader_${own.name}" login; grant select on lines to "reader_${own.name}"`);
      using home = await homeOn({ ...own, server: { ...own.server, user: `reader_${own.name}` } });
      const { onEvent } = looks();
      const result = await runSample(home, plan(LINES, '{ connections: 2, rowsPerSecond: 3000 }'), { onEvent });
      expect([result.state, result.tables[0]?.verdict]).toEqual(['succeeded', 'complete']);
      expect(result.load).toMatchObject({
        ...{ looks: 0, failed: [] },
        unasked: { reason: 'right', why: 'The login may not see what its own sessions wait for.' },
      });
      expect(result.load.unasked?.remedy).toContain('pg_stat_activity');
    } finally {
      await own.drop();
      await postgres.sql(`drop role if exists "reader_${own.name}"`);
    }
  });

  it('of MariaDB says that it waits for a lock, and for how long', async () => {
    using home = await homeOnMariadb(mariadb);
    const other = await createConnection({
      socketPath: mariadb.server.socketPath,
      user: 'root',
      database: mariadb.name,
    });
    try {
      await other.query('lock tables `lines` write');
      const { all, onEvent } = looks();
      const table = `{ table: ${mariadb.name}.lines, columns: [id] }`;
      const running = runSample(home, plan(table, '{ connections: 2, lockTimeoutMs: 20000 }'), { onEvent });
      while (!all.some(({ blocked }) => (blocked?.forMs ?? 0) > 2500)) await sleep(50);
      await other.query('unlock tables');
      const result = await running;
      expect(result.state).toBe('succeeded');
      expect(result.load.waits).toMatchObject([{ kind: 'lock', name: 'Waiting for table metadata lock' }]);
      expect(result.load.longestLock?.ms).toBeGreaterThan(2500);
      expect(result.load.longestStatementMs).toBeGreaterThan(2500);
    } finally {
      await other.end();
    }
  });

  it('of a file says that there is no server, and how long its longest statement took', async () => {
    using home = await newHome();
    const { all, onEvent } = looks();
    const limits = 'limits: { connections: 2, rowsPerSecond: 1500 }\n';
    const result = await runSample(home, samplePlan(limits, '[{ table: main.orders, limit: 2000 }]'), { onEvent });
    expect(all.length).toBeGreaterThan(0);
    expect(result.load).toMatchObject({
      ...{ looks: 0, unasked: { reason: 'server', why: 'SQLite has no server that could be asked.', remedy: null } },
    });
    expect(result.load.longestStatementMs).toBeGreaterThan(500);
  });
});
