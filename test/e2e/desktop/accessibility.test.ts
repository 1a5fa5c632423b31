import { expect, it } from 'vitest';
import { openWindows, seriousFindings } from './runs-window.ts';
import { newTourHome } from './tour/home.ts';
import { STOPS } from './tour/stops.ts';

it('has nothing on any screen that axe finds serious, in both themes', { timeout: 900_000 }, async () => {
  await using home = await newTourHome();
  await using windows = await openWindows(home.desk.desk);
  const page = await windows.open();
  page.setDefaultTimeout(60_000);
  const found = new Set<string>();
  for (const { name, go } of STOPS) {
    await go(page, home);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
      for (const finding of await seriousFindings(page)) found.add(`${name}, ${colorScheme}: ${finding}`);
    }
  }
  expect([...found]).toEqual([]);
  expect(windows.complaints).toEqual([]);
});
