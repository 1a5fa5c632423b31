import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWindows, type Windows } from './runs-window.ts';
import { LEFTWARDS_NAME, newTourHome, type TourHome } from './tour/home.ts';

/** The machine that tests run on may be busy. */
const LATER = { timeout: 20_000 };

/** Texts of elements that do not show them whole. */
const cutIn = (page: Page, selector: string): Promise<readonly string[]> =>
  page
    .locator(selector)
    .evaluateAll((all) =>
      (all as { scrollWidth: number; clientWidth: number; textContent: string }[])
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
        .map(({ textContent }) => textContent),
    );

const section = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name, exact: true }).click();

describe('what stands on screen', { timeout: 120_000 }, () => {
  let home: TourHome;
  let windows: Windows;
  let page: Page;
  beforeAll(async () => {
    home = await newTourHome();
    windows = await openWindows(home.desk.desk);
    page = await windows.open({ width: 1024, height: 768 });
    page.setDefaultTimeout(LATER.timeout);
  }, 120_000);
  afterAll(async () => {
    await windows[Symbol.asyncDispose]();
    await home[Symbol.asyncDispose]();
  });

  it('names every figure of a plan whole, in a small window too', async () => {
    await page.getByRole('group', { name: 'What this plan takes' }).getByText('Suspected columns').waitFor();
    await page.getByRole('group', { name: 'What this plan takes' }).getByText('exact').waitFor();
    expect(await cutIn(page, '.slip .label, .slip .fact small')).toEqual([]);
  });

  it('lets a click beside the rail through while the name of a section is shown', async () => {
    await page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: 'Explore' }).hover();
    const tip = page.getByRole('tooltip');
    await tip.getByText(/^Explore/).waitFor();
    const box = await tip.boundingBox();
    const inTheMiddle = { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 };
    await page.mouse.move(inTheMiddle.x, inTheMiddle.y, { steps: 8 });
    await tip.waitFor({ state: 'detached' });
    await page.mouse.click(inTheMiddle.x, inTheMiddle.y);
    await page.getByRole('option', { name: /shop-prod/ }).click();
  });

  it('writes a long name that runs from right to left in one piece, so that it reads in its order', async () => {
    const name = page.getByRole('treeitem').locator('bdi').filter({ hasText: LEFTWARDS_NAME });
    await name.waitFor();
    expect(await name.textContent()).toBe(LEFTWARDS_NAME);
  });

  it('says the hash of an accepted catalog by its ends, and copies it whole', async () => {
    await section(page, 'Runs');
    await page.getByRole('option', { name: /crm-migration/ }).click();
    const said = page.getByText(/^catalog sha256:/);
    await said.waitFor();
    expect(await said.textContent()).toMatch(/^catalog sha256:[0-9a-f]{8}…[0-9a-f]{8} accepted at the run$/);
    expect(await said.locator('[title]').getAttribute('title')).toMatch(/^sha256:[0-9a-f]{64}$/);
    await page.getByRole('button', { name: 'Copy the whole hash' }).first().waitFor();
  });

  it('sets the word of a verdict on the line of the figures beside it', async () => {
    await page
      .getByRole('grid', { name: 'Counts' })
      .getByRole('row', { name: /main.orders/ })
      .waitFor();
    // Chromium draws letters on whole pixels: half a pixel is one.
    const lines = await page.evaluate<number[]>(`(() => {
      const tops = [];
      const rows = document.querySelectorAll('[aria-label=Counts] [role=row]');
      const walk = document.createTreeWalker(rows[rows.length - 1], NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) {
        if (!/9 000|Complete/.test(walk.currentNode.data.replace(/\\s/g, ' '))) continue;
        const range = document.createRange();
        range.selectNode(walk.currentNode);
        tops.push(range.getBoundingClientRect().top);
      }
      return tops;
    })()`);
    expect(lines).toHaveLength(4);
    expect(new Set(lines).size).toBe(1);
  });

  it('shows the plan of a run, and its identifier whole or not at all', async () => {
    await page.getByRole('option', { name: /nightly-delta/ }).click();
    await page.getByRole('button', { name: 'Go on…' }).waitFor();
    expect(await cutIn(page, '.run-head .ellipsis')).toEqual([]);
  });

  it.each([1024, 1280])('shows time and kind of an entry whole beside its detail, %d pixels wide', async (width) => {
    await page.setViewportSize({ width, height: 768 });
    await section(page, 'Ledger');
    await page
      .getByRole('row', { name: /pseudonymkey\.created/ })
      .first()
      .click();
    await page.getByRole('heading', { name: /^Entry/ }).waitFor();
    expect(await cutIn(page, '.entry-row .what .ellipsis, .entry-row > :nth-child(2)')).toEqual([]);
  });

  it('says once what a target is, and that a folder is on this machine', async () => {
    await home.desk.core.targets.remove({ name: 'partner-inbox' });
    await section(page, 'Targets');
    await page.getByText('No target is saved.').waitFor();
    expect(await page.getByText('A target is a place').count()).toBe(1);
    await page.getByRole('button', { name: 'Add a target' }).last().click();
    const dialog = page.getByRole('dialog', { name: 'Add a target' });
    await dialog.getByRole('button', { name: 'Folder', exact: true }).click();
    await dialog.getByLabel('Folder on this machine').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
  });

  it('takes a new target on the way of a package, and delivers there', async () => {
    await section(page, 'Runs');
    await page.getByRole('option', { name: /crm-migration/ }).click();
    await page.getByRole('button', { name: 'Deliver…' }).click();
    const deliver = page.getByRole('dialog', { name: 'Deliver the package' });
    await deliver.getByLabel('Folder at the target').fill('incoming');
    await deliver.getByRole('button', { name: 'Add a target…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a target' });
    await dialog.getByRole('button', { name: 'Folder', exact: true }).click();
    await dialog.getByLabel('Name', { exact: true }).fill('archive');
    await dialog.getByLabel('Folder on this machine').fill(home.home.folder.join('partner-inbox'));
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await deliver.getByLabel('Folder at the target').inputValue()).toBe('incoming');
    await deliver.getByRole('button', { name: 'Verify and send' }).click();
    await page.getByText('Delivered, each file read back').waitFor();
    expect(windows.complaints).toEqual([]);
  });
});
