import type { Locator, Page } from 'playwright';
import { expect, it } from 'vitest';
import { dropFile } from './drop-file.ts';
import { Desktop } from './rig.ts';
import { LATER, tabTo } from './journey-parts.ts';

const SECTIONS = 7;
const LONG = 'crm-migration-of-the-northern-branch-2026-11';
const PLAN = `waybill: 1\nname: ${LONG}\nconnection: sample\ntables: [{ table: main.orders }]\nformat: { type: csv }\n`;

/** What of an element a person sees in its box, pixels from left to right. */
async function seen(box: Locator, within: Locator): Promise<{ readonly left: number; readonly right: number }> {
  const [one, all] = [await box.boundingBox(), await within.boundingBox()];
  if (one === null || all === null) return { left: -1, right: -1 };
  return { left: one.x - all.x, right: all.x + all.width - one.x - one.width };
}

async function openAll(page: Page): Promise<void> {
  for (let section = 1; section <= SECTIONS; section++) await page.keyboard.press(`Control+${section}`);
  await dropFile(page, `${LONG}.plan.yaml`, PLAN);
  await page.getByRole('tab', { selected: true, name: new RegExp(LONG.slice(-8)) }).waitFor(LATER);
}

it(
  'keeps tabs apart where they are many: the one in front in sight, all of them in a menu',
  { timeout: 90_000 },
  async () => {
    await using desktop = await Desktop.open({ width: 1024, height: 700 });
    const { page, complaints } = desktop;
    await page.getByRole('tab', { name: 'first-export', selected: true }).waitFor(LATER);
    await openAll(page);
    const list = page.getByRole('tablist', { name: 'Open tabs' });
    const front = page.getByRole('tab', { selected: true });
    // Both what it is and what tells it apart can be read.
    const [head, tail] = [front.locator('bdi').first(), front.locator('bdi').last()];
    expect((await head.boundingBox())?.width).toBeGreaterThan(40);
    expect((await tail.boundingBox())?.width).toBeGreaterThan(40);
    await expect.poll(async () => Math.min(...Object.values(await seen(front, list)))).toBeGreaterThanOrEqual(0);
    await page.setViewportSize({ width: 1040, height: 700 });
    await page.setViewportSize({ width: 1024, height: 700 });
    await expect.poll(async () => Math.min(...Object.values(await seen(front, list)))).toBeGreaterThanOrEqual(0);
    // With the arrows from tab to tab, and with the menu to any.
    await front.focus();
    await page.keyboard.press('ArrowRight');
    expect(await front.innerText()).toContain('first-ex');
    expect(await page.locator('[role=tab]:focus').innerText()).toContain('first-ex');
    await tabTo(page, /^All open tabs$/);
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Ledger' }).click();
    await page.getByRole('tab', { name: 'Ledger', selected: true }).waitFor();
    await expect.poll(async () => Math.min(...Object.values(await seen(front, list)))).toBeGreaterThanOrEqual(0);
    // With room for all there is no menu.
    for (const name of ['Settings', 'Audit', 'Targets']) {
      await page.getByRole('tab', { name }).click();
      await page.keyboard.press('Delete');
    }
    await page.setViewportSize({ width: 1600, height: 700 });
    await expect.poll(() => page.getByRole('button', { name: 'All open tabs' }).count()).toBe(0);
    expect(complaints).toEqual([]);
  },
);
