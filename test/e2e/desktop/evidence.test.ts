import { AxeBuilder } from '@axe-core/playwright';
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { ensureBuilt } from '../../../scripts/lib/ensure-built.mjs';
import { ensurePages } from '../../../scripts/lib/ensure-pages.mjs';
import { pinnedNode } from '../../../scripts/lib/pinned-node.mjs';
import { projectRoot } from '../../../scripts/lib/project-root.mjs';
import { compose } from '../../../src-main/compose.ts';
import { SecretText } from '../../../src-shared/model/secret-text.ts';
import { TempFolder } from '../../fakes/temp-folder.ts';
import { bodiesOf, newSigner, TestLedger } from '../../unit/proof/build/build-ledger.ts';
import { layOut } from '../../integration/desk/evidence-rig.ts';
import { runSample, samplePlan } from '../../integration/runs/rig.ts';
import { atRest } from './at-rest.ts';

const PASSPHRASE = 'a passphrase of some length';

interface Opened extends AsyncDisposable {
  readonly page: Page;
  readonly complaints: string[];
}

/** The browser host on a home, opened in a real browser. */
async function openDesktop(home: string): Promise<Opened> {
  await ensureBuilt(projectRoot);
  await ensurePages(projectRoot);
  const host = spawn(
    pinnedNode(projectRoot),
    [join(projectRoot, 'dist/cli/browser-host.mjs'), '--home', home, '--no-open'],
    {
      env: { ...process.env, WAYBILL_PASSPHRASE: PASSPHRASE },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const said = await new Promise<string>((resolve) => host.stdout.once('data', (data) => resolve(String(data))));
  const browser = await chromium.launch({
    executablePath: process.env['WAYBILL_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (line) => ['error', 'warning'].includes(line.type()) && complaints.push(line.text()));
  await page.goto(pathToFileURL(/: (\/\S+)/.exec(said)?.[1] ?? '').href);
  await page.getByRole('navigation', { name: 'Sections' }).waitFor();
  return {
    page,
    complaints,
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      host.kill('SIGKILL');
    },
  };
}

/** A home with a run in its ledger; gives the package. */
async function homeWithRun(folder: TempFolder): Promise<string> {
  const { core, close } = await compose.core({
    ...{ home: folder.join('home'), passphrase: new SecretText(PASSPHRASE), env: {}, throwAway: false },
    host: { askSecret: null, confirm: null },
  });
  const { package: made } = await runSample({ core, folder, [Symbol.dispose]: () => undefined }, samplePlan());
  await close();
  return made ?? '';
}

async function seriousFlaws(page: Page): Promise<string[]> {
  await atRest(page);
  const { violations } = await new AxeBuilder({ page }).include('.side').include('[role=tabpanel]').analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

async function openInAudit(page: Page, path: string): Promise<void> {
  await page.getByRole('button', { name: 'Audit', exact: true }).click();
  await page.getByRole('textbox', { name: 'Folder' }).fill(path);
  await page.keyboard.press('Enter');
}

describe('the ledger on screen', { timeout: 120_000 }, () => {
  it('is listed, moved in by keys with its detail following, handed over, and audited', async () => {
    using folder = new TempFolder();
    await homeWithRun(folder);
    await using desktop = await openDesktop(folder.join('home'));
    const { page } = desktop;
    await page.getByRole('button', { name: 'Ledger', exact: true }).click();
    await page.getByRole('heading', { name: /Consistent, not anchored — 4 entries/ }).waitFor();
    const grid = page.getByRole('grid', { name: 'Entries, newest first' });
    await grid.focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('heading', { name: 'Entry 3' }).waitFor();
    await page.keyboard.press('End');
    await page.getByRole('heading', { name: 'Entry 0' }).waitFor();
    await page.getByRole('region', { name: 'Entry 0' }).getByText('ledger.created').first().waitFor();
    await page.getByText('Equals the signed checkpoint').waitFor();
    expect(await seriousFlaws(page)).toEqual([]);
    await page.getByRole('button', { name: 'Audit bundle…' }).click();
    await page.getByRole('textbox', { name: 'Folder to make' }).fill(folder.join('audit'));
    await page.keyboard.press('Enter');
    await page.getByText('Made and verified: 5 entries').waitFor();
    await page.getByRole('button', { name: 'Look at it as an auditor' }).click();
    await page.getByRole('heading', { name: /Consistent, not anchored — 5 entries/ }).waitFor();
    await page.getByText('The key is one that this home trusts.').waitFor();
    expect(desktop.complaints).toEqual([]);
  });

  it('says that it is broken, names the first bad entry, and offers nothing that would mend it', async () => {
    using folder = new TempFolder();
    await homeWithRun(folder);
    const name = readdirSync(folder.join('home', 'ledger')).find((one) => /^[0-9a-f]{8}$/.test(one)) ?? '';
    const entries = folder.join('home', 'ledger', name, 'entries.jsonl');
    writeFileSync(entries, readFileSync(entries, 'utf8').replace('"purpose":"test"', '"purpose":"tset"'));
    await using desktop = await openDesktop(folder.join('home'));
    const { page } = desktop;
    await page.getByRole('button', { name: 'Ledger', exact: true }).click();
    const banner = page.getByRole('alert').filter({ hasText: 'BROKEN' });
    await banner.getByText('entry 1 was changed after it was written').waitFor();
    expect(await banner.getByRole('button').allInnerTexts()).toEqual(['Copy report', 'Verify']);
    await page.getByRole('row', { name: /ENTRY_CHANGED/ }).click();
    await page.getByText('No proof leads from this line to a signed root.').waitFor();
    await page.getByText('Ledger broken').waitFor();
    expect(await seriousFlaws(page)).toEqual([]);
  });
});

describe('the auditor’s view', { timeout: 120_000 }, () => {
  it('shows a package, compares keys, and keeps hostile text text', async () => {
    using folder = new TempFolder();
    const made = await homeWithRun(folder);
    const signer = newSigner();
    const evil = '<img src=x onerror="document.title=1">';
    const bodies = [
      ...bodiesOf(signer, 2),
      { ...bodiesOf(signer, 3)[2], data: { actor: { osUser: evil }, plan: { name: evil } } },
    ];
    const hostile = layOut(folder.join('ledger'), new TestLedger(signer, bodies).files());
    mkdirSync(folder.join('elsewhere'));
    await using desktop = await openDesktop(folder.join('elsewhere', 'home'));
    const { page } = desktop;
    await openInAudit(page, made);
    await page.getByRole('grid', { name: 'Tables' }).getByText('main.customers').waitFor();
    await page.getByText('Not compared yet', { exact: true }).waitFor();
    expect(await seriousFlaws(page)).toEqual([]);
    await page.getByRole('textbox', { name: 'Key you were given' }).fill(signer.vkey.vkey);
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.getByRole('heading', { name: 'BROKEN — it is signed by another key' }).waitFor();
    await openInAudit(page, hostile);
    await page.getByRole('grid', { name: 'Entries, newest first' }).getByText(evil).first().click();
    await page.getByText(evil).last().waitFor();
    expect(await page.locator('img').count()).toBe(0);
    await page.getByRole('textbox', { name: 'Key you were given' }).waitFor({ state: 'hidden' });
    expect(desktop.complaints).toEqual([]);
  });
});
