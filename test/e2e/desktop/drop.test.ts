import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dropFile } from './drop-file.ts';
import { Desktop } from './rig.ts';

const PLAN = `waybill: 1
name: handed-over
connection: sample
tables:
  # only these
  - table: main.orders
format: { type: csv }
`;

async function open(): Promise<Desktop> {
  const desktop = await Desktop.open();
  onTestFinished(async () => desktop[Symbol.asyncDispose]());
  return desktop;
}

describe('what is dropped on the window', () => {
  it('is opened as a plan, byte for byte, and replaces no other', async () => {
    const { page, home, complaints } = await open();
    await dropFile(page, 'handed over!.plan.yaml', PLAN);
    await page.getByRole('tab', { name: /handed-over/ }).waitFor({ timeout: 30_000 });
    expect(await readFile(join(home, 'plans', 'handed-over-.plan.yaml'), 'utf8')).toBe(PLAN);
    await dropFile(page, 'first-export.plan.yaml', PLAN);
    await expect
      .poll(() => readFile(join(home, 'plans', 'first-export-2.plan.yaml'), 'utf8').catch(() => ''), {
        timeout: 30_000,
      })
      .toBe(PLAN);
    expect(await readFile(join(home, 'plans', 'first-export.plan.yaml'), 'utf8')).not.toBe(PLAN);
    expect(complaints).toEqual([]);
  });

  it('is asked for by its path where a browser hides the place of a folder', async () => {
    const { page } = await open();
    await dropFile(page, 'bundle', '');
    await page.getByText('A browser does not say where a dropped folder lies').waitFor({ timeout: 30_000 });
  });
});

describe('a path that is asked for', () => {
  it('can be chosen instead of typed when a plan is opened', async () => {
    const { page, home, complaints } = await open();
    await page.keyboard.press('Control+2');
    await page.getByRole('button', { name: 'Open file…' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Choose…' }).click();
    const chooser = page.getByRole('dialog', { name: 'Open a plan file' }).last();
    await chooser.getByRole('textbox', { name: 'Path', exact: true }).fill(join(home, 'plans'));
    await page.keyboard.press('Enter');
    await chooser.getByText('first-export.plan.yaml').click();
    await chooser.getByRole('button', { name: 'Choose file' }).click();
    expect(await page.getByRole('textbox', { name: 'Path of the file' }).inputValue()).toBe(
      join(home, 'plans', 'first-export.plan.yaml'),
    );
    expect(complaints).toEqual([]);
  });
});
