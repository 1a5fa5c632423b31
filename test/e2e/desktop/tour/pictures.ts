import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openWindows } from '../runs-window.ts';
import { newTourHome } from './home.ts';
import { STOPS } from './stops.ts';

// Pictures of every screen in both themes and sizes: `node pictures.ts [FOLDER [light|dark] [1280|1024]]`.

/** What has begun to move has come to rest by then. */
const REST_MS = 250;
const SIZES = [
  { width: 1280, height: 800 },
  { width: 1024, height: 700 },
];

const [folder = 'screens', ...only] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const looks = SIZES.flatMap((size) => (['light', 'dark'] as const).map((theme) => ({ theme, size }))).filter(
  ({ theme, size }) => only.every((word) => word === theme || word === String(size.width)),
);

await using home = await newTourHome();
await using windows = await openWindows(home.desk.desk);
const page = await windows.open();
page.setDefaultTimeout(60_000);
for (const [index, { name, go }] of STOPS.entries()) {
  await go(page, home);
  for (const { theme, size } of looks) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: theme });
    await page.waitForTimeout(REST_MS);
    const number = String(index + 1).padStart(2, '0');
    await page.screenshot({ path: join(folder, `${number}-${name}-${theme}-${size.width}.png`) });
  }
}
for (const complaint of windows.complaints) process.stderr.write(`The console said: ${complaint}\n`);
process.stdout.write(`${folder}\n`);
