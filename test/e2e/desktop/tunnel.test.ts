// A database behind an SSH server, connected to in the dialog: the host key is compared, pinned, and never given up.
import { readFileSync, writeFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TempFolder } from '../../fakes/temp-folder.ts';
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

/** Opens the dialog of a new connection to the database, with its tunnel section open. */
async function newConnection({ page }: Desktop, name: string): Promise<Locator> {
  await page.getByRole('treeitem').first().waitFor();
  await page.keyboard.press('Alt+n');
  const dialog = page.getByRole('dialog', { name: 'New connection' });
  await dialog.waitFor();
  const { port, user, password } = database.server;
  await fill(dialog, { Name: name, Host: 'localhost', Port: String(port), Database: database.name, User: user });
  await field(dialog, 'Password').fill(password ?? '');
  return dialog;
}

const nameOf = ({ user, host, port }: SshdServer): string => `${user}@${host}:${port}`;

describe('the tunnel section of the connection dialog', () => {
  it(
    'is folded, leads through a server whose key a person compared, and stops when that shows another key',
    async () => {
      await using desktop = await Desktop.open();
      const { page, home } = desktop;
      const dialog = await newConnection(desktop, 'led');
      const fold = dialog.getByRole('button', { name: /^SSH tunnel/ });
      expect(await fold.getAttribute('aria-expanded')).toBe('false');
      await dialog.getByText('none: the server is reached straight').waitFor();

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

  it(
    'has a person compare the key of each jump host, the nearest first, and stops at one that shows another key',
    async () => {
      const [gate, middle] = await Promise.all([startSshd(), startSshd()]);
      try {
        await using desktop = await Desktop.open();
        const { page } = desktop;
        const dialog = await newConnection(desktop, 'behind');
        await dialog.getByRole('button', { name: /^SSH tunnel/ }).press('Enter');
        await fill(dialog, { 'SSH server': server.host, 'SSH port': String(server.port), 'SSH user': server.user });
        await field(dialog, 'SSH key file').fill(server.keyFile);
        await field(dialog, 'SSH jump hosts').fill(`${nameOf(gate)},${nameOf(middle)}`);
        await field(dialog, 'Key files of the jump hosts').fill(`${gate.keyFile},${middle.keyFile}`);
        await dialog.getByRole('button', { name: 'Test', exact: true }).click();

        const asked = [
          [gate, `The jump host ${gate.host}:${gate.port} (1 of 2)`],
          [middle, `The jump host ${middle.host}:${middle.port} (2 of 2)`],
          [server, `${server.host}:${server.port}`],
        ] as const;
        for (const [shows, who] of asked) {
          await dialog.getByText(shows.hostKey(), { exact: true }).waitFor();
          await dialog.getByText(`${who} shows this host key.`).waitFor();
          // Nobody has answered for the key before it: the tick is asked for anew, and nothing is saved meanwhile.
          const pin = dialog.getByRole('button', { name: 'Pin this key and test' });
          expect(await pin.isDisabled()).toBe(true);
          expect(await dialog.getByRole('button', { name: 'Save without a working test' }).count()).toBe(0);
          if (shows === middle) expect(await serious(page)).toEqual([]);
          await dialog.getByLabel('The operator gave me this very fingerprint').click();
          await pin.click();
        }
        await dialog.getByText('Connected', { exact: true }).waitFor();
        const pinned = `${gate.hostKey()},${middle.hostKey()}`;
        expect(await field(dialog, 'Host keys of the jump hosts').inputValue()).toBe(pinned);
        await dialog.getByRole('button', { name: 'Save and open' }).click();
        await dialog.waitFor({ state: 'detached' });
        await page.getByRole('treeitem', { name: /customers/ }).waitFor();

        const before = middle.hostKey();
        const after = await middle.changeHostKey();
        const logins = server.log().match(/Accepted/g)?.length;
        await page.getByRole('button', { name: 'Actions for this connection' }).click();
        await page.getByRole('menuitem', { name: 'Edit or test connection…' }).click();
        const edit = page.getByRole('dialog', { name: 'Connection behind' });
        await edit.getByRole('button', { name: 'Test', exact: true }).click();
        await edit.getByText('The server shows another host key than the pinned one.').waitFor();
        await edit.getByText(`The jump host ${middle.host}:${middle.port} (2 of 2)`).waitFor();
        await edit.getByText(before, { exact: true }).waitFor();
        await edit.getByText(after, { exact: true }).waitFor();
        await edit.getByText(/remove the connection and add it again/).waitFor();
        expect(await edit.getByRole('button', { name: /Pin|Save without/ }).count()).toBe(0);
        expect(server.log().match(/Accepted/g)?.length).toBe(logins);
        expect(await serious(page)).toEqual([]);
        expect(desktop.complaints).toEqual([]);
      } finally {
        await Promise.all([gate.stop(), middle.stop()]);
      }
    },
    LIMIT_MS,
  );

  it(
    'takes the keys of the whole way from known_hosts, by the names that an SSH config gives them',
    async () => {
      const [gate, bastion] = await Promise.all([startSshd(), startSshd()]);
      const config = new TempFolder();
      try {
        const keyIn = (file: string): string => readFileSync(file, 'utf8').trim().split(' ').slice(1).join(' ');
        const knownHosts = config.join('known_hosts');
        const known = `the-gate ${keyIn(gate.knownHostsFile)}\nthe-bastion ${keyIn(bastion.knownHostsFile)}\n`;
        writeFileSync(knownHosts, known);
        const lines = [
          ...[
            'Match originalhost db-bastion',
            `HostName ${bastion.host}`,
            `Port ${bastion.port}`,
            'HostKeyAlias the-bastion',
          ],
          ...[
            `IdentityFile ${bastion.keyFile}`,
            'ProxyJump gate',
            'Host gate',
            `HostName ${gate.host}`,
            `Port ${gate.port}`,
          ],
          ...[`IdentityFile ${gate.keyFile}`, 'HostKeyAlias the-gate', 'Match all', `User ${bastion.user}`],
        ];
        writeFileSync(config.join('config'), lines.join('\n'));
        await using desktop = await Desktop.open();
        const dialog = await newConnection(desktop, 'aliased');
        await dialog.getByRole('button', { name: /^SSH tunnel/ }).press('Enter');
        await fill(dialog, { 'SSH server': 'db-bastion', 'SSH config file': config.join('config') });
        await field(dialog, 'known_hosts file').fill(knownHosts);
        await dialog.getByRole('button', { name: 'Test', exact: true }).click();
        await dialog.getByText('Connected', { exact: true }).waitFor();
        await dialog.getByText(`${nameOf(gate)}, then ${nameOf(bastion)}, host key ${bastion.hostKey()}`).waitFor();

        writeFileSync(knownHosts, known.replace(keyIn(gate.knownHostsFile), keyIn(bastion.knownHostsFile)));
        await dialog.getByRole('button', { name: 'Test again' }).click();
        await dialog.getByText('The server shows another host key than the one in known_hosts.').waitFor();
        await dialog.getByText(`The jump host ${gate.host}:${gate.port}`, { exact: true }).waitFor();
        await dialog.getByText(gate.hostKey(), { exact: true }).waitFor();
        await dialog.getByText(new RegExp(`replace its line in ${knownHosts}`)).waitFor();
        expect(await dialog.getByRole('button', { name: /Pin|Save without/ }).count()).toBe(0);
        expect(desktop.complaints).toEqual([]);
      } finally {
        config[Symbol.dispose]();
        await Promise.all([gate.stop(), bastion.stop()]);
      }
    },
    LIMIT_MS,
  );
});
