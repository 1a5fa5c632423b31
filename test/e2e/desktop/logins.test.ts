// Ways to log in without a password in the dialog: a socket, and a certificate whose key is locked.
import { userInfo } from 'node:os';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TempFolder } from '../../fakes/temp-folder.ts';
import { makeClientCertificate, type ClientCertificate } from '../../servers/certificates.ts';
import type { MariadbAddress } from '../../servers/mariadb-client.ts';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { newMariadbDatabase, type TestDatabase } from '../../servers/shared-servers.ts';
import { makeWallet, startListener } from '../../servers/wallet.ts';
import { readTree } from '../cli/read-tree.ts';
import { LATER, seriousFlaws } from './journey-parts.ts';
import { Desktop } from './rig.ts';

const LIMIT_MS = 240_000;
const KEY_PASSPHRASE = 'key-passphrase-3c1e';
const WALLET_PASSWORD = 'wallet-password-7d20';

const files = new TempFolder();
let server: PostgresServer;
let locked: ClientCertificate;
let mariadb: TestDatabase<MariadbAddress>;

beforeAll(async () => {
  [server, mariadb] = await Promise.all([
    startPostgres({
      tls: 'on',
      hba: ['local all peered peer map=me', 'hostssl all certified 127.0.0.1/32 cert'],
      ident: [`me ${userInfo().username} peered`],
    }),
    newMariadbDatabase(),
  ]);
  await server.sql('create role peered login; create role certified login; create table public.t (a int)');
  await server.sql('grant select on public.t to public');
  await mariadb.sql('create table t (a int)');
  if (server.certificates === null) throw new Error('The server has no certificates.');
  locked = await makeClientCertificate(server.certificates, files.path, {
    name: 'certified',
    passphrase: KEY_PASSPHRASE,
  });
}, LIMIT_MS);
afterAll(async () => {
  await Promise.all([server.stop(), mariadb.drop()]);
  files[Symbol.dispose]();
});

async function fill(dialog: Locator, texts: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, text] of Object.entries(texts)) await dialog.getByLabel(label, { exact: true }).fill(text);
}

async function newConnection(page: Page): Promise<Locator> {
  await page.keyboard.press('Alt+n');
  const dialog = page.getByRole('dialog', { name: 'New connection' });
  await dialog.waitFor(LATER);
  return dialog;
}

async function saved(page: Page, dialog: Locator): Promise<void> {
  await dialog.getByRole('button', { name: 'Test and save' }).click();
  await dialog.waitFor({ state: 'detached', ...LATER });
  await page.getByRole('treeitem', { name: /^t\b/ }).waitFor(LATER);
}

