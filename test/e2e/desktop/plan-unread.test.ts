import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ensureBuilt } from '../../../scripts/lib/ensure-built.mjs';
import { pinnedNode } from '../../../scripts/lib/pinned-node.mjs';
import { projectRoot } from '../../../scripts/lib/project-root.mjs';
import { TempFolder } from '../../fakes/temp-folder.ts';
import { runProgram } from '../../servers/run-program.ts';
import { PASSPHRASE } from '../cli/driver.ts';
import { LATER, stepButton } from './journey-parts.ts';
import { Desktop } from './rig.ts';

/** Keeps every text that a page ever showed. */
const WATCH = `window.seenTexts = [];
new MutationObserver(() => window.seenTexts.push(document.body?.innerText ?? '')).observe(document, {
  childList: true, subtree: true, characterData: true,
});`;

const NONE = 'No column that looks personal goes out unmasked.';

describe('what the plan editor says before it knows', { timeout: 120_000 }, () => {
  it('never says that nothing personal goes out while the columns are still being read', async () => {
    await using desktop = await Desktop.open();
    const { page } = desktop;
    const suspects = page.getByRole('region', { name: 'Suspected personal data, going out unmasked' });
    await suspects.waitFor(LATER);
    await page.addInitScript(WATCH);
    await page.reload();
    await suspects.waitFor(LATER);
    const seen = await page.evaluate<readonly string[]>('window.seenTexts');
    expect(seen.some((text) => text.includes('Suspected personal data'))).toBe(true);
    expect(seen.filter((text) => text.includes(NONE))).toEqual([]);
  });

  it('calls no step in order where the vault is locked, opens it there, and tries a server again', async () => {
    using folder = new TempFolder();
    const home = folder.join('home');
    const plan = folder.join('late.plan.yaml');
    mkdirSync(home, { recursive: true, mode: 0o700 });
    const login = ['--host', '127.0.0.1', '--port', '1', '--user', 'u', '--database', 'd', '--password-stdin'];
    const args = ['connection', 'add', 'shop', '--connector', 'postgres', ...login, '--home', home];
    await runProgram(pinnedNode(projectRoot), [await ensureBuilt(projectRoot), ...args], {
      ...{ env: { HOME: folder.path, WAYBILL_PASSPHRASE: PASSPHRASE }, input: 'secret\n' },
    });
    const tables = 'tables: [{ table: public.customers, columns: [id, email] }]\n';
    writeFileSync(plan, `waybill: 1\nname: late\npurpose: test\nconnection: shop\n${tables}format: { type: csv }\n`);

    await using desktop = await Desktop.open({ home, withoutPassphrase: true });
    const { page } = desktop;
    await page.getByRole('button', { name: 'Plans', exact: true }).click();
    await page.getByRole('button', { name: 'Open file…' }).click();
    await page.getByLabel('Path of the file').fill(plan);
    await page.keyboard.press('Enter');
    const stage = page.getByRole('tabpanel');
    await stage.getByText('VAULT/LOCKED').waitFor(LATER);
    await stepButton(page, 'Masking').waitFor();
    expect(await page.getByRole('img', { name: 'in order' }).count()).toBe(0);

    await stage.getByRole('button', { name: 'Open the vault' }).click();
    await page.getByRole('dialog').getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
    await page.keyboard.press('Enter');
    await stage.getByText('SOURCE/UNREACHABLE').waitFor(LATER);
    await stage.getByRole('button', { name: 'Try again' }).click();
    await stage.getByText('SOURCE/UNREACHABLE').waitFor(LATER);
    expect(await page.getByRole('img', { name: 'in order' }).count()).toBe(0);
    expect(desktop.complaints).toEqual([]);
  });
});
