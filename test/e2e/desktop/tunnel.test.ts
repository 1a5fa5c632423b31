// A database behind an SSH server, connected to in the dialog: the host key is compared, pinned, and never given up.
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PostgresAddress } from '../../servers/postgres-client.ts';
import { newPostgresDatabase, type TestDatabase } from '../../servers/shared-servers.ts';
import { startSshd, type SshdServer } from '../../servers/sshd.ts';
import { readTree } from '../cli/read-tree.ts';
import { atRest } from './at-rest.ts';
import { Desktop } from './rig.ts';

const LIMIT_MS = 240_000;

let database: TestDatabase<PostgresAddress>;
let server: SshdServer;
beforeAll(async () => {
  [database, server] = await Promise.all([newPostgresDatabase(), startSshd()]);
  await database.sql('create table customers (id int primary key, email text)');
});
afterAll(async () => {
  await Promise.all([database.drop(), server.stop()]);
});

async function serious(page: Page): Promise<string[]> {
  await atRest(page);
  const { violations } = await new AxeBuilder({ page }).exclude('.tabs').analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

const field = (dialog: Locator, label: string): Locator => dialog.getByLabel(label, { exact: true });

async function fill(dialog: Locator, texts: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, text] of Object.entries(texts)) await field(dialog, label).fill(text);
}

describe('the tunnel section of the connection dialog', () => {
  it(
    'is folded, leads through a server whose key a person compared, and stops when that shows another key',
    async () => {
      await using desktop = await Desktop.open();
      const { page, home } = desktop;
      await page.getByRole('treeitem').first().waitFor();
      await page.keyboard.press('Alt+n');
      const dialog = page.getByRole('dialog', { name: 'New connection' });
      await dialog.waitFor();
      const fold = dialog.getByRole('button', { name: /^SSH tunnel/ });
      expect(await fold.getAttribute('aria-expanded')).toBe('false');
      await dialog.getByText('none: the server is reached straight').waitFor();
      const { port, user, password } = database.server;
      await fill(dialog, { Name: 'led', Host: 'localhost', Port: String(port), Database: database.name, User: user });
      await field(dialog, 'Password').fill(password ?? '');

      await fold.press('Enter');
      await fill(dialog, { 'SSH server': server.host, 'SSH port': String(server.port), 'SSH user': server.user });
      await field(dialog, 'SSH key file').fill(server.lockedKeyFile);
      await dialog.getByText('not encrypted beyond the tunnel, which ends on that machine').waitFor();
      await dialog.getByRole('button', { name: 'Test', exact: true }).click();
      // Without the passphrase of the key nobody is asked: it is said at its field.
      await dialog.getByText(/The private key cannot be opened/).waitFor();
      await field(dialog, 'Passphrase of the SSH key').fill(server.passphrase);
      await dialog.getByRole('button', { name: 'Test again' }).click();
      await dialog.getByText('Is this the right server?').waitFor();
      await dialog.getByText(server.hostKey(), { exact: true }).waitFor();
      expect(await serious(page)).toEqual([]);
      const pin = dialog.getByRole('button', { name: 'Pin this key and test' });
      expect(await pin.isDisabled()).toBe(true);
      await dialog.getByLabel('The operator gave me this very fingerprint').click();
      await pin.click();
      await dialog.getByText('Connected', { exact: true }).waitFor();
      expect(await field(dialog, 'SSH host key').inputValue()).toBe(server.hostKey());
      const place = `${server.user}@${server.host}:${server.port}`;
      await dialog.getByText(`${place}, host key ${server.hostKey()}`).waitFor();
      expect(await serious(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Save and open' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('treeitem', { name: /customers/ }).waitFor();
      await page.getByText(`/${database.name} through ${place}`).waitFor();

      const after = await server.changeHostKey();
      await page.getByRole('button', { name: 'Actions for this connection' }).click();
      await page.getByRole('menuitem', { name: 'Edit or test connection…' }).click();
      const edit = page.getByRole('dialog', { name: 'Connection led' });
      await edit.getByText('Stored. Type to replace it.').nth(1).waitFor();
      await edit.getByRole('button', { name: 'Test', exact: true }).click();
      await edit.getByText('The server shows another host key than the pinned one.').waitFor();
      await edit.getByText(after, { exact: true }).waitFor();
      await edit.getByText(/remove the connection and add it again/).waitFor();
      expect(await edit.getByRole('button', { name: /Pin|Save without/ }).count()).toBe(0);
      expect(await serious(page)).toEqual([]);
      const leaks = readTree(home).filter(({ bytes }) => bytes.includes(server.passphrase));
      expect(leaks.map(({ path }) => path)).toEqual([]);
      expect(desktop.complaints).toEqual([]);
    },
    LIMIT_MS,
  );
});
