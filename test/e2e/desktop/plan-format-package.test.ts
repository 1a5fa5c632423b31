import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Desktop } from './rig.ts';

const TOOK_LONG = 20_000;

describe('format, package and pseudonym key of a plan', { timeout: 180_000 }, () => {
  let desktop: Desktop;
  let page: Page;
  let file: string;
  const text = (): string => readFileSync(file, 'utf8');
  const step = (name: string): Locator => page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name });
  const choose = async (field: string, option: string | RegExp): Promise<void> => {
    await page.getByRole('combobox', { name: field, exact: true }).click();
    await page.getByRole('option', { name: option }).click();
  };

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

  it('are drawn in full whichever step is looked at first, and left by key from a list', async () => {
    await page.setViewportSize({ width: 1024, height: 700 });
    await step('Package').click();
    await page.getByText('delivery.dsse.json').waitFor();
    const title = page.getByRole('checkbox', { name: 'SQL' });
    const hint = page.getByText('The statement of each table as it ran');
    await expect
      .poll(async () => (await hint.boundingBox())?.y)
      .toBeGreaterThan(((await title.boundingBox())?.y ?? 0) + 12);
    // Steps fold to their numbers and marks.
    expect((await page.getByRole('navigation', { name: 'Steps' }).boundingBox())?.width).toBeLessThan(60);
    await page.getByText('10 files', { exact: true }).waitFor();
    await choose('Parts', 'so many rows');
    // How many parts a table has is not known before they are written.
    await page.getByText('10 files or more', { exact: true }).waitFor({ timeout: TOOK_LONG });
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: 'What will happen' }).waitFor({ timeout: TOOK_LONG });
    await page.getByText('Write 10 files or more').waitFor({ timeout: TOOK_LONG });
  });

  it('are changed on screen, in their place of the file alone, and taken back byte for byte', async () => {
    const before = text();
    await step('Format').click();
    const sample = page.getByRole('region', { name: 'First lines of main.customers' });
    await expect.poll(() => sample.innerText(), { timeout: TOOK_LONG }).toContain('id,customer_no,email');
    await choose('Profile', /^excel:/);
    await expect
      .poll(text, { timeout: TOOK_LONG })
      .toBe(before.replace('{ type: csv }', '{ type: csv, profile: excel }'));
    await page.getByText('Changed.').first().waitFor();
    const delimiter = page.getByRole('textbox', { name: 'Delimiter' });
    await delimiter.fill('\\t');
    await expect.poll(() => sample.innerText(), { timeout: TOOK_LONG }).toMatch(/id(\t|⇥)customer_no/);
    expect(text()).toContain(String.raw`delimiter: "\t"`);
    await delimiter.fill('"');
    await page.getByText('must differ from the quote').first().waitFor({ timeout: TOOK_LONG });
    await page.getByRole('button', { name: 'Delimiter: as usual' }).click();
    await expect.poll(text, { timeout: TOOK_LONG }).not.toContain('delimiter');

    await step('Package').click();
    await choose('Who may read the package', /0640/);
    await page.getByRole('checkbox', { name: 'SQL' }).click();
    const changed = `${before.replace('{ type: csv }', '{ type: csv, profile: excel }')}package: { mode: "0640", disclose: [sql] }\n`;
    await expect.poll(text, { timeout: TOOK_LONG }).toBe(changed);
    await page.getByText('delivery.dsse.json').waitFor();
    for (let undone = 0; undone < 6; undone++) await page.keyboard.press('Control+z');
    await expect.poll(text, { timeout: TOOK_LONG }).toBe(before);
    expect(desktop.complaints).toEqual([]);
  });

  it('names a key that is made on the way, and says so of one that is missing', async () => {
    await step('Masking').click();
    await page.getByRole('row', { name: /customers\.\s*email/ }).click();
    await choose('Mask', /^Pseudonym/);
    await choose('Pseudonym key', 'New key…');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('client-a');
    await page.keyboard.press('Enter');
    await expect.poll(text, { timeout: TOOK_LONG }).toContain('pseudonyms: { key: client-a }');
    const key = page.getByRole('combobox', { name: 'Pseudonym key' });
    await expect.poll(() => key.innerText(), { timeout: TOOK_LONG }).toContain('client-a');
    await page.getByText(/^SHA256:[0-9a-f]{32}$/).waitFor({ timeout: TOOK_LONG });
    await page.getByRole('textbox', { name: 'Domain' }).fill('crm');
    await expect.poll(text, { timeout: TOOK_LONG }).toContain('pseudonyms: { key: client-a, domain: crm }');
    await choose('Pseudonym key', 'Own key of sample');
    await expect.poll(text, { timeout: TOOK_LONG }).toContain('pseudonyms: { domain: crm }');
    writeFileSync(file, text().replace('{ domain: crm }', '{ key: client-b, domain: crm }'));
    await page.getByRole('button', { name: 'Take theirs' }).click({ timeout: TOOK_LONG });
    await page.getByText('There is no pseudonym key named client-b.').first().waitFor({ timeout: TOOK_LONG });
    await page.getByRole('button', { name: 'Make client-b here' }).click();
    await page
      .getByText('There is no pseudonym key named client-b.')
      .first()
      .waitFor({ state: 'detached', timeout: TOOK_LONG });
    expect(desktop.complaints).toEqual([]);
  });
});
