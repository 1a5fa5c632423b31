import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Desktop } from './rig.ts';

const TOOK_LONG = 20_000;

describe('the plan editor', () => {
  let desktop: Desktop;
  let page: Page;
  let file: string;
  const text = (): string => readFileSync(file, 'utf8');
  const step = (name: string): Locator => page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name });
  const slip = (): Locator => page.getByRole('group', { name: 'What this plan takes' });

  beforeEach(async () => {
    desktop = await Desktop.open();
    page = desktop.page;
    file = join(desktop.home, 'plans', 'first-export.plan.yaml');
    await page
      .getByRole('row', { name: /^customers/ })
      .first()
      .waitFor();
  });
  afterEach(async () => {
    await desktop[Symbol.asyncDispose]();
  });

  it('opens half made, masks a suspected column at once, and takes it back byte for byte', async () => {
    const before = text();
    await page.getByRole('tab', { name: 'first-export', selected: true }).waitFor();
    expect(await page.getByText('2 columns').first().isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Mask: pseudonym' }).click();
    await expect.poll(text, { timeout: TOOK_LONG }).toContain('email: { mask: pseudonym, class: person.email }');
    await expect.poll(() => slip().innerText(), { timeout: TOOK_LONG }).toMatch(/3 of 23/);
    await page.keyboard.press('Control+z');
    await expect.poll(text, { timeout: TOOK_LONG }).toBe(before);
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(text, { timeout: TOOK_LONG }).not.toBe(before);
    expect(desktop.complaints).toEqual([]);
  });

  it('takes back in a field what was typed there, and in the plan what was done there', async () => {
    await page.getByRole('button', { name: 'Mask: pseudonym' }).click();
    await expect.poll(text, { timeout: TOOK_LONG }).toContain('email: { mask: pseudonym');
    const purpose = page.getByRole('textbox', { name: 'Purpose' });
    const before = await purpose.inputValue();
    await purpose.press('End');
    await purpose.pressSequentially(', CHG-4711');
    await expect.poll(text, { timeout: TOOK_LONG }).toContain(', CHG-4711');
    // How much of what was typed goes at once is the browser's own.
    for (let times = 0; times < 9 && (await purpose.inputValue()) !== before; times++) await purpose.press('Control+z');
    expect(await purpose.inputValue()).toBe(before);
    await expect.poll(text, { timeout: TOOK_LONG }).not.toContain('CHG-');
    expect(text()).toContain('email: { mask: pseudonym');
    await page.getByRole('tab', { name: 'first-export' }).focus();
    await page.keyboard.press('Control+z');
    await expect.poll(text, { timeout: TOOK_LONG }).toContain('CHG-');
  });

  it('says how well it knows its numbers: a local file is counted by itself', async () => {
    await expect.poll(() => slip().innerText(), { timeout: TOOK_LONG }).toMatch(/36\s909\s*exact/);
  });

  it('takes tables by keyboard in the tree, and by name', async () => {
    await page.getByRole('tree', { name: 'Tables' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await expect.poll(text, { timeout: TOOK_LONG }).toContain('- table: main.addresses\n');
    const field = page.getByRole('textbox', { name: /^Add by name/ });
    await field.fill('main.pro*');
    await page.getByText('1 table match; Enter adds them').waitFor();
    await field.press('Enter');
    await expect.poll(text, { timeout: TOOK_LONG }).toContain('- table: main.products\n');
  });

  it('keeps why a column goes out as it is beside the column', async () => {
    await page.getByRole('button', { name: 'Send as it is…' }).first().click();
    await page.getByRole('textbox', { name: 'Reason' }).fill('They agreed');
    await page.keyboard.press('Enter');
    await expect.poll(text, { timeout: TOOK_LONG }).toContain('- email  # as it is: They agreed\n');
    await page.getByText('As it is: They agreed').waitFor();
  });

  it('keeps room for the picture of the tables, however many columns are suspected', async () => {
    await page.setViewportSize({ width: 1024, height: 700 });
    await page.getByRole('textbox', { name: /^Add by name/ }).fill('main.*');
    await page.keyboard.press('Enter');
    const box = page.locator('.relation-picture');
    await expect.poll(() => box.getByRole('button').count(), { timeout: TOOK_LONG }).toBe(7);
    const suspects = page.getByRole('region', { name: /^Suspected/ });
    await suspects.getByRole('row').nth(5).waitFor({ timeout: TOOK_LONG });
    await expect.poll(async () => (await box.boundingBox())?.height ?? 0).toBeGreaterThan(150);
    // What has no room is scrolled to, and nothing is pushed out of the window.
    for (const list of [suspects, page.getByRole('grid', { name: 'Tables in this plan' })])
      expect((await list.boundingBox())?.height).toBeGreaterThan(60);
    const foot = await box.evaluate(
      (one: { getBoundingClientRect(): { bottom: number } }) => one.getBoundingClientRect().bottom,
    );
    expect(foot).toBeLessThanOrEqual((await slip().boundingBox())?.y ?? 0);
  });

  it('writes conditions as SQL and reads them back, and leaves other SQL alone', async () => {
    await step('Columns and filters').click();
    await page.getByRole('treeitem', { name: /orders/ }).click();
    const sql = page.getByRole('textbox', { name: 'Condition in SQL' });
    await expect.poll(() => sql.inputValue(), { timeout: TOOK_LONG }).toBe("ordered_at >= '2024-01-01'");
    await page.getByRole('textbox', { name: 'Value' }).fill('2024-07-01');
    await expect.poll(() => sql.inputValue(), { timeout: TOOK_LONG }).toBe("ordered_at >= '2024-07-01'");
    await expect.poll(text, { timeout: TOOK_LONG }).toContain(`where: "ordered_at >= '2024-07-01'"`);
    await sql.fill("status = 'open' or status = 'packed'");
    await page.getByText('This SQL says more than conditions can show.').waitFor();
    await expect.poll(text, { timeout: TOOK_LONG }).toContain(`where: "status = 'open' or status = 'packed'"`);
    await sql.fill('status = ');
    await page.getByRole('alert').first().waitFor({ timeout: TOOK_LONG });
  });

  it('shows the table that was chosen while the step was still being opened', async () => {
    // The moment that matters depends on the machine.
    for (let wait = 0; wait < 90; wait += 10) {
      await page.reload();
      await slip().waitFor();
      await page.evaluate(
        `(async () => {
          const find = (selector, words) =>
            [...document.querySelectorAll(selector)].find((one) => words.test(one.textContent));
          find('nav[aria-label="Steps"] button', /Columns/).click();
          await new Promise((resolve) => setTimeout(resolve, ${wait}));
          find('[role=treeitem]', /orders/).click();
        })()`,
      );
      await page.getByRole('textbox', { name: 'Condition in SQL' }).waitFor();
      await page.waitForTimeout(150);
      expect(await page.getByRole('treeitem', { selected: true }).innerText(), `after ${wait} ms`).toMatch(/orders/);
    }
  });

  it('shows rows as they will be written, and originals beside them when asked', async () => {
    await step('Masking').click();
    await page.getByRole('row', { name: /customers\.\s*full_name/ }).click();
    const rows = page.getByRole('grid', { name: /^main\.customers/ });
    await rows.getByText('REDACTED').first().waitFor({ timeout: TOOK_LONG });
    await page.getByRole('button', { name: 'Show originals' }).click();
    await rows.getByText('Quote " and').first().waitFor({ timeout: TOOK_LONG });
    await page.getByRole('combobox', { name: 'Mask' }).click();
    await page.getByRole('option', { name: 'None, it goes out' }).click();
    await expect.poll(text, { timeout: TOOK_LONG }).not.toContain('full_name: {');
    expect(desktop.complaints).toEqual([]);
  });

  it('shows originals of no table but the one that they were asked for at', async () => {
    await step('Masking').click();
    await page.getByRole('row', { name: /customers\.\s*full_name/ }).click();
    await page.getByRole('button', { name: 'Show originals' }).click();
    await page.getByRole('button', { name: 'Hide originals' }).waitFor({ timeout: TOOK_LONG });
    await page.getByRole('row', { name: /payments\.\s*iban/ }).click();
    await page.getByRole('button', { name: 'Show originals' }).waitFor({ timeout: TOOK_LONG });
  });

  it('saves what was typed last, also where a key leads away at once', async () => {
    await step('Masking').click();
    await page.getByRole('row', { name: /payments\.\s*iban/ }).click();
    await page.locator('.mask-panel-body input.data').first().fill('7');
    await page.keyboard.press('Control+Enter');
    await expect.poll(text, { timeout: TOOK_LONG }).toMatch(/iban: \{ mask: partial\b.*\b7\b/);
  });

  it('shows what another program wrote, and overwrites nothing', async () => {
    const theirs = text().replace('Try-out on', 'CHG-4711,');
    writeFileSync(file, theirs);
    await page.getByText('The file was changed by another program.').waitFor({ timeout: TOOK_LONG });
    await page.getByText('+ purpose: "CHG-4711, the sample shop"').waitFor();
    expect(text()).toBe(theirs);
    await page.getByRole('button', { name: 'Take theirs' }).click();
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Purpose' }).inputValue())
      .toBe('CHG-4711, the sample shop');
    expect(text()).toBe(theirs);
  });
});