describe('the connection dialog', () => {
  it(
    'reaches servers through their sockets, one of them as the user whom the system knows',
    async () => {
      await using desktop = await Desktop.open();
      const { page } = desktop;
      await page.getByRole('treeitem').first().waitFor(LATER);
      const postgres = await newConnection(page);
      // What a field is for is said where its name does not.
      await postgres.getByText('A section of ~/.pg_service.conf').waitFor();
      const port = postgres.getByLabel('Port', { exact: true });
      expect(await port.getAttribute('placeholder')).toBe('5432');
      const address = { Host: server.socketFolder, Port: String(server.port), Database: 'postgres', User: 'peered' };
      await fill(postgres, { Name: 'peer', ...address });
      await saved(page, postgres);

      const mysql = await newConnection(page);
      await mysql.getByRole('radio', { name: 'MySQL and MariaDB' }).click();
      const { socketPath, user, password } = mariadb.server;
      await fill(mysql, { Name: 'local', 'Unix socket': socketPath, Database: mariadb.name, User: user });
      await fill(mysql, { Password: password ?? '' });
      expect(await seriousFlaws(page)).toEqual([]);
      await saved(page, mysql);
      expect(desktop.complaints).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'shows a certificate to the server, and asks for the passphrase of its key at the field of the key',
    async () => {
      await using desktop = await Desktop.open();
      const { page, home } = desktop;
      await page.getByRole('treeitem').first().waitFor(LATER);
      const dialog = await newConnection(page);
      const address = { Host: '127.0.0.1', Port: String(server.port), Database: 'postgres', User: 'certified' };
      await fill(dialog, { Name: 'certified', ...address });
      expect(await dialog.getByLabel('Passphrase of the key', { exact: true }).count()).toBe(0);
      await dialog.getByRole('button', { name: /^TLS/ }).press('Enter');
      await fill(dialog, {
        'CA file': server.caFile ?? '',
        'Client certificate': locked.certFile,
        'Key of the client certificate': locked.keyFile,
      });
      await dialog.getByRole('button', { name: 'Test', exact: true }).click();
      await dialog
        .getByRole('alert')
        .filter({ hasText: /passphrase/i })
        .first()
        .waitFor(LATER);
      await fill(dialog, { 'Passphrase of the key': KEY_PASSPHRASE });
      await dialog.getByRole('button', { name: 'Test again' }).click();
      await dialog.getByText('Connected', { exact: true }).waitFor(LATER);
      expect(await seriousFlaws(page)).toEqual([]);
      // It belongs to the key of this product alone.
      await dialog.getByRole('radio', { name: 'Microsoft SQL Server' }).click();
      expect(await dialog.getByLabel('Passphrase of the key', { exact: true }).count()).toBe(0);
      expect(await dialog.locator('.connection-main').evaluate((pane: { scrollTop: number }) => pane.scrollTop)).toBe(
        0,
      );
      await dialog.getByRole('radio', { name: 'PostgreSQL' }).click();
      await dialog.getByRole('button', { name: /^(Test and save|Save and open)$/ }).click();
      await dialog.waitFor({ state: 'detached', ...LATER });
      await page
        .getByRole('contentinfo')
        .getByText(/TLS 1\.3/)
        .waitFor(LATER);
      const leaks = readTree(home).filter(({ bytes }) => bytes.includes(KEY_PASSPHRASE));
      expect(leaks.map(({ path }) => path)).toEqual([]);
      expect(desktop.complaints).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'asks for the password of a wallet at its field, and keeps it in the vault',
    async () => {
      const { certificates, folder } = await makeWallet(files.path, WALLET_PASSWORD);
      await using listener = await startListener(certificates);
      await using desktop = await Desktop.open();
      const { page, home } = desktop;
      await page.getByRole('treeitem').first().waitFor(LATER);
      const dialog = await newConnection(page);
      await dialog.getByRole('radio', { name: 'Oracle' }).click();
      const password = dialog.getByLabel('Password of the wallet', { exact: true });
      await fill(dialog, { Name: 'shop', Host: 'localhost', Port: String(listener.port), 'Service name': 'shop' });
      await fill(dialog, { User: 'app', Password: 'pw' });
      await dialog.getByRole('button', { name: /^TLS/ }).press('Enter');
      expect(await password.count()).toBe(0);
      await fill(dialog, { 'Wallet folder': folder });
      await dialog.getByRole('combobox', { name: 'TLS' }).click();
      await page.getByRole('option', { name: 'Verify everything' }).click();
      const test = dialog.getByRole('button', { name: /^Test( again)?$/ });
      await test.click();
      const said = dialog.getByRole('alert');
      await said.filter({ hasText: 'is locked, and the connection has no password of the wallet.' }).waitFor(LATER);
      expect(await password.getAttribute('aria-invalid')).toBe('true');
      expect(await seriousFlaws(page)).toEqual([]);
      await password.fill('another one');
      await test.click();
      await said.filter({ hasText: 'The password of the wallet does not open the key in' }).waitFor(LATER);
      expect(listener.seen).toEqual([]);
      await password.fill(WALLET_PASSWORD);
      await test.click();
      // Nobody speaks Oracle there: the certificate was shown, and that is what the password was for.
      await dialog.getByText('Not connected').waitFor(LATER);
      await expect.poll(() => listener.seen.length).toBe(1);
      await dialog.getByRole('button', { name: 'Save without a working test' }).click();
      await dialog.waitFor({ state: 'detached', ...LATER });

      await page.getByRole('button', { name: 'Actions for this connection' }).click();
      await page.getByRole('menuitem', { name: 'Edit or test connection…' }).click();
      const edit = page.getByRole('dialog', { name: 'Connection shop' });
      const kept = edit.getByLabel('Password of the wallet', { exact: true });
      await kept.waitFor(LATER);
      expect(await kept.inputValue()).toBe('');
      const shown = listener.seen.length;
      await edit.getByRole('button', { name: 'Test', exact: true }).click();
      await expect.poll(() => listener.seen.length, { timeout: 30_000 }).toBeGreaterThan(shown);
      const leaks = readTree(home).filter(({ bytes }) => bytes.includes(WALLET_PASSWORD));
      expect(leaks.map(({ path }) => path)).toEqual([]);
    },
    LIMIT_MS,
  );
});
