import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newTestHome, reviewed, type TestDesk, type TestHome } from '../../integration/desk/runs-rig.ts';
import type { PostgresAddress } from '../../servers/postgres-client.ts';
import { newPostgresDatabase, type TestDatabase } from '../../servers/shared-servers.ts';
import { startSshd, type SshdServer } from '../../servers/sshd.ts';
import { openWindows, seriousFindings, type Windows } from './runs-window.ts';

/** The machine that tests run on may be busy. */
const LATER = { timeout: 20_000 };

describe('runs, targets and deliveries on screen', { timeout: 240_000 }, () => {
  let database: TestDatabase<PostgresAddress>;
  let server: SshdServer;
  let home: TestHome;
  let one: TestDesk;
  let windows: Windows;
  beforeAll(async () => {
    [database, server] = await Promise.all([newPostgresDatabase(), startSshd()]);
    await database.sql(`
      create table customers (id bigint primary key, note text);
      insert into customers select n, 'row ' || n from generate_series(1, 5000) n;
      create table order_items (id bigint primary key, note text);
      insert into order_items select n, repeat('x', 10000) from generate_series(1, 12000) n;
      create table paced as select id, note from order_items where id <= 6000;
      analyze;`);
  });
  afterAll(() => Promise.all([database.drop(), server.stop()]));
  beforeEach(async () => {
    home = newTestHome();
    one = await home.open();
    const { host, port, user, password } = database.server;
    await one.core.connections.add({
      ...{ name: 'shop', connector: 'postgres', production: false, color: 'blue', password },
      options: { host, port, user, database: database.name, tls: 'disable' },
    });
    windows = await openWindows(one.desk);
  });
  afterEach(async () => {
    await windows[Symbol.asyncDispose]();
    await home[Symbol.asyncDispose]();
  });

  /** Two minutes of reading. */
  const SLOW = '{ table: public.order_items, where: "pg_sleep(0.01) is not null" }';
  const start = async (tables: string): Promise<string> => {
    const text = `waybill: 1\nname: crm-migration\npurpose: test\nconnection: shop\ntables: [${tables}]\nformat: { type: csv }\n`;
    return (await one.core.runs.start(await reviewed(one.core, home.plan(text)))).run;
  };
  const heading = (page: Page) => page.getByRole('heading', { level: 1 }).nth(1);

  it('is followed at the foot of every screen, stopped there, and what failed is fetched alone', async () => {
    const page = await windows.open();
    const other = await windows.open({ width: 1024, height: 700, dark: true });
    await start(`{ table: public.customers }, ${SLOW}`);
    const strip = page.getByRole('region', { name: 'Running export' });
    await strip.getByRole('progressbar').waitFor();
    await expect.poll(() => strip.textContent(), LATER).toContain('public.order_items');
    await expect.poll(() => strip.textContent(), LATER).toMatch(/[1-9]\d*\s%/);
    await strip.getByRole('button', { name: 'Show the run of crm-migration' }).click();
    const grid = page.getByRole('grid', { name: 'Tables' });
    await expect.poll(() => grid.textContent(), LATER).toContain('Complete');
    expect(await seriousFindings(page)).toEqual([]);

    // Another window sees the same, and stops it.
    await other.getByRole('button', { name: 'Cancel the run of crm-migration' }).click();
    await heading(page).waitFor();
    await expect.poll(() => heading(page).textContent(), LATER).toBe('Cancelled — 1 of 2 tables were finished');
    await strip.waitFor({ state: 'detached' });
    expect(await page.getByRole('option').first().textContent()).toContain('Cancelled');

    await database.sql('delete from order_items where id > 50');
    await page.getByRole('button', { name: 'Retry failed only' }).click();
    await expect
      .poll(() => heading(page).textContent(), { timeout: 120_000 })
      .toBe('Complete — 1 of 1 tables: source = written = re-read');
    await expect.poll(() => page.getByRole('option').count(), LATER).toBe(2);
    await page.getByRole('button', { name: 'Verify again' }).click();
    await page.getByText('Consistent, not anchored').waitFor();
    expect(await seriousFindings(page)).toEqual([]);

    // The one that was stopped can be made whole as well.
    await page.getByRole('option').last().click();
    await expect.poll(() => heading(page).textContent(), LATER).toBe('Cancelled — 1 of 2 tables were finished');
    await page.getByRole('button', { name: 'Go on…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Go on with this run' });
    await dialog.getByText('1 finished table is kept').waitFor(LATER);
    await dialog.getByText('as it was then, the rest as it is now').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Go on', exact: true }).click();
    await expect
      .poll(() => heading(page).textContent(), { timeout: 120_000 })
      .toBe('Complete — 2 of 2 tables: source = written = re-read');
    await expect.poll(() => page.getByRole('option').count(), LATER).toBe(3);
    expect(windows.complaints).toEqual([]);
  });

  it('is paused and goes on, at the foot and in its own place, and says what that costs', async () => {
    const page = await windows.open();
    const run = await start(SLOW.replace('order_items', 'paced'));
    const strip = page.getByRole('region', { name: 'Running export' });
    await expect.poll(() => strip.textContent(), LATER).toMatch(/[1-9]\d*\s%/);
    await strip.getByRole('button', { name: 'Pause the run of crm-migration' }).click();
    await expect.poll(() => strip.textContent(), LATER).toMatch(/paused until .*\d\d:\d\d at most/);
    expect(await strip.textContent()).not.toContain('rows/s');
    await strip.getByRole('button', { name: 'Show the run of crm-migration' }).click();
    const note = page.getByRole('status').filter({ hasText: 'Paused since' });
    await expect.poll(() => note.textContent(), LATER).toMatch(/Goes on by itself at .*VACUUM keeps every row/);
    expect(await page.getByRole('option').first().textContent()).toContain('Paused');
    expect(await page.getByRole('grid', { name: 'Tables' }).textContent()).toContain('Paused');
    expect(await seriousFindings(page)).toEqual([]);
    // Nothing more is read, whatever the sockets still hold.
    const { rows } = (await one.core.runs.show({ run })).totals;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect((await one.core.runs.show({ run })).totals).toMatchObject({ rows, rowsPerSecond: 0, etaMs: null });

    await page.getByRole('button', { name: 'Go on now' }).click();
    await note.waitFor({ state: 'detached' });
    await expect.poll(async () => (await one.core.runs.show({ run })).totals.rows, LATER).toBeGreaterThan(rows);
    await page.getByText('Going on after a pause of').waitFor(LATER);

    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await note.waitFor();
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await expect.poll(() => heading(page).textContent(), LATER).toContain('Cancelled');
    const told = await one.core.runs.show({ run });
    expect(told.figures?.time.pausedMs).toBeGreaterThan(1000);
    expect(windows.complaints).toEqual([]);
  });

  it('waits for the window of its plan, says until when, and can be given up', async () => {
    const page = await windows.open();
    const hour = (later: number): string => `${String((new Date().getUTCHours() + later) % 24).padStart(2, '0')}:00`;
    const window = `limits: { window: { from: "${hour(11)}", to: "${hour(12)}", zone: UTC } }`;
    const text = `waybill: 1\nname: nightly\npurpose: test\nconnection: shop\ntables: [{ table: public.customers }]\nformat: { type: csv }\n${window}\n`;
    const { run } = await one.core.runs.start(await reviewed(one.core, home.plan(text)));
    const strip = page.getByRole('region', { name: 'Running export' });
    await expect.poll(() => strip.textContent(), LATER).toMatch(/waiting for its window until .*\d\d:\d\d/);
    await strip.getByRole('button', { name: 'Show the run of nightly' }).click();
    await page.getByRole('status').filter({ hasText: 'which begins at' }).waitFor(LATER);
    expect(await page.getByRole('option').first().textContent()).toContain('Waiting');
    expect(await page.getByRole('button', { name: 'Pause', exact: true }).isDisabled()).toBe(true);
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await expect.poll(() => heading(page).textContent(), LATER).toContain('Cancelled');
    expect(await one.core.runs.show({ run })).toMatchObject({ state: 'cancelled', queuedUntil: null });
    expect(windows.complaints).toEqual([]);
  });

  it('compares a host key before anything is sent, delivers, and stops at another key', async () => {
    const page = await windows.open();
    await page.getByRole('button', { name: 'Targets', exact: true }).click();
    await page.getByRole('button', { name: 'Add a target' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Add a target' });
    await dialog.getByLabel('Name', { exact: true }).fill('partner');
    await dialog.getByLabel('Host', { exact: true }).fill(server.host);
    await dialog.getByLabel('Port (optional)').fill(String(server.port));
    await dialog.getByLabel('User', { exact: true }).fill(server.user);
    await dialog.getByLabel('Password (optional)').fill('not the password');
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Connect and save' }).click();
    await dialog.getByText(server.hostKey()).waitFor();
    const accept = dialog.getByRole('button', { name: 'Pin this key and save' });
    expect(await accept.isDisabled()).toBe(true);
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByLabel('The operator gave me this very fingerprint').check();
    await accept.click();
    // Nothing is saved that does not work, unless a person wants it so; what was compared stays.
    await dialog.getByText('TARGET/AUTH_REFUSED').waitFor();
    await dialog.getByRole('button', { name: 'Save without a login' }).waitFor();
    await dialog.getByLabel('Password (optional)').fill(server.password);
    await dialog.getByRole('button', { name: 'Connect and save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page.getByText(/Works, tested/).waitFor();

    const run = await start('{ table: public.customers }');
    await page.getByRole('button', { name: 'Runs', exact: true }).click();
    await page.getByRole('button', { name: 'Deliver…' }).click();
    await page.getByLabel('Folder at the target').fill('incoming');
    await page.getByRole('button', { name: 'Verify and send' }).click();
    await page.getByText('Delivered, each file read back').waitFor();
    const folder = (await one.core.runs.show({ run })).package ?? '';
    expect(existsSync(join(server.homeFolder, 'incoming', basename(folder), 'datapackage.json'))).toBe(true);

    const pinned = server.hostKey();
    const shown = await server.changeHostKey();
    await page.getByRole('button', { name: 'Targets', exact: true }).click();
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    const stop = page.getByRole('alert').filter({ hasText: 'another host key' });
    await stop.waitFor();
    expect(await stop.textContent()).toContain(pinned);
    expect(await stop.textContent()).toContain(shown);
    // There is no way on from here.
    expect(await stop.getByRole('button').count()).toBe(0);
    expect(await seriousFindings(page)).toEqual([]);
    expect(windows.complaints).toEqual([]);
  });

  it('is worked by keys alone', async () => {
    await start('{ table: public.customers }');
    const page = await windows.open({ dark: true });
    await page.keyboard.press('Control+3');
    const list = page.getByRole('listbox', { name: 'Runs' });
    await list.waitFor();
    await list.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => heading(page).textContent(), { timeout: 30_000 }).toContain('Complete — 1 of 1 tables');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search or run an action' }).waitFor();
    await page.keyboard.type('Run again');
    await page.keyboard.press('Enter');
    await expect.poll(() => list.getByRole('option').count(), { timeout: 30_000 }).toBe(2);
    expect(await seriousFindings(page)).toEqual([]);
    expect(windows.complaints).toEqual([]);
  });
});
