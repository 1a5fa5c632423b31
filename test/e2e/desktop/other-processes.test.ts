import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../../../scripts/lib/ensure-built.mjs';
import { pinnedNode } from '../../../scripts/lib/pinned-node.mjs';
import { projectRoot } from '../../../scripts/lib/project-root.mjs';
import { TempFolder } from '../../fakes/temp-folder.ts';
import type { PostgresAddress } from '../../servers/postgres-client.ts';
import { newPostgresDatabase, type TestDatabase } from '../../servers/shared-servers.ts';
import { runProgram } from '../../servers/run-program.ts';
import { PASSPHRASE } from '../cli/driver.ts';
import { LATER, reviewAll } from './journey-parts.ts';
import { Desktop } from './rig.ts';

/** Ten minutes of reading. */
const SLOW = '{ table: public.order_items, columns: [id, note], where: "pg_sleep(0.05) is not null" }';

describe('a run and other processes', { timeout: 300_000 }, () => {
  let database: TestDatabase<PostgresAddress>;
  beforeAll(async () => {
    database = await newPostgresDatabase();
    await database.sql(`
      create table order_items (id integer primary key, note text);
      insert into order_items select n, repeat('x', 10000) from generate_series(1, 12000) n;
      analyze;`);
  });
  afterAll(() => database.drop());

  /** A home with the connection and a plan that reads for minutes. */
  async function homeIn(folder: TempFolder): Promise<{ home: string; plan: string; env: NodeJS.ProcessEnv }> {
    const home = folder.join('home');
    const env = { HOME: folder.path, WAYBILL_PASSPHRASE: PASSPHRASE };
    const { host, port, user, password } = database.server;
    const login = ['--host', host, '--port', String(port), '--user', user, '--tls', 'disable', '--password-stdin'];
    const args = ['connection', 'add', 'shop', '--connector', 'postgres', '--database', database.name, ...login];
    const bundle = await ensureBuilt(projectRoot);
    await runProgram(pinnedNode(projectRoot), [bundle, ...args, '--home', home], { env, input: `${password}\n` });
    const plan = folder.join('slow.plan.yaml');
    const tables = `tables:\n  - ${SLOW}\n`;
    writeFileSync(plan, `waybill: 1\nname: slow\npurpose: test\nconnection: shop\n${tables}format: { type: csv }\n`);
    return { home, plan, env };
  }

  it('says of a run that another process executes where it is, and how it ended', async () => {
    using folder = new TempFolder();
    const { home, plan, env } = await homeIn(folder);
    await using desktop = await Desktop.open({ home });
    await using second = await Desktop.open({ home, colorScheme: 'dark' });
    const args = ['run', plan, '--out', folder.join('out'), '--home', home];
    const child = spawn(pinnedNode(projectRoot), [await ensureBuilt(projectRoot), ...args], {
      ...{ env: { PATH: process.env.PATH, ...env }, stdio: 'ignore' },
    });
    const gone = new Promise((resolve) => child.once('exit', resolve));
    try {
      for (const { page } of [desktop, second]) {
        await page.getByRole('button', { name: 'Runs', exact: true }).click();
        await page.getByRole('option').first().getByText('Running in another process').waitFor(LATER);
      }
      child.kill('SIGINT');
      await gone;
      for (const { page } of [desktop, second])
        await page.getByRole('option').first().getByText('Cancelled').waitFor(LATER);
    } finally {
      child.kill('SIGKILL');
    }
    expect([...desktop.complaints, ...second.complaints]).toEqual([]);
  });

  it('says of a run whose process was killed that it was interrupted', async () => {
    using folder = new TempFolder();
    const { home, plan } = await homeIn(folder);
    {
      await using desktop = await Desktop.open({ home });
      const { page } = desktop;
      await page.getByRole('button', { name: 'Plans', exact: true }).click();
      await page.getByRole('button', { name: 'Open file…' }).click();
      await page.getByRole('textbox', { name: 'Path of the file' }).fill(plan);
      await page.keyboard.press('Enter');
      await page.getByRole('tab', { name: 'slow', selected: true }).waitFor(LATER);
      const start = await reviewAll(page, { warnings: 0 });
      await page.getByRole('textbox', { name: 'The package appears in' }).fill(join(folder.path, 'out'));
      await start.click();
      await page.getByRole('progressbar').first().waitFor(LATER);
      process.kill(desktop.hostPid, 'SIGKILL');
    }
    await using desktop = await Desktop.open({ home });
    const { page } = desktop;
    await page.getByRole('button', { name: 'Runs', exact: true }).click();
    const run = page.getByRole('option').first();
    await run.getByText('Interrupted').waitFor(LATER);
    await run.click();
    await page.getByRole('heading', { name: /Interrupted — its process ended before the run did/ }).waitFor(LATER);
    await page.getByText('What it had written is no package.').waitFor(LATER);
    expect(desktop.complaints).toEqual([]);
  });
});
