/** Runs that are paused in the middle of a table, on servers that wait meanwhile. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addConnection } from '../../../src-main/app/change-connections.ts';
import type { ExportResult } from '../../../src-main/app/export-result.ts';
import { listRuns } from '../../../src-main/app/run-records.ts';
import { Pause, type PauseTerms } from '../../../src-main/engine/run/pause.ts';
import type { RunEvent } from '../../../src-main/engine/run/table-job.ts';
import { SecretText } from '../../../src-shared/model/secret-text.ts';
import { newMariadbDatabase, newPostgresDatabase, type TestDatabase } from '../../servers/shared-servers.ts';
import type { MariadbAddress } from '../../servers/mariadb-client.ts';
import type { PostgresAddress } from '../../servers/postgres-client.ts';
import { waitUntil } from '../../servers/wait-until.ts';
import { newHome, type Home } from '../targets/rig.ts';
import { eventsOf, homeOn, homeOnMariadb, runSample, samplePlan } from './rig.ts';

/** More than sockets hold, so that the server has to wait. */
const ROWS = 6000;
let postgres: TestDatabase<PostgresAddress>;
let mariadb: TestDatabase<MariadbAddress>;

beforeAll(async () => {
  [postgres, mariadb] = await Promise.all([newPostgresDatabase(), newMariadbDatabase()]);
  await Promise.all([
    postgres.sql(`
      create table large (id int primary key, name text);
      alter table large alter name set storage plain;
      insert into large select n, repeat('x', 5000) from generate_series(1, ${ROWS}) n;
      create table small as select id from large where id < 10;
      alter database ${postgres.name} set tcp_user_timeout = 1000`),
    mariadb.sql(`
      create table large (id int primary key, name text);
      insert into large select seq, repeat('x', 5000) from seq_1_to_${ROWS};
      create table small as select id from large where id < 10`),
  ]);
});
afterAll(() => Promise.all([postgres.drop(), mariadb.drop()]));

/** Over TCP, on a server that gives up on those who do not read, as is advised where servers stand in for each other. */
async function homeOverTcp(): Promise<Home> {
  const { host, port, user, password } = postgres.server;
  const home = await newHome();
  await addConnection(home.core, {
    ...{ name: 'shop', connector: 'postgres', production: false, store: 'session' },
    options: { host, port, user, database: postgres.name, tls: 'disable' },
    password: password === null ? null : new SecretText(password),
  });
  return home;
}

const planOf = (namespace: string, more = ''): string =>
  samplePlan(
    more,
    `[{ table: ${namespace}.large, columns: [id, name] }, { table: ${namespace}.small, columns: [id] }]`,
  ).replace('connection: sample', 'connection: shop');

interface Held {
  readonly pause: Pause;
  readonly events: readonly RunEvent[];
  readonly stop: AbortController;
}

interface Paused {
  readonly plan: string;
  readonly terms?: Partial<PauseTerms>;
  /** While the run is paused. */
  readonly meanwhile: (held: Held) => Promise<void>;
}

/** Runs a plan and pauses it once, as soon as it has read a first row. */
async function runPaused(home: Home, { plan, terms = {}, meanwhile }: Paused) {
  const pause = new Pause({
    ...{ limitMs: 30_000, withinStatements: true, meanwhile: '', clock: home.core.clock, ...terms },
  });
  const events: RunEvent[] = [];
  const stop = new AbortController();
  const paused = Promise.withResolvers<void>();
  const running = runSample(home, plan, {
    ...{ pause, signal: stop.signal },
    onEvent: (event) => {
      events.push(event);
      if (event.type === 'table.progress' && pause.total.times === 0) pause.begin();
      if (event.type === 'run.paused') paused.resolve();
    },
  });
  // What goes wrong in between is told by the run.
  await Promise.race([paused.promise, running]);
  await meanwhile({ pause, events, stop });
  return { result: await running, events };
}

const digestsOf = ({ tables }: ExportResult): string[] =>
  tables.flatMap(({ resources }) => resources.map(({ sha256 }) => sha256));

const isWaiting: Readonly<Record<'postgres' | 'mariadb', () => Promise<boolean>>> = {
  postgres: async () =>
    (await postgres.sql(
      `select count(*) from pg_stat_activity where datname = '${postgres.name}' and wait_event = 'ClientWrite'`,
    )) === '1',
  mariadb: async () =>
    (await mariadb.sql(
      `select count(*) from information_schema.processlist where db = '${mariadb.name}' and state like 'Writing to net%'`,
    )) === '1',
};

