import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newPostgresDatabase, type TestDatabase } from '../../servers/shared-servers.ts';
import type { PostgresAddress } from '../../servers/postgres-client.ts';
import { follow, newTestHome, reviewed, until, type TestDesk, type TestHome } from './runs-rig.ts';

const ROWS = 300;
/** Three seconds of reading, and as many of counting, on the server's side. */
const SLOW = `{ table: public.slow, where: "pg_sleep(0.01) is not null" }`;

describe('a run that takes a while, on PostgreSQL', { timeout: 90_000 }, () => {
  let database: TestDatabase<PostgresAddress>;
  let home: TestHome;
  let one: TestDesk;
  beforeAll(async () => {
    database = await newPostgresDatabase();
    await database.sql(`
      create table quick (id bigint primary key, note text);
      insert into quick select n, 'row ' || n from generate_series(1, 5000) n;
      create table slow (id bigint primary key, note text);
      insert into slow select n, repeat('x', 100000) from generate_series(1, ${ROWS}) n;
      analyze;`);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    home = newTestHome();
    one = await home.open();
    const { host, port, user, password } = database.server;
    await one.core.connections.add({
      ...{ name: 'shop', connector: 'postgres', production: false, color: 'blue', password },
      options: { host, port, user, database: database.name, tls: 'disable' },
    });
  });
  afterEach(() => home[Symbol.asyncDispose]());

  const planOf = (tables: string): string =>
    `waybill: 1\nname: crm\npurpose: test\nconnection: shop\ntables: [${tables}]\nformat: { type: csv }\n`;
  const wish = (tables: string) => reviewed(one.core, home.plan(planOf(tables)));
  const serverIsBusy = async (): Promise<boolean> =>
    (
      await database.sql(`select count(*) from pg_stat_activity where query like '%pg_sleep%' and state = 'active'
      and pid <> pg_backend_pid()`)
    ).trim() !== '0';

  it('moves: rows, rates, throughput and time left, merged, at most ten times a second', async () => {
    const { run } = await one.core.runs.start(await wish(`{ table: public.quick }, ${SLOW}`));
    const began = performance.now();
    const { updates, detail } = await follow(one, run);
    const seconds = (performance.now() - began) / 1000;
    expect(updates.length).toBeLessThan(seconds * 10 + 3);
    expect(detail).toMatchObject({ state: 'succeeded', complete: 2, totals: { rows: ROWS + 5000, exact: true } });

    const moving = updates.filter(({ totals }) => totals.rowsPerSecond > 0 && totals.rows < ROWS + 5000);
    expect(moving.length).toBeGreaterThan(3);
    expect(moving.some(({ totals }) => (totals.etaMs ?? 0) > 0)).toBe(true);
    expect(moving.at(-1)?.summary.progress).toBeGreaterThan(moving[0]?.summary.progress ?? 1);
    // Each message after the first tells only what is new.
    const quick = updates.slice(1).flatMap(({ tables }) => tables.filter(({ name }) => name === 'public.quick'));
    expect(quick.length).toBeLessThan(6);
    const events = updates.flatMap((update) => update.events);
    expect(events.map(({ no }) => no)).toEqual(events.map((_, index) => index + 1));
    const values = updates.flatMap(({ throughput }) => throughput.values);
    expect(values.reduce((sum, value) => sum + value, 0)).toBe(ROWS + 5000);
    expect(detail.throughput.values).toEqual(values);
  });

  it('shows the same run to a window that comes later, and goes on when all have gone', async () => {
    const { run } = await one.core.runs.start(await wish(SLOW));
    await until(one, run, ({ totals }) => totals.rows > 0);
    const later = await one.core.runs.show({ run });
    expect(later).toMatchObject({ state: 'running', here: true, cancelling: false });
    expect(later.events.map(({ what }) => what.kind)).toContain('snapshot');
    expect(later.snapshot).toMatch(/./);
    expect((await one.core.app.status())[Symbol.asyncIterator]).toBeDefined();
    expect(one.desk.runs.alive).toBe(1);
    expect((await follow(one, run)).detail.state).toBe('succeeded');
    expect(one.desk.runs.alive).toBe(0);
  });

  const LAST = '{ query: "select 1 as n", name: last, columns: { n: { unmasked: ok } } }';

  it('stops within a second of a cancel, on the server too, and keeps what was finished', async () => {
    const { run } = await one.core.runs.start(await wish(`{ table: public.quick }, ${SLOW}, ${LAST}`));
    await until(one, run, ({ tables }) => tables.some(({ name, rows }) => name === 'public.slow' && rows > 0));
    const asked = performance.now();
    await one.core.runs.cancel({ run });
    expect(performance.now() - asked).toBeLessThan(200);
    expect((await one.core.runs.list())[0]).toMatchObject({ cancelling: true });
    const { detail } = await follow(one, run);
    expect(performance.now() - asked).toBeLessThan(1500);
    expect(detail).toMatchObject({ state: 'cancelled', complete: 1, cancelling: false });
    // What was being read was broken off; what nobody had begun was not read, and nothing went wrong with it.
    expect(detail.tableList.map(({ notReached }) => notReached)).toEqual([false, false, true]);
    expect(detail.package).toMatch(/\.incomplete$/);
    expect(await serverIsBusy()).toBe(false);
    expect(detail.events.map(({ what }) => what.kind)).toContain('cancelling');
    // What is missing can be fetched alone.
    const { run: rest } = await one.core.runs.repeat({ run, failedOnly: true });
    expect((await follow(one, rest)).detail.tableList.map(({ name }) => name)).toEqual(['public.slow', 'last']);
  });

  it('is gone on with: what was finished is kept, what is left is read, and once only', async () => {
    const { run } = await one.core.runs.start(await wish(`{ table: public.quick }, ${SLOW}`));
    await until(one, run, ({ tables }) => tables.some(({ name, rows }) => name === 'public.slow' && rows > 0));
    await expect(one.core.runs.resumable({ run })).rejects.toMatchObject({ code: 'RUN/NOT_RESUMABLE' });
    await one.core.runs.cancel({ run });
    await follow(one, run);
    expect(await one.core.runs.resumable({ run })).toEqual({
      kept: ['public.quick'],
      parts: [],
      rest: ['public.slow'],
    });
    const { run: next } = await one.core.runs.resume({ run, keep: true });
    const { detail } = await follow(one, next);
    expect(detail).toMatchObject({ state: 'succeeded', complete: 2, tables: 2, totals: { rows: ROWS + 5000 } });
    expect(detail.tableList.map(({ name, verdict, rows, sourceRows }) => [name, verdict, rows, sourceRows])).toEqual([
      ['public.quick', 'complete', 5000, 5000],
      ['public.slow', 'complete', ROWS, ROWS],
    ]);
    await expect(one.core.runs.resume({ run, keep: true })).rejects.toMatchObject({ code: 'RUN/NOT_RESUMABLE' });
  });

  it('begins nothing when the one who asked goes away before the start', async () => {
    const gone = new AbortController();
    const asked = one.core.runs.start(await wish(SLOW), { signal: gone.signal });
    gone.abort();
    await expect(asked).rejects.toBeDefined();
    await wait(300);
    expect(await one.core.runs.list()).toEqual([]);
    expect(readdirSync(home.out())).toEqual([]);
  });

  it('is shown elsewhere as running and not to be cancelled there', async () => {
    const { run } = await one.core.runs.start(await wish(SLOW));
    await until(one, run, ({ totals }) => totals.rows > 0);
    const other = await home.open();
    expect(await other.core.runs.list()).toMatchObject([{ run, state: 'running', here: false, tables: 1 }]);
    await expect(other.core.runs.cancel({ run })).rejects.toMatchObject({ data: { code: 'RUN/ELSEWHERE' } });
    const revision = other.desk.changes.revision;
    const stop = other.desk.runs.watchOthers();
    await follow(one, run);
    await expect.poll(() => other.desk.changes.revision, { timeout: 8000 }).toBeGreaterThan(revision);
    stop();
    expect(await other.core.runs.list()).toMatchObject([{ run, state: 'succeeded' }]);
  });

  it('is interrupted when its process was killed, and can be run again by the next one', async () => {
    const child = fork(new URL('./run-and-report.ts', import.meta.url), [
      home.folder.join('home'),
      JSON.stringify(await wish(SLOW)),
    ]);
    const [run] = (await once(child, 'message')) as [string];
    child.kill('SIGKILL');
    await once(child, 'exit');

    const next = await home.open();
    expect(await next.core.runs.list()).toMatchObject([{ run, state: 'interrupted', here: false }]);
    const detail = await next.core.runs.show({ run });
    expect(detail).toMatchObject({ state: 'interrupted', package: null, plan: 'crm' });
    expect(detail.ended).not.toBeNull();
    expect(detail.tableList.map(({ name, state }) => [name, state])).toEqual([['public.slow', 'waiting']]);
    expect(detail.events[0]).toMatchObject({ what: { kind: 'started' } });
    const { run: again } = await next.core.runs.repeat({ run, failedOnly: false });
    expect((await follow(next, again)).detail).toMatchObject({ state: 'succeeded', complete: 1 });
  });
});
