import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openWindows } from '../runs-window.ts';
import { newTourHome } from './home.ts';
import { STOPS } from './stops.ts';

/** What has begun to move has come to rest by then. */
const REST_MS = 600;
const SIZES = [
  { width: 1280, height: 800 },
  { width: 1024, height: 700 },
];

const [folder = 'screens', ...only] = process.argv.slice(2);

/** Pictures of every screen in both themes and sizes: `node pictures.ts FOLDER [light|dark|1280|1024 …]`. */
async function takePictures(dark: boolean, { width, height }: (typeof SIZES)[number]): Promise<void> {
  const theme = dark ? 'dark' : 'light';
  const wanted = only.every((word) => word === theme || word === String(width));
  if (!wanted) return;
  await using home = await newTourHome();
  await using windows = await openWindows(home.desk.desk);
  const page = await windows.open({ dark, width, height });
  for (const [index, { name, go }] of STOPS.entries()) {
    await go(page, home);
    await page.waitForTimeout(REST_MS);
    const number = String(index + 1).padStart(2, '0');
    await page.screenshot({ path: join(folder, `${number}-${name}-${theme}-${width}.png`) });
  }
  for (const complaint of windows.complaints) process.stderr.write(`The console said: ${complaint}\n`);
}

mkdirSync(folder, { recursive: true });
for (const size of SIZES) for (const dark of [false, true]) await takePictures(dark, size);
process.stdout.write(`${folder}\n`);
process.exit(0);
