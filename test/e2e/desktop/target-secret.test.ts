// A password of a target that was changed at the server: the test says so, another one is stored, and it works.
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSshd, type SshdServer } from '../../servers/sshd.ts';
import { readTree } from '../cli/read-tree.ts';
import { LATER, seriousFlaws } from './journey-parts.ts';
import { Desktop } from './rig.ts';

const WRONG = 'wrong-pass-5b7d';
const LIMIT_MS = 180_000;

let server: SshdServer;
beforeAll(async () => {
  server = await startSshd();
});
afterAll(() => server.stop());

/** Adds the server with a password that it does not take. */
async function addUntried(page: Page): Promise<void> {
  await page.keyboard.press('Control+4');
  await page.getByRole('button', { name: 'Add a target' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add a target' });
  await dialog.getByLabel('Name', { exact: true }).fill('partner');
  await dialog.getByLabel('Host', { exact: true }).fill(server.host);
  await dialog.getByLabel('Port (optional)').fill(String(server.port));
  await dialog.getByLabel('User', { exact: true }).fill(server.user);
  await dialog.getByLabel('Password (optional)').fill(WRONG);
  await dialog.getByRole('button', { name: 'Connect and save' }).click();
  await dialog.getByLabel('The operator gave me this very fingerprint').check(LATER);
  await dialog.getByRole('button', { name: 'Pin this key and save' }).click();
  await dialog.getByRole('button', { name: 'Save without a login' }).click(LATER);
  await dialog.waitFor({ state: 'detached', ...LATER });
}

it(
  'stores another password for a target, by keyboard alone, and tells whether the server takes it',
  async () => {
    await using desktop = await Desktop.open();
    const { page, home, complaints } = desktop;
    await page.getByRole('treeitem').first().waitFor(LATER);
    await addUntried(page);
    const test = page.getByRole('button', { name: 'Test', exact: true });
    await test.click();
    await page
      .getByText(/TARGET\/AUTH_REFUSED/)
      .first()
      .waitFor(LATER);

    await page.getByRole('button', { name: 'Change secret…' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Password or passphrase of partner' });
    await dialog.waitFor();
    expect(await seriousFlaws(page)).toEqual([]);
    expect(await dialog.getByRole('button', { name: 'Store' }).isDisabled()).toBe(true);
    // The first field has the focus; Escape changes nothing.
    await page.keyboard.type('never stored');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Change secret…' }).press('Enter');
    await dialog.waitFor();
    await page.keyboard.type(server.password);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached', ...LATER });
    await page.getByText('Stored. Test the target to see whether the server takes it.').waitFor();
    await test.click();
    await page.getByText(/^Works, tested/).waitFor(LATER);
    for (const secret of [WRONG, server.password, 'never stored']) {
      const leaks = readTree(home).filter(({ bytes }) => bytes.includes(secret));
      expect(leaks.map(({ path }) => path)).toEqual([]);
      expect(await page.content()).not.toContain(secret);
    }
    expect(complaints).toEqual([]);
  },
  LIMIT_MS,
);
