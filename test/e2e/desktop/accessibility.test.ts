import { describe, expect, it } from 'vitest';
import { openWindows, seriousFindings } from './runs-window.ts';
import { newTourHome } from './tour/home.ts';
import { STOPS } from './tour/stops.ts';

describe.each([{ dark: false }, { dark: true }])('every screen, dark: $dark', { timeout: 300_000 }, ({ dark }) => {
  it('has nothing that axe finds serious', async () => {
    await using home = await newTourHome();
    await using windows = await openWindows(home.desk.desk);
    const page = await windows.open({ dark });
    const found: string[] = [];
    for (const { name, go } of STOPS) {
      await go(page, home);
      found.push(...(await seriousFindings(page)).map((finding) => `${name}: ${finding}`));
    }
    expect(found).toEqual([]);
    expect(windows.complaints).toEqual([]);
  });
});
