/** Runs whose plan names the hours in which its tables may be read. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleLedger } from '../../../src-main/app/bundle-ledger.ts';
import { clearResumed } from '../../../src-main/app/clear-resumed.ts';
import { packageStory } from '../../../src-main/app/evidence/package-story.ts';
import type { ExportResult } from '../../../src-main/app/export-result.ts';
import { openResumption } from '../../../src-main/app/resume-run.ts';
import { runPlan } from '../../../src-main/app/run-plan.ts';
import { folderOver } from '../../../src-main/app/verify-path.ts';
import { listRuns } from '../../../src-main/app/run-records.ts';
import type { Core } from '../../../src-main/app/core.ts';
import type { RunEvent } from '../../../src-main/engine/run/table-job.ts';
import { newPostgresDatabase, type TestDatabase } from '../../servers/shared-servers.ts';
import type { PostgresAddress } from '../../servers/postgres-client.ts';
import { waitUntil } from '../../servers/wait-until.ts';
import { digestsBelow, type Home } from '../targets/rig.ts';
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

interface GoingOn {
  readonly signal?: AbortSignal;
  readonly onQueued: () => unknown;
}

/** Goes on with a run as `resume --two-snapshots` does. */
async function goOn(home: Home, run: string, { onQueued, ...more }: GoingOn): Promise<ExportResult> {
  const signal = more.signal ?? new AbortController().signal;
  await using found = await openResumption(home.core, run, signal);
  expect(found.kept.map(({ result: { name } }) => name)).toEqual(['public.first']);
  expect(found.parts).toMatchObject([{ table: 'public.second' }]);
  const result = await runPlan(home.core, {
    ...{ open: found.open, out: found.out, confirm: undefined, acceptedCatalog: true, signal },
    resumes: { run, kept: found.kept, parts: found.parts },
    onEvent: ({ type }) => {
      if (type === 'run.queued') void onQueued();
    },
  });
  await clearResumed(home.core, result, found.earlier);
  return result;
}

interface Chain {
  readonly resumed: ExportResult;
  readonly left: string;
  readonly cut: string;
}

/** The package and the bundle tell of both evenings. */
async function toldWell({ core, folder }: Home, { resumed, left, cut }: Chain): Promise<void> {
  const story = new Map(await packageStory(folderOver(core.store.read, resumed.package ?? '')));
  expect(story.get('Hours')).toMatch(
    /^Read only from 22:00 to 06:00 \(Europe\/Berlin\)\. It waited [\d.]+ m?s for them, without a connection\.$/,
  );
  expect(story.get('Moments')).toMatch(
    new RegExp(
      `^Two moments\\. As run ${cut} read it \\(snapshot [^)]+\\): public\\.first, [1-5] parts? of public\\.second\\.`,
    ),
  );
  await bundleLedger(core, { out: folder.join('bundle'), withoutSql: false });
  const report = readFileSync(folder.join('bundle/data/report.html'), 'utf8');
  expect(report).toContain(`Gone on with by</th><td>run ${left}`);
  expect(report).toContain(`Gone on with by</th><td>run ${resumed.run}`);
  expect(report).toContain('partial (RUN/WINDOW_CLOSED: its hours were over; what was whole was kept)');
  expect(report).toContain('cancelled (RUN/CANCELLED: a person stopped it)');
  expect(report).toMatch(
    /Goes on with<\/th><td>run \w+; kept of it, hashed anew: 1 finished table, [1-5] (?:of 6 )?parts? of public\.second</,
  );
  expect(report).toMatch(/Moments<\/th><td>Two moments\. .*All else is of its own, later snapshot \([^)]+\)\.</);
}

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

  it('that closed is gone on with in the next one to its end, byte for byte what nothing disturbed', async () => {
    const parts = 'package: { chunk: { rows: 100 } }\n';
    using free = await homeOn(database);
    const undisturbed = await runSample(free, planOf().replace(/limits:.*\n/, parts));
    using home = at(await homeOn(database), '2026-11-27T04:59:59Z');
    const cut = await runSample(home, planOf(', rowsPerSecond: 300') + parts, {
      onEvent: (event) => {
        if (event.type === 'table.progress' && event.table === 'public.second' && event.rows >= 100) {
          home.set('2026-11-27T05:00:00Z');
        }
      },
    });
    expect(cut).toMatchObject({ state: 'partial', error: { code: 'RUN/WINDOW_CLOSED' } });
    // By day: it waits for the evening, and can be left meanwhile without a loss.
    const stop = new AbortController();
    const left = await goOn(home, cut.run, { signal: stop.signal, onQueued: () => stop.abort() });
    expect(left.state).toBe('cancelled');
    home.set('2026-11-27T20:59:59Z');
    const resumed = await goOn(home, left.run, {
      onQueued: async () => {
        await waitUntil(async () => (await sessions()) === '0', AbortSignal.timeout(30_000));
        home.set('2026-11-27T21:00:00Z');
      },
    });
    expect(resumed.state).toBe('succeeded');
    expect(resumed.tables.map(({ verdict, sourceRows }) => [verdict, sourceRows])).toEqual([
      ['complete', 600],
      ['complete', 600],
    ]);
    expect(digestsBelow(join(resumed.package ?? '', 'data'))).toEqual(
      digestsBelow(join(undisturbed.package ?? '', 'data')),
    );
    await toldWell(home, { resumed, left: left.run, cut: cut.run });
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
