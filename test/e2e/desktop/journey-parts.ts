import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from 'playwright';
import { expect } from 'vitest';
import { ensureBuilt } from '../../../scripts/lib/ensure-built.mjs';
import { pinnedNode } from '../../../scripts/lib/pinned-node.mjs';
import { projectRoot } from '../../../scripts/lib/project-root.mjs';
import { runProgram } from '../../servers/run-program.ts';
import { PASSPHRASE } from '../cli/driver.ts';
import { atRest } from './at-rest.ts';

/** The machine that tests run on may be busy. */
export const LATER = { timeout: 60_000 };

export const stepButton = (page: Page, name: string): Locator =>
  page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name });

export const slip = (page: Page): Locator => page.getByRole('group', { name: 'What this plan takes' });

export const verdict = (page: Page): Locator => page.getByRole('heading', { level: 1 }).filter({ hasText: '—' });

/** Goes to the review and accepts every warning, one by one; the start is ready then. */
export async function reviewAll(page: Page, { warnings }: { readonly warnings: number }): Promise<Locator> {
  await page.getByRole('button', { name: 'Review', exact: false }).first().click();
  const start = page.getByRole('button', { name: 'Start export' });
  await start.waitFor(LATER);
  const ticks = page.getByRole('checkbox', { name: /^Accept, and record it/ });
  await expect.poll(() => ticks.count(), LATER).toBe(warnings);
  for (let index = 0; index < warnings; index++) {
    expect(await start.isDisabled()).toBe(true);
    await ticks.nth(index).check();
  }
  return start;
}

/** Waits for the end of the run in front. */
export async function watchToEnd(page: Page, tables: number): Promise<void> {
  await expect
    .poll(() => verdict(page).textContent(), { timeout: 120_000 })
    .toBe(`Complete — ${tables} of ${tables} tables: source = written = re-read`);
}

/** Runs the command line on a home and gives its JSON. */
export async function cli<T>(home: string, args: readonly string[]): Promise<T> {
  const bundle = await ensureBuilt(projectRoot);
  const env = { HOME: home, WAYBILL_PASSPHRASE: PASSPHRASE };
  const said = await runProgram(pinnedNode(projectRoot), [bundle, ...args, '--home', home, '--json'], { env });
  return JSON.parse(said) as T;
}

/** Presses Tab until the element with the focus is of this name. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let pressed = 0; pressed < 120; pressed++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate<string>(
      `(() => { const at = document.activeElement;
        return at?.getAttribute('aria-label') ?? at?.labels?.[0]?.innerText ?? at?.innerText ?? ''; })()`,
    );
    if (name.test(focused)) return;
  }
  throw new Error(`Nothing named ${String(name)} is reached by Tab.`);
}

/** What axe finds serious on a page, as one line each. */
export async function seriousFlaws(page: Page): Promise<string[]> {
  await atRest(page);
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}
