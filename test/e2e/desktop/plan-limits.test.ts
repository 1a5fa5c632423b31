import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Desktop } from './rig.ts';

const TOOK_LONG = 20_000;

describe('the limits of a plan', { timeout: 120_000 }, () => {
  let desktop: Desktop;
  let page: Page;
  let file: string;
  const text = (): string => readFileSync(file, 'utf8');
  const field = (name: string): Locator =>
    page.getByRole(name === 'Time zone' ? 'combobox' : 'textbox', { name, exact: true });
  const cost = (): Locator => page.getByRole('region', { name: 'What the server notices of a run' });
  const expectText = (wanted: (now: string) => unknown) => expect.poll(() => wanted(text()), { timeout: TOOK_LONG });

  beforeEach(async () => {
    desktop = await Desktop.open();
    page = desktop.page;
    file = join(desktop.home, 'plans', 'first-export.plan.yaml');
    await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Limits' }).click();
    await field('Connections').waitFor({ timeout: TOOK_LONG });
  });
  afterEach(async () => {
    await desktop[Symbol.asyncDispose]();
  });

  it('are set by keyboard, said in words of what they cost, and taken back byte for byte', async () => {
    const before = text();
    // What holds where the plan says nothing is in the empty fields.
    expect(await field('A pause, at most').getAttribute('placeholder')).toBe('30');
    expect(await field('For locks of others').getAttribute('placeholder')).toBe('5');
    await field('Connections').focus();
    await page.keyboard.type('4');
    await page.keyboard.press('Tab');
    await expectText((now) => now.includes('limits: { connections: 4 }')).toBe(true);
    await expect.poll(() => field('Rows').and(page.locator(':focus')).count()).toBe(1);
    await page.keyboard.type('20,000');
    await field('Bytes').fill('10MiB');
    await field('A pause, at most').fill('0');
    await field('For locks of others').fill('0.25');
    await field('A statement, at most').fill('3600');
    await field('A value, at most').fill('1GiB');
    const written =
      'limits: { connections: 4, rowsPerSecond: 20000, bytesPerSecond: 10MiB, statementTimeoutMs: 3600000, lockTimeoutMs: 250, pauseMinutes: 0, cellBytes: 1GiB }\n';
    await expectText((now) => now.slice(now.indexOf('limits:'))).toBe(written);
    await expect.poll(() => cost().innerText()).toMatch(/At most 20.000 rows a second and 10MiB a second/);
    expect(await cost().innerText()).toContain('It cannot be paused.');
    // A file has no server that could export a snapshot.
    expect(await cost().innerText()).toMatch(
      /Up to 4 sessions\s+While nobody writes the file they read it at one point/,
    );
    expect(await cost().innerText()).not.toContain('exported snapshot');
    for (const name of ['A value, at most', 'Connections']) {
      await page.getByRole('button', { name: `${name}: as usual` }).click();
    }
    await expectText((now) => /cellBytes|connections/.test(now.slice(now.indexOf('limits:')))).toBe(false);
    for (let undone = 0; undone < 9; undone++) await page.keyboard.press('Control+z');
    await expectText((now) => now).toBe(before);
    expect(desktop.complaints).toEqual([]);
  });

  it('keep what another hand wrote beside them, and save nothing that the plan refuses', async () => {
    const own =
      '\nlimits: # agreed with operations\n  window: { from: "21:30", to: "05:00", zone: "UTC" } # nights\n  lockTimeoutMs: 1500\n';
    writeFileSync(file, text() + own);
    await page.getByRole('button', { name: 'Take theirs' }).click({ timeout: TOOK_LONG });
    await expect.poll(() => field('Time zone').inputValue(), { timeout: TOOK_LONG }).toBe('UTC');
    expect(await field('For locks of others').inputValue()).toBe('1.5');
    await page.getByText('7 h 30 min of each day, over midnight, by the clocks of that zone.').waitFor();
    const before = text();
    const refusals: readonly (readonly [field: string, typed: string, said: string])[] = [
      ['Connections', '65', '"65" is no whole number from 1 to 64'],
      ['A pause, at most', '181', '"181" is no whole number from 0 to 180'],
      ['Bytes', 'fast', '"fast" is no size such as 64MiB'],
      ['To', '5 am', '"5 am" is no time of day'],
      ['Time zone', 'Berlin', '"Berlin" is no time zone'],
      ['To', '21:30', 'must end at another time than they begin'],
    ];
    for (const [name, typed, said] of refusals) {
      await field(name).fill(typed);
      await page.getByRole('alert').filter({ hasText: said }).waitFor({ timeout: TOOK_LONG });
      await page.keyboard.press('Tab');
    }
    expect(text()).toBe(before);
    await field('To').fill('04:00');
    await expectText((now) => now).toBe(before.replace('"05:00"', '"04:00"'));
    await field('Time zone').fill('Europe/Berlin');
    await expect.poll(() => cost().innerText()).toContain('It reads from 21:30 to 04:00, Europe/Berlin');
    await expectText((now) => now.includes('# agreed with operations') && now.includes('# nights')).toBe(true);
    await page.getByRole('checkbox', { name: 'Read only in certain hours' }).press('Space');
    await expectText((now) => now.includes('window')).toBe(false);
    await page.getByRole('button', { name: 'Parts are set in Package' }).click();
    await page.getByRole('combobox', { name: 'Parts', exact: true }).click();
    await page.getByRole('option', { name: 'so many bytes' }).click();
    const size = page.getByRole('textbox', { name: 'Size of a part, such as 2GiB' });
    await size.fill('2 gigs');
    await page.getByRole('alert').filter({ hasText: '"2 gigs" is no size such as 64MiB' }).waitFor();
    await size.fill('1GiB');
    await expectText((now) => now.includes('chunk: { bytes: 1GiB }')).toBe(true);
    expect(desktop.complaints).toEqual([]);
  });
});
