import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newTestHome, type TestDesk, type TestHome } from '../../integration/desk/runs-rig.ts';
import { HOSTILE_NAMES, makeLargeDatabase, TABLES, WIDE_COLUMNS } from './large-database.ts';
import { takeLongTasks, watchLongTasks } from './long-tasks.ts';
import { openWindows, type Windows } from './runs-window.ts';
import { seenText } from '../../../src-renderer/text/seen-text.ts';

const LATER = { timeout: 60_000 };
/** What a person would notice, on a machine that may be busy with other tests; the figures are printed. */
const HELD_UP_MS = 1500;

describe('a database of 10,000 tables on screen', { timeout: 400_000 }, () => {
  let home: TestHome;
  let one: TestDesk;
  let windows: Windows;
  let page: Page;
  const plan = (): string => join(one.desk.core.home.plansFolder, 'everything.plan.yaml');
  const tree = (): Locator => page.getByRole('tree', { name: 'Tables' });
  const filter = (): Locator => page.getByRole('textbox', { name: /^Filter/ });

  beforeAll(async () => {
    home = newTestHome();
    one = await home.open();
    const file = home.folder.join('large.db');
    makeLargeDatabase(file);
    await one.core.connections.add({
      ...{ name: 'large', connector: 'sqlite', production: false, color: 'blue', options: { file } },
    });
    writeFileSync(
      plan(),
      'waybill: 1\nname: everything\npurpose: test\nconnection: large\ntables: [{ table: "main.*" }]\nformat: { type: csv }\n',
    );
    await one.core.plans.open({ path: plan() });
    windows = await openWindows(one.desk);
    page = await windows.open();
    page.setDefaultTimeout(30_000);
    await watchLongTasks(page);
  });
  afterAll(async () => {
    await windows[Symbol.asyncDispose]();
    await home[Symbol.asyncDispose]();
  });

  const heldUp = async (what: string): Promise<void> => {
    const { milliseconds } = await takeLongTasks(page);
    process.stdout.write(`long tasks, ${what}: ${milliseconds.length === 0 ? 'none' : milliseconds.join(', ')} ms\n`);
    expect(milliseconds[0] ?? 0).toBeLessThan(HELD_UP_MS);
  };

  it('lists, filters and scrolls them', async () => {
    await page.getByRole('complementary').getByRole('combobox', { name: 'Connection' }).click();
    await page.getByRole('option', { name: 'large' }).click();
    await tree().getByRole('treeitem', { name: /t_000/ }).first().waitFor(LATER);
    await expect.poll(() => page.locator('.side-foot').textContent(), LATER).toMatch(/10\s000 tables/);
    expect(await page.locator('.side-foot').textContent()).toContain('rows unknown');
    await heldUp('opening the tree');
    await tree().focus();
    for (let presses = 0; presses < 40; presses += 1) await page.keyboard.press('PageDown');
    await page.keyboard.press('End');
    await tree().getByRole('treeitem', { name: /^wide/ }).waitFor();
    expect(await page.getByRole('treeitem').count()).toBeLessThan(100);
    await heldUp('scrolling the tree');
    await filter().pressSequentially('t_0777');
    await expect.poll(() => page.getByRole('treeitem').count(), LATER).toBe(11);
    await filter().fill('*9*');
    await tree()
      .getByRole('treeitem', { name: /t_00019/ })
      .waitFor();
    await filter().fill('');
    await heldUp('filtering the tree');
  });

  it('shows hostile names as text', async () => {
    const title = await page.title();
    for (const name of HOSTILE_NAMES) {
      // A field of one line takes no line break.
      await filter().fill(name.split(/[\n\t]/)[0]?.slice(0, 30) ?? '');
      const line = tree().locator('[role=treeitem][aria-level="2"]').first();
      await expect.poll(() => line.locator('.name [title]').getAttribute('title'), LATER).toBe(seenText(name));
      // On one line, whatever is in it.
      expect((await line.locator('.name').boundingBox())?.height).toBeLessThan(24);
      await line.click();
      const heading = page.getByRole('heading', { level: 2 }).first();
      await expect.poll(() => heading.textContent(), LATER).toBe(`main.${name}`);
    }
    await filter().fill('');
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).toBe(title);
    await heldUp('hostile names');
  });

  it('shows all columns of the widest table', async () => {
    await filter().fill('wide');
    await tree().getByRole('treeitem', { name: /^wide/ }).click();
    const grid = page.getByRole('grid', { name: 'Columns main.wide' });
    await grid.getByText('c_0001', { exact: true }).waitFor();
    expect(await grid.getAttribute('aria-rowcount')).toBe(String(WIDE_COLUMNS + 1));
    await grid.focus();
    await page.keyboard.press('End');
    await grid.getByText('c_1000', { exact: true }).waitFor();
    await filter().fill('');
    await heldUp('columns of the widest table');
  });

  it('edits a plan that takes all of them', async () => {
    await page.getByRole('button', { name: 'Plans', exact: true }).click();
    await page.getByRole('button', { name: /^everything/ }).click();
    const chosen = page.getByRole('grid', { name: 'Tables in this plan' });
    await chosen.waitFor(LATER);
    expect(await chosen.getAttribute('aria-rowcount')).toBe(String(TABLES + 1));
    await heldUp('opening a plan of 10,000 tables');
    await chosen.focus();
    for (let presses = 0; presses < 20; presses += 1) await page.keyboard.press('PageDown');
    await page.keyboard.press('End');
    // Behind it stand the two whose names begin with no Latin letter.
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await chosen.locator('[role=row][aria-selected=true]').getByText('wide', { exact: true }).waitFor();
    await heldUp('scrolling the plan’s tables');
    const steps = page.getByRole('navigation', { name: 'Steps' });
    await steps.getByRole('button', { name: 'Columns and filters' }).click();
    await page
      .getByRole('grid', { name: /Columns/ })
      .getByText('c_0001', { exact: true })
      .first()
      .waitFor(LATER);
    await page
      .getByRole('grid', { name: /^Preview|^Rows/ })
      .first()
      .waitFor(LATER);
    await heldUp('step 2 with 1,000 columns');
    await steps.getByRole('button', { name: 'Masking' }).click();
    await page.getByRole('grid').first().getByText('email').first().waitFor(LATER);
    await heldUp('step 3');
    expect(windows.complaints).toEqual([]);
  });
});
