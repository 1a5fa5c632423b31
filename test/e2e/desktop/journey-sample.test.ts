import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, LATER, reviewAll, seriousFlaws, slip, stepButton, tabTo, verdict, watchToEnd } from './journey-parts.ts';
import { Desktop } from './rig.ts';

interface Verified {
  readonly verdict: string;
  readonly kind: string;
}

/** The only package in a folder. */
function packageIn(folder: string): string {
  const found = readdirSync(folder).filter((name) => name.startsWith('first-export-'));
  expect(found).toHaveLength(1);
  return join(folder, found[0] ?? '');
}

describe('a person who has never seen Waybill', { timeout: 240_000 }, () => {
  it('ticks, masks, looks, starts, watches, and finds the entry in the ledger', async () => {
    await using desktop = await Desktop.open();
    const { page, home } = desktop;
    await page.getByText('This is the built-in sample shop').waitFor(LATER);
    await page
      .getByRole('row', { name: /^customers/ })
      .first()
      .waitFor(LATER);

    await page
      .getByRole('treeitem', { name: /^products/ })
      .getByRole('checkbox')
      .click();
    await expect.poll(() => slip(page).innerText(), LATER).toMatch(/Tables\s*5/);
    await page.getByRole('button', { name: 'Mask: pseudonym' }).click();
    await expect.poll(() => slip(page).innerText(), LATER).toMatch(/1 unmasked/);

    await stepButton(page, 'Columns and filters').click();
    await page.getByRole('treeitem', { name: /^customers/ }).click();
    await expect.poll(() => slip(page).innerText(), LATER).toMatch(/exact/);
    await page.getByRole('grid', { name: 'Preview main.customers' }).getByText('REDACTED').first().waitFor(LATER);
    for (const name of await page.getByRole('navigation', { name: 'Steps' }).getByRole('button').allInnerTexts()) {
      const step = name.split('\n')[1] ?? '';
      await stepButton(page, step).click();
      await page.getByRole('region', { name: step, exact: true }).waitFor(LATER);
    }

    const start = await reviewAll(page, { warnings: 1 });
    expect(await seriousFlaws(page)).toEqual([]);
    await page.getByText(/Mask 3 columns/).waitFor();
    await page.getByText('Nothing is read before you start.').waitFor();
    const folder = page.getByRole('textbox', { name: 'The package appears in' });
    const out = join(dirname(home), 'for the partner');
    await folder.fill(out);
    await page.getByText(`--out '${out}'`).waitFor(LATER);
    await start.click();
    await watchToEnd(page, 5);

    const made = packageIn(out);
    expect(readFileSync(join(made, 'data/main.customers.csv'), 'utf8')).toContain('REDACTED');
    expect(await cli<Verified>(home, ['verify', made])).toMatchObject({
      ...{ verdict: 'CONSISTENT, NOT ANCHORED', kind: 'package' },
    });
    await page.getByRole('button', { name: 'More' }).click();
    const entry = page.getByRole('menuitem', { name: /^Ledger entry \d+$/ });
    const seq = /\d+/.exec(await entry.innerText())?.[0] ?? '';
    await entry.click();
    await page.getByRole('heading', { name: `Entry ${seq}` }).waitFor(LATER);
    await page.getByText('Equals the signed checkpoint').waitFor(LATER);
    expect(desktop.complaints).toEqual([]);
  });

  it('needs no mouse', async () => {
    await using desktop = await Desktop.open({ colorScheme: 'dark' });
    const { page, home } = desktop;
    await page
      .getByRole('row', { name: /^customers/ })
      .first()
      .waitFor(LATER);
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: 'Start export' }).waitFor(LATER);
    // What is not accepted yet is not started.
    await page.keyboard.press('Control+Shift+Enter');
    for (const column of ['email', 'phone']) {
      await tabTo(page, new RegExp(`^Accept, and record it: main\\.customers\\.${column}`));
      await page.keyboard.press('Space');
    }
    await page.getByText('Nothing is read before you start.').waitFor();
    expect(await seriousFlaws(page)).toEqual([]);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search or run an action' }).waitFor();
    await page.keyboard.type('start export');
    await page.keyboard.press('Enter');
    await watchToEnd(page, 4);
    packageIn(dirname(home));
    expect(desktop.complaints).toEqual([]);
  });

  it('is told why nothing was started, until it is put away', async () => {
    await using desktop = await Desktop.open();
    const { page, home } = desktop;
    await page
      .getByRole('row', { name: /^customers/ })
      .first()
      .waitFor(LATER);
    const start = await reviewAll(page, { warnings: 2 });
    // A file is in the way of the folder.
    await page.getByRole('textbox', { name: 'The package appears in' }).fill(join(home, 'settings.json', 'out'));
    await start.click();
    const refusal = page.getByRole('alert').filter({ hasText: 'SPOOL/' });
    await refusal.getByText(/is not a folder/).waitFor(LATER);
    await stepButton(page, 'Masking').waitFor();
    expect(await verdict(page).count()).toBe(0);
    await refusal.getByRole('button', { name: 'Dismiss' }).click();
    await refusal.waitFor({ state: 'detached' });
  });
});
