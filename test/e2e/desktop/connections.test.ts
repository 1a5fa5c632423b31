import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgresSql } from '../../servers/postgres-client.ts';
import { newPostgresDatabase, type TestDatabase } from '../../servers/shared-servers.ts';
import type { PostgresAddress } from '../../servers/postgres-client.ts';
import { readTree } from '../cli/read-tree.ts';
import { atRest } from './at-rest.ts';
import { Desktop } from './rig.ts';

const LIMIT_MS = 240_000;
const CANARY = 'canary-9f41-password';
const PHRASE = 'four quiet words here';

let database: TestDatabase<PostgresAddress>;
const user = 'app_ro_with_a_name_as_long_as_they_get';

beforeAll(async () => {
  database = await newPostgresDatabase();
  await database.sql('create table customers (id int primary key, email text)');
  await postgresSql(database.server, `drop role if exists ${user}`);
  await database.sql(`create role ${user} login password '${CANARY}'; grant select on customers to ${user}`);
});
afterAll(async () => {
  await database.sql(`drop owned by ${user}; drop role ${user}`);
  await database.drop();
});

async function paste(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label).focus();
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  await page.keyboard.press('Control+v');
}

async function serious(page: Page): Promise<string[]> {
  // What these screens draw; the frame around them is looked at elsewhere.
  await atRest(page);
  const { violations } = await new AxeBuilder({ page }).exclude('.tabs').analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

describe('connections and secrets on a machine without a keychain', () => {
  it(
    'connects by a pasted URL, asks once where secrets live, changes, and removes again',
    async () => {
      await using desktop = await Desktop.open({ withoutPassphrase: true });
      const { page, home } = desktop;
      await page.getByRole('treeitem').first().waitFor();
      // The question comes first, once, and may wait.
      const first = page.getByRole('form', { name: 'Where shall secrets live?' });
      await first.getByLabel('Passphrase vault').waitFor();
      expect(await serious(page)).toEqual([]);
      await first.getByRole('button', { name: 'Later' }).click();
      await page.getByRole('navigation', { name: 'Steps' }).waitFor();
      await page.reload();
      await page.getByRole('navigation', { name: 'Steps' }).waitFor();
      expect(await first.count()).toBe(0);

      // From wherever it is asked for, its tables come to the front.
      await page.getByRole('button', { name: 'Plans', exact: true }).click();
      await page.keyboard.press('Alt+n');
      const dialog = page.getByRole('dialog', { name: 'New connection' });
      await dialog.waitFor();
      const { host, port } = database.server;
      await paste(page, 'Connection URL', `postgres://${user}:wrong@${host}:${port}/${database.name}?sslmode=disable`);
      // The test ran by itself, and its error stands at the field it belongs to.
      await dialog.getByText(/refused the login/).waitFor();
      expect(await dialog.getByLabel('Name', { exact: true }).inputValue()).toBe(database.name);

      await dialog.getByLabel('Password', { exact: true }).fill(CANARY);
      await dialog.getByLabel('Name', { exact: true }).fill('shop-prod');
      await dialog.getByLabel('Production').click();
      expect(await dialog.getByRole('button', { name: 'Red' }).getAttribute('aria-pressed')).toBe('true');
      await dialog.getByLabel('Name', { exact: true }).press('Enter');
      const gate = page.getByRole('dialog', { name: 'Where shall secrets live?' });
      await gate.waitFor();
      expect(await serious(page)).toEqual([]);
      await gate.getByLabel('New passphrase').fill(PHRASE);
      await gate.getByLabel('The same again').fill(PHRASE);
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('treeitem', { name: /customers/ }).waitFor();
      await page.getByText('Secrets in Passphrase vault').waitFor();
      await page.getByRole('contentinfo').getByText('not encrypted').waitFor();

      await page.getByRole('button', { name: 'Actions for this connection' }).click();
      await page.getByRole('menuitem', { name: 'Edit or test connection…' }).click();
      const edit = page.getByRole('dialog', { name: 'Connection shop-prod' });
      await edit.getByRole('button', { name: 'Test', exact: true }).click();
      await edit.getByText('Connected').first().waitFor();
      await edit.getByText('read-only, the database enforces it').waitFor();
      expect(await serious(page)).toEqual([]);
      await page.keyboard.press('Escape');

      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByText('Write a random value').waitFor();
      await page.getByRole('cell', { name: 'shop-prod' }).waitFor();
      // On a busy machine a colour may still be on its way to another one.
      await expect.poll(() => serious(page), { timeout: 15_000 }).toEqual([]);
      expect(await page.content()).not.toContain(CANARY);

      await page.getByRole('button', { name: 'Explore' }).click();
      await page.getByRole('button', { name: 'Actions for this connection' }).click();
      await page.getByRole('menuitem', { name: 'Remove connection…' }).click();
      await page.getByText('Its password is deleted from the passphrase vault, and that is read back.').waitFor();
      await page.getByRole('button', { name: 'Remove connection', exact: true }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(readFileSync(join(home, 'connections.json'), 'utf8')).not.toContain('shop-prod');
      expect(
        readTree(home)
          .filter(({ bytes }) => bytes.includes(CANARY))
          .map(({ path }) => path),
      ).toEqual([]);
      expect(desktop.complaints).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'makes, names and destroys a pseudonym key by keyboard, and shows each part of the settings',
    async () => {
      await using desktop = await Desktop.open();
      const { page } = desktop;
      await page.getByRole('button', { name: 'Settings' }).click();
      const parts = page.getByRole('navigation', { name: 'Settings' });
      await parts.getByRole('button', { name: 'Keys' }).click();
      await page.getByLabel('New key').fill('client-a');
      await page.keyboard.press('Enter');
      await page.getByRole('cell', { name: 'client-a' }).waitFor();
      await page
        .getByText(/SHA256:/)
        .first()
        .waitFor();
      await page.getByRole('button', { name: 'Destroy…' }).press('Enter');
      const confirm = page.getByRole('button', { name: 'Destroy key' });
      await page.getByLabel('Type client-a to confirm').fill('client-b');
      expect(await confirm.isDisabled()).toBe(true);
      await page.getByLabel('Type client-a to confirm').fill('client-a');
      await page.keyboard.press('Enter');
      await page.getByText(/destroyed \d{4}-/).waitFor();
      for (const name of ['Secrets', 'Keys', 'Appearance', 'Limits', 'Data folder', 'About']) {
        await parts.getByRole('button', { name }).click();
        await page.getByRole('heading', { name, level: 1 }).waitFor();
        // Of the pages, of the core's bundle, and of what the core loads beside itself.
        if (name === 'About') await page.getByText(/@mui\/material[^]*\nyaml 2[^]*/).waitFor();
        if (name === 'About') await page.getByText(/\nmysql2 3[^]*\npg 8/).waitFor();
        expect(await serious(page), name).toEqual([]);
      }
      expect(desktop.complaints).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'tells of a file what a file has',
    async () => {
      await using desktop = await Desktop.open();
      const { page } = desktop;
      await page.getByRole('treeitem').first().waitFor();
      await page.getByRole('button', { name: 'Actions for this connection' }).click();
      await page.getByRole('menuitem', { name: 'Edit or test connection…' }).click();
      const edit = page.getByRole('dialog', { name: 'Connection sample' });
      await edit.getByRole('button', { name: 'Test', exact: true }).click();
      await edit.getByRole('term').getByText('File', { exact: true }).waitFor();
      await edit.getByRole('definition').getByText('shop.db').waitFor();
      for (const word of ['Server', 'Login', 'Latency', 'TLS']) {
        expect(await edit.getByRole('term').getByText(word, { exact: true }).count(), word).toBe(0);
      }
    },
    LIMIT_MS,
  );
});