describe.each([
  ['postgres', 'public', homeOverTcp],
  ['mariadb', '', () => homeOnMariadb(mariadb)],
] as const)('a run from %s', { timeout: 60_000 }, (product, schema, open) => {
  const plan = (more = '') => planOf(schema === '' ? mariadb.name : schema, more);

  it('that is paused makes the server wait, goes on where it was, and tells it', async () => {
    using home = await open();
    const free = await runSample(home, plan());
    // A server that gives up on those who do not read: the session asked for more patience.
    const patience = product === 'mariadb' ? await mariadb.sql('select @@global.net_write_timeout') : '';
    if (product === 'mariadb') await mariadb.sql('set global net_write_timeout = 1');
    try {
      const began = performance.now();
      const { result, events } = await runPaused(home, {
        plan: plan(),
        meanwhile: async ({ pause, events }) => {
          await waitUntil(isWaiting[product], AbortSignal.timeout(30_000));
          const [shown] = await listRuns(home.core);
          expect(shown).toMatchObject({ state: 'paused', paused: { afterStatement: false } });
          const seen = events.length;
          await sleep(2500);
          expect(events.length).toBe(seen);
          pause.end();
        },
      });
      const took = performance.now() - began;
      expect(result.state).toBe('succeeded');
      expect(digestsOf(result)).toEqual(digestsOf(free));
      const { pausedMs } = result.summary.time;
      expect(pausedMs).toBeGreaterThan(2400);
      // The pause is in no table's time, and so in no rate.
      const [large] = result.tables;
      expect((large?.elapsedMs ?? 0) + (pausedMs ?? 0)).toBeLessThanOrEqual(took);
      expect(events.filter(({ type }) => type.startsWith('run.'))).toMatchObject([
        { type: 'run.paused' },
        { type: 'run.continued', reason: 'asked' },
      ]);
      const last = eventsOf(home).findLast(({ type }) => type === 'export.completed');
      expect(last?.data).toMatchObject({ paused: { times: 1, ms: pausedMs } });
      const [ended] = await listRuns(home.core);
      expect(ended?.state).toBe('succeeded');
      expect(ended?.paused).toBeUndefined();
    } finally {
      if (product === 'mariadb') await mariadb.sql(`set global net_write_timeout = ${patience}`);
    }
  });

  it('that is cancelled while it is paused ends within a second, on the server too', async () => {
    using home = await open();
    let stoppedAt = 0;
    const { result, events } = await runPaused(home, {
      plan: plan(),
      meanwhile: async ({ stop }) => {
        await waitUntil(isWaiting[product], AbortSignal.timeout(30_000));
        stoppedAt = performance.now();
        stop.abort();
      },
    });
    expect(performance.now() - stoppedAt).toBeLessThan(1000);
    expect(result.state).toBe('cancelled');
    expect(events.findLast(({ type }) => type === 'run.continued')).toMatchObject({ reason: 'over' });
    await waitUntil(async () => !(await isWaiting[product]()), AbortSignal.timeout(10_000));
  });
});

describe('a paused run', { timeout: 60_000 }, () => {
  it('goes on by itself at its limit', async () => {
    using home = await homeOn(postgres);
    const { result, events } = await runPaused(home, {
      plan: planOf('public'),
      terms: { limitMs: 300 },
      meanwhile: () => Promise.resolve(),
    });
    expect(result.state).toBe('succeeded');
    expect(events).toContainEqual(expect.objectContaining({ type: 'run.continued', reason: 'limit' }));
    expect(result.summary.time.pausedMs).toBeGreaterThanOrEqual(290);
  });

  it('is not ended by the time limit of its statements: it waits between two of them', async () => {
    using home = await homeOn(postgres);
    const { result } = await runPaused(home, {
      plan: planOf('public', 'limits: { statementTimeoutMs: 2000 }\n'),
      terms: { withinStatements: false },
      meanwhile: async ({ pause, events }) => {
        await waitUntil(() => events.some(({ type }) => type === 'table.checking'), AbortSignal.timeout(30_000));
        await sleep(2500);
        expect(events.some((event) => event.type === 'table.started' && event.table.endsWith('small'))).toBe(false);
        pause.end();
      },
    });
    expect(result.state).toBe('succeeded');
  });

  it('waits with SQLite as well', async () => {
    using home = await newHome();
    const free = await runSample(home, samplePlan());
    const { result } = await runPaused(home, {
      plan: samplePlan(),
      meanwhile: async ({ pause, events }) => {
        const seen = events.length;
        await sleep(300);
        expect(events.length).toBe(seen);
        pause.end();
      },
    });
    expect(result.state).toBe('succeeded');
    expect(digestsOf(result)).toEqual(digestsOf(free));
  });
});
