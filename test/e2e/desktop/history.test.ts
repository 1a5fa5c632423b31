import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeNightlyRuns, writePastRun } from '../../fakes/past-runs.ts';
import { newTestHome, type TestDesk, type TestHome } from '../../integration/desk/runs-rig.ts';
import { openWindows, seriousFindings, type Windows } from './runs-window.ts';

const LATER = { timeout: 30_000 };
const LONG = 'nightly-delta-of-the-whole-customer-relationship-warehouse-to-the-partner-in-hamburg';
const LAST = new Date('2026-11-26T12:10:00Z');

describe('the history of a plan', { timeout: 120_000 }, () => {
  let home: TestHome;
  let one: TestDesk;
  let windows: Windows;
  beforeEach(async () => {
    home = newTestHome();
    one = await home.open();
    windows = await openWindows(one.desk);
  });
  afterEach(async () => {
    await windows[Symbol.asyncDispose]();
    await home[Symbol.asyncDispose]();
  });

  it('shows what each run took, marks those that differ, and leads to a run, by keys alone', async () => {
    const folder = one.desk.core.home.runsFolder;
    writeNightlyRuns(folder, { plan: 'crm-migration', count: 24, last: LAST });
    const page = await windows.open();
    await page.keyboard.press('Control+3');
    await page.getByRole('listbox', { name: 'Runs' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search or run an action' }).waitFor();
    await page.keyboard.type('History of a plan');
    await page.keyboard.press('Enter');
    const grid = page.getByRole('grid', { name: 'Runs' });
    await grid.waitFor();
    for (const measure of ['Duration', 'Volume', 'Throughput'])
      await page.getByRole('img', { name: new RegExp(`^${measure} over time, from `) }).waitFor();
    expect(
      await page.getByRole('list').filter({ hasText: 'whole run' }).getByRole('listitem').allTextContents(),
    ).toEqual(['whole run', 'another number of tables than the newest whole run', 'not whole', 'no figures known']);
    expect(await seriousFindings(page)).toEqual([]);
    // The charts tell of the run that is chosen in the table.
    await grid.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const chosen = grid.getByRole('row', { selected: true });
    const cells = await chosen.getByRole('gridcell').allTextContents();
    expect(cells[2]).toBe('3');
    const section = page.getByRole('region', { name: 'Duration' });
    await expect.poll(() => section.textContent(), LATER).toContain(`${cells[3]} · ${cells[0]}`);
    await expect.poll(() => page.getByRole('region', { name: 'Volume' }).textContent(), LATER).toContain(cells[4]);
    // A run that died has no figures, and none is made up.
    for (let at = 0; at < 9; at++) await page.keyboard.press('ArrowDown');
    expect(await chosen.textContent()).toMatch(/Interrupted.*unknown.*unknown/);
    await expect.poll(() => section.textContent(), LATER).toContain('unknown');
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^Complete — 3 of 3 tables/ }).waitFor(LATER);
    await page.getByRole('button', { name: 'Report', exact: true }).click();
    await page.getByRole('region', { name: 'Report' }).getByText('public.order_items').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(windows.complaints).toEqual([]);
  });

  it('holds a thousand runs of a plan with a long name, a plan of one run, and none at all', async () => {
    const page = await windows.open({ width: 1024, height: 700, dark: true });
    await page.keyboard.press('Control+3');
    await page.getByText('Nothing has run yet.').first().waitFor();
    expect(await page.getByRole('button', { name: 'History of a plan' }).isDisabled()).toBe(true);
    const folder = one.desk.core.home.runsFolder;
    writeNightlyRuns(folder, { plan: LONG, count: 1000, last: LAST });
    const single = { plan: 'first-export', started: new Date(LAST.getTime() - 60_000), tookMs: 561 };
    writePastRun(folder, { ...single, tables: [{ name: 'customers', rows: 5000 }] });
    await page.reload();
    await page.getByRole('button', { name: 'History of a plan' }).click(LATER);
    const grid = page.getByRole('grid', { name: 'Runs' });
    await grid.waitFor(LATER);
    expect(await grid.getAttribute('aria-rowcount')).toBe('101');
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await expect.poll(() => grid.getAttribute('aria-rowcount'), LATER).toBe('1001');
    await page.getByRole('button', { name: 'Bytes', exact: true }).click();
    await page.getByRole('img', { name: /^Volume over time, from .* MiB/ }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('combobox', { name: 'Plan' }).click();
    await page.getByRole('option', { name: /first-export/ }).click();
    await expect.poll(() => grid.getAttribute('aria-rowcount'), LATER).toBe('2');
    await page.getByRole('region', { name: 'Duration' }).getByText('561 ms').first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(windows.complaints).toEqual([]);
  });

  it('keeps the runs of two plans of one name apart, and says which file each is of', async () => {
    const folder = one.desk.core.home.runsFolder;
    const tables = [{ name: 'customers', rows: 5000 }];
    const [here, there] = ['/clients/acme/nightly.plan.yaml', '/clients/globex/nightly.plan.yaml'];
    for (const [at, planPath] of [here, there, here].entries()) {
      const started = new Date(LAST.getTime() + at * 60_000);
      writePastRun(folder, { plan: 'nightly', planPath, started, tookMs: 500 + at, tables });
    }
    const page = await windows.open({ width: 1024, height: 700 });
    await page.keyboard.press('Control+3');
    await page.getByRole('button', { name: 'History of a plan' }).click(LATER);
    const grid = page.getByRole('grid', { name: 'Runs' });
    await expect.poll(() => grid.getAttribute('aria-rowcount'), LATER).toBe('3');
    await page.getByTitle(here).first().waitFor();
    await page.getByRole('combobox', { name: 'Plan' }).click();
    await page.getByRole('option', { name: /globex/ }).click();
    await expect.poll(() => grid.getAttribute('aria-rowcount'), LATER).toBe('2');
    await page.getByRole('region', { name: 'Duration' }).getByText('501 ms').first().waitFor();
    // A run leads to the history of its own plan.
    await page.getByRole('listbox', { name: 'Runs' }).getByRole('option').first().click();
    await page.getByRole('button', { name: 'History of a plan' }).click();
    await expect.poll(() => grid.getAttribute('aria-rowcount'), LATER).toBe('3');
    expect(await seriousFindings(page)).toEqual([]);
    expect(windows.complaints).toEqual([]);
  });
});
