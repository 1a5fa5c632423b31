/** Runs whose plan names the hours in which its tables may be read. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openResumption } from '../../../src-main/app/resume-run.ts';
import { listRuns } from '../../../src-main/app/run-records.ts';
import type { Core } from '../../../src-main/app/core.ts';
import type { RunEvent } from '../../../src-main/engine/run/table-job.ts';
import { newPostgresDatabase, type TestDatabase } from '../../servers/shared-servers.ts';
import type { PostgresAddress } from '../../servers/postgres-client.ts';
import { waitUntil } from '../../servers/wait-until.ts';
import type { Home } from '../targets/rig.ts';
import { eventsOf, homeOn, runSample, samplePlan } from './rig.ts';

let database: TestDatabase<PostgresAddress>;

beforeAll(async () => {
  database = await newPostgresDatabase();
  await database.sql(`
    create table first (id int primary key, name text);
    insert into first select n, 'name ' || n from generate_series(1, 600) n;
    create table second as select * from first;
    alter table second add primary key (id)`);
});
afterAll(() => database.drop());

interface Stopped extends Home {
  /** Sets its clock, which stands still otherwise. */
  readonly set: (moment: string) => void;
}

/** A home whose clock stands still at a moment. */
function at(home: Home, moment: string): Stopped {
  const now = { at: moment };
  const clock: Core['clock'] = { now: () => new Date(now.at), monotonicMs: () => performance.now() };
  return Object.assign(home, { core: { ...home.core, clock }, set: (to: string) => void (now.at = to) });
}

const planOf = (limits = ''): string =>
  samplePlan(
    `limits: { window: { from: "22:00", to: "06:00", zone: Europe/Berlin }${limits} }\n`,
    '[{ table: public.first, columns: [id, name] }, { table: public.second, columns: [id, name] }]',
  ).replace('connection: sample', 'connection: shop');

const sessions = (): Promise<string> =>
  database.sql(
    `select count(*) from pg_stat_activity where datname = '${database.name}' and application_name like 'waybill%'`,
  );

describe('a run whose plan has a window', { timeout: 60_000 }, () => {
  it('that is open begins at once', async () => {
    using home = at(await homeOn(database), '2026-11-26T22:00:00Z');
    const events: RunEvent[] = [];
    const result = await runSample(home, planOf(), { onEvent: (event) => events.push(event) });
    expect(result.state).toBe('succeeded');
    expect(events.some(({ type }) => type === 'run.queued')).toBe(false);
    expect(result.summary.time.queuedMs).toBeNull();
  });

  it('that is closed waits for it without a connection, and counts the wait into no rate', async () => {
    using home = at(await homeOn(database), '2026-11-26T20:59:59Z');
    const queued = Promise.withResolvers<RunEvent>();
    const running = runSample(home, planOf(), {
      onEvent: (event) => {
        if (event.type === 'run.queued') queued.resolve(event);
      },
    });
    expect(await queued.promise).toMatchObject({
      until: new Date('2026-11-26T21:00:00Z'),
      window: '22:00–06:00 Europe/Berlin',
    });
    await waitUntil(async () => (await sessions()) === '0', AbortSignal.timeout(30_000));
    expect(await listRuns(home.core)).toMatchObject([
      { state: 'queued', queued: { until: '2026-11-26T21:00:00.000Z' } },
    ]);
    home.set('2026-11-26T21:00:00Z');
    const result = await running;
    expect(result.state).toBe('succeeded');
    const { openingMs, queuedMs } = result.summary.time;
    expect(queuedMs).toBeGreaterThan(500);
    expect(openingMs).not.toBeNull();
  });

  it('that closes meanwhile ends, keeps what is whole, and is gone on with', async () => {
    using home = at(await homeOn(database), '2026-11-27T04:59:59Z');
    // The second table takes four seconds; the clock is looked at every second.
    const plan = planOf(', rowsPerSecond: 150').replace(
      '{ table: public.first, columns: [id, name] }',
      '{ table: public.first, columns: [id, name], limit: 60 }',
    );
    const result = await runSample(home, plan, {
      onEvent: ({ type }) => {
        if (type === 'table.finished') home.set('2026-11-27T05:00:00Z');
      },
    });
    expect(result).toMatchObject({
      state: 'partial',
      error: { code: 'RUN/WINDOW_CLOSED', kind: 'unavailable', message: expect.stringContaining('06:00') as string },
      tables: [{ verdict: 'complete' }, { verdict: 'incomplete', error: { code: 'RUN/WINDOW_CLOSED' } }],
    });
    expect(result.error?.remedy).toContain(`waybill resume ${result.run}`);
    expect(eventsOf(home).at(-1)).toMatchObject({
      type: 'export.completed',
      data: { state: 'partial', error: 'RUN/WINDOW_CLOSED' },
    });
    const { signal } = new AbortController();
    await using found = await openResumption(home.core, result.run, signal);
    expect(found.rest).toEqual(['public.second']);
    expect(found.kept.map(({ result: { name } }) => name)).toEqual(['public.first']);
  });

  it('that is closed is left at once by a cancellation', async () => {
    using home = at(await homeOn(database), '2026-11-26T12:00:00Z');
    const stop = new AbortController();
    let stoppedAt = 0;
    const result = await runSample(home, planOf(), {
      signal: stop.signal,
      onEvent: ({ type }) => {
        if (type !== 'run.queued') return;
        setImmediate(() => {
          stoppedAt = performance.now();
          stop.abort();
        });
      },
    });
    expect(performance.now() - stoppedAt).toBeLessThan(1000);
    expect(result).toMatchObject({ state: 'cancelled', error: { code: 'RUN/CANCELLED' } });
  });
});

describe('a window in a plan', () => {
  it.each([
    ['{ from: "22:00", to: "06:00" }', /zone/],
    ['{ from: "22:00", to: "06:00", zone: Atlantis/Main }', /time zone such as Europe\/Berlin/],
    ['{ from: "22", to: "06:00", zone: UTC }', /time of day such as 22:00/],
    ['{ from: "06:00", to: "06:00", zone: UTC }', /another time than it begins/],
  ])('says what is wrong with %s', async (window, words) => {
    using home = await homeOn(database);
    const plan = planOf().replace(/window: \{[^}]*\}/, `window: ${window}`);
    await expect(runSample(home, plan)).rejects.toMatchObject({
      findings: [expect.objectContaining({ message: expect.stringMatching(words) as string })],
    });
  });
});
