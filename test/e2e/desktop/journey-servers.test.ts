import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newMariadbDatabase, newPostgresDatabase } from '../../servers/shared-servers.ts';
import { startSshd, type SshdServer } from '../../servers/sshd.ts';
import { cli, LATER, reviewAll, seriousFlaws, slip, stepButton, watchToEnd } from './journey-parts.ts';
import { Desktop } from './rig.ts';

const TABLES = `
  create table customers (id integer primary key, email varchar(120), score integer);
  create table orders (id integer primary key, customer_id integer, total decimal(12, 2));`;

const ROWS = `
  insert into customers values (1, 'ada@shop.test', 7), (2, null, 9), (3, '', -1);
  insert into orders values (10, 1, 12.50), (11, 3, 0.10);`;

const PRODUCTS = [
  { product: 'PostgreSQL', scheme: 'postgres', tls: '?sslmode=disable', make: newPostgresDatabase },
  { product: 'MariaDB', scheme: 'mysql', tls: '', make: newMariadbDatabase },
] as const;

describe.each(PRODUCTS)('the whole way at $product', { timeout: 300_000 }, ({ scheme, tls, make }) => {
  let database: Awaited<ReturnType<typeof make>>;
  let server: SshdServer;
  beforeAll(async () => {
    [database, server] = await Promise.all([make(), startSshd()]);
    await database.sql(TABLES + ROWS);
  });
  afterAll(() => Promise.all([database.drop(), server.stop()]));

  it('connects, chooses, masks, counts, reviews, starts, and delivers to a server whose key was compared', async () => {
    await using desktop = await Desktop.open();
    const { page, home } = desktop;
    await page.getByRole('treeitem').first().waitFor(LATER);
    const { host, port, user, password } = database.server;
    await connect(page, `${scheme}://${user}:${password}@${host}:${port}/${database.name}${tls}`);

    await page.getByRole('button', { name: 'Plans', exact: true }).click();
    await page.getByRole('button', { name: 'New plan…' }).click();
    await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('crm');
    await page.getByRole('button', { name: 'Make the plan' }).click();
    await page.getByRole('tab', { name: 'crm', selected: true }).waitFor(LATER);
    await page.getByRole('textbox', { name: 'Purpose' }).fill('CHG-4711 move to the new CRM');
    await page.getByRole('button', { name: 'Explore', exact: true }).click();
    for (const table of [/^customers/, /^orders/])
      await page.getByRole('treeitem', { name: table }).getByRole('checkbox').click();
    await expect.poll(() => slip(page).innerText(), LATER).toMatch(/Tables\s*2/);
    await page.getByRole('button', { name: 'Mask: pseudonym' }).click();
    await expect.poll(() => slip(page).innerText(), LATER).toMatch(/1 of 6/);

    await stepButton(page, 'Columns and filters').click();
    await page.getByRole('treeitem', { name: /^customers/ }).click();
    await page.getByRole('button', { name: 'Count now' }).click();
    await page.getByText('rows, exact').waitFor(LATER);
    await page
      .getByRole('grid', { name: /^Preview/ })
      .getByText('NULL')
      .first()
      .waitFor(LATER);

    await stepButton(page, 'Deliver').click();
    await addTarget(page, server);
    await page.getByRole('textbox', { name: 'Folder at partner' }).fill('../etc');
    await page.getByText(/is not saved\. Name a folder below the root of the target/).waitFor(LATER);
    await page.getByRole('textbox', { name: 'Folder at partner' }).fill('incoming');
    await expect.poll(() => planFile(home), LATER).toContain('path: incoming');
    expect(planFile(home)).not.toContain('etc');
    expect(await seriousFlaws(page)).toEqual([]);

    const start = await reviewAll(page, { warnings: 0 });
    await page.getByText('This reads a production database').waitFor();
    expect(await start.isDisabled()).toBe(true);
    await page.getByLabel('Name of the connection').fill('shop');
    await page.getByText(', host key pinned').waitFor();
    expect(await seriousFlaws(page)).toEqual([]);
    await start.click();
    await watchToEnd(page, 2);

    await page.getByText('Delivered, each file read back').waitFor(LATER);
    const sent = readdirSync(join(server.homeFolder, 'incoming')).filter((name) => name.startsWith('crm-'));
    expect(sent).toHaveLength(1);
    const made = join(dirname(home), sent[0] ?? '');
    expect(existsSync(join(server.homeFolder, 'incoming', sent[0] ?? '', 'datapackage.json'))).toBe(true);
    expect(await cli<{ verdict: string }>(home, ['verify', made])).toMatchObject({
      verdict: 'CONSISTENT, NOT ANCHORED',
    });
    const [customers = ''] = readdirSync(join(made, 'data')).filter((name) => name.includes('customers'));
    expect(readFileSync(join(made, 'data', customers), 'utf8')).not.toContain('ada@shop.test');
    expect(desktop.complaints).toEqual([]);
  });
});

const planFile = (home: string): string => readFileSync(join(home, 'plans', 'crm.plan.yaml'), 'utf8');

/** A production connection by its URL. */
async function connect(page: Page, url: string): Promise<void> {
  await page.keyboard.press('Alt+n');
  const dialog = page.getByRole('dialog', { name: 'New connection' });
  await dialog.getByLabel('Connection URL').focus();
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(url)})`);
  await page.keyboard.press('Control+v');
  await dialog.getByText('Connected').first().waitFor(LATER);
  await dialog.getByLabel('Name', { exact: true }).fill('shop');
  await dialog.getByLabel('Production').click();
  await dialog.locator('button[type=submit]').click();
  await dialog.waitFor({ state: 'detached', ...LATER });
  await page.getByRole('treeitem', { name: /^customers/ }).waitFor(LATER);
}

/** The SFTP server as a target, from the step: its host key is compared before a secret is sent. */
async function addTarget(page: Page, server: SshdServer): Promise<void> {
  await page.getByRole('button', { name: 'Add a target…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a target' });
  await dialog.getByLabel('Name', { exact: true }).fill('partner');
  await dialog.getByLabel('Host', { exact: true }).fill(server.host);
  await dialog.getByLabel('Port (optional)').fill(String(server.port));
  await dialog.getByLabel('User', { exact: true }).fill(server.user);
  await dialog.getByLabel('Password (optional)').fill(server.password);
  await dialog.getByRole('button', { name: 'Connect and save' }).click();
  await dialog.getByText(server.hostKey()).waitFor(LATER);
  await dialog.getByLabel('The operator gave me this very fingerprint').check();
  await dialog.getByRole('button', { name: 'Pin this key and save' }).click();
  await dialog.waitFor({ state: 'detached', ...LATER });
}
