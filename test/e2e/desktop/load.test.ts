// How the sessions of a run do on their server, as the desktop shows it: quiet while they read, amber while somebody there
// holds a lock, and in the report afterwards.
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newTestHome, reviewed } from '../../integration/desk/runs-rig.ts';
import type { PostgresAddress } from '../../servers/postgres-client.ts';
import { newPostgresDatabase, type TestDatabase } from '../../servers/shared-servers.ts';
import { openWindows, seriousFindings } from './runs-window.ts';

const LATER = { timeout: 20_000 };

describe('the load of a run on screen', { timeout: 120_000 }, () => {
  let database: TestDatabase<PostgresAddress>;
  beforeAll(async () => {
    database = await newPostgresDatabase();
    await database.sql(`create table wide (id int primary key, note text);
      insert into wide select n, repeat('x', 4000) from generate_series(1, 6000) n; analyze`);
  });
  afterAll(() => database.drop());

  it('names who holds a lock and what to do, then says what its statement waits on, and keeps both in the report', async () => {
    await using home = newTestHome();
    const { desk, core } = await home.open();
    const { host, port, user, password, socketFolder } = database.server;
    await core.connections.add({
      ...{ name: 'shop', connector: 'postgres', production: false, color: 'blue', password },
      options: { host, port, user, database: database.name, tls: 'disable' },
    });
    await using windows = await openWindows(desk);
    const page = await windows.open();
    const dark = await windows.open({ dark: true });
    const other = new Client({ host: socketFolder, port, user, database: database.name });
    await other.connect();
    const { rows } = await other.query<{ pid: number }>('select pg_backend_pid() as pid');
    const plan = `waybill: 1\nname: crm-migration\npurpose: test\nconnection: shop\ntables: [{ table: public.wide }]
format: { type: csv }\nlimits: { connections: 2, rowsPerSecond: 1000, lockTimeoutMs: 60000 }\n`;
    const wish = home.plan(plan);
    const seen = await reviewed(core, wish);
    await other.query('begin; lock table wide in access exclusive mode');
    await core.runs.start(seen);
    for (const window of [page, dark]) {
      await window.getByRole('button', { name: 'Show the run of crm-migration' }).click();
      const line = window.getByRole('status').filter({ hasText: 'The run waits for a lock' });
      await expect
        .poll(() => line.textContent(), LATER)
        .toBe(
          `The run waits for a lock that session ${rows[0]?.pid} holds. Have the work on that table committed or rolled back there; limits.lockTimeoutMs of the plan ends the wait.`,
        );
      expect(await seriousFindings(window)).toEqual([]);
    }
    await other.query('rollback');
    await other.end();
    const line = page.getByRole('group', { name: 'Server' });
    await expect
      .poll(() => line.textContent(), LATER)
      .toMatch(/waits on client · .*on client \d+.%.* · longest statement/);
    expect(await seriousFindings(page)).toEqual([]);
    await expect.poll(() => page.getByRole('heading', { level: 1 }).nth(1).textContent(), LATER).toContain('Complete');
    await page.getByRole('button', { name: 'Report' }).click();
    const report = page.getByRole('region', { name: 'Report' });
    await expect
      .poll(() => report.textContent())
      .toMatch(
        new RegExp(`looked at \\d+ times · .* · longest wait on a lock .* \\(held by session ${rows[0]?.pid}\\)`),
      );
    await page.getByRole('button', { name: 'Events' }).click();
    expect(await page.textContent('main')).toContain(`Waiting for a lock of session ${rows[0]?.pid}`);
    expect(windows.complaints).toEqual([]);
  });
});
