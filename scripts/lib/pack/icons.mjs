import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentHash } from '../content-hash.mjs';
import { Failure } from '../failure.mjs';

const SOURCE = 'src-renderer/public/icon.svg';
const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const SIZES_OF_ICO = [16, 24, 32, 48, 64, 128, 256];
const LARGEST_OF_LINUX = 512;

/** The kinds that an Apple icon holds, by their size in pixels. */
const KINDS_OF_ICNS = [
  ...[
    ['icp4', 16],
    ['icp5', 32],
    ['ic11', 32],
    ['ic12', 64],
    ['ic07', 128],
  ],
  ...[
    ['ic08', 256],
    ['ic13', 256],
    ['ic09', 512],
    ['ic14', 512],
    ['ic10', 1024],
  ],
];

/** Below this the tear line is a row of specks. */
const SMALLEST_WITH_TEAR_LINE = 32;

/**
 * Draws the icon in every size and form that a system wants, from the one SVG, when it changed: `png/16x16.png` and so on,
 * `icon.ico`, `icon.icns`. Returns the folder.
 */
export async function ensureIcons(root) {
  const folder = join(root, 'dist/icons');
  const stamp = join(folder, '.inputs.sha256');
  const inputs = contentHash(root, [SOURCE, 'scripts/lib/pack/icons.mjs']);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'png'), { recursive: true });
  const drawn = await draw(readFileSync(join(root, SOURCE), 'utf8'));
  for (const [size, png] of drawn) {
    if (size <= LARGEST_OF_LINUX) writeFileSync(join(folder, 'png', `${size}x${size}.png`), png);
  }
  writeFileSync(join(folder, 'icon.ico'), icoOf(SIZES_OF_ICO.map((size) => ({ size, png: drawn.get(size) }))));
  writeFileSync(
    join(folder, 'icon.icns'),
    icnsOf(KINDS_OF_ICNS.map(([kind, size]) => ({ kind, png: drawn.get(size) }))),
  );
  writeFileSync(stamp, inputs);
  return folder;
}

async function draw(svg) {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    const drawn = new Map();
    for (const size of SIZES) {
      const shown = size < SMALLEST_WITH_TEAR_LINE ? svg.replace(/<path[^>]*stroke-dasharray[^>]*>/, '') : svg;
      await page.setViewportSize({ width: size, height: size });
      await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${shown}`);
      drawn.set(size, await page.screenshot({ omitBackground: true }));
    }
    return drawn;
  } finally {
    await browser.close();
  }
}

/** A Chromium of this machine, under any of its names. */
async function openBrowser() {
  const { chromium } = await import('playwright');
  const given = process.env.WAYBILL_CHROMIUM ?? '/usr/bin/chromium';
  const ways = [
    ...(existsSync(given) ? [{ executablePath: given }] : []),
    { channel: 'chrome' },
    { channel: 'msedge' },
  ];
  for (const way of ways) {
    try {
      // A page of our own and nothing else is drawn in it.
      return await chromium.launch({ ...way, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
    } catch {
      // The next one, perhaps.
    }
  }
  throw new Failure(
    'The icons cannot be drawn: there is no Chromium, Chrome or Edge here.',
    'Install one, or name it in WAYBILL_CHROMIUM.',
  );
}

/** Windows: a directory of pictures, each a whole PNG. */
function icoOf(pictures) {
  const header = Buffer.alloc(6);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = header.length + 16 * pictures.length;
  const entries = pictures.map(({ size, png }) => {
    const entry = Buffer.alloc(16);
    // 256 is written as 0.
    entry.writeUInt8(size % 256, 0);
    entry.writeUInt8(size % 256, 1);
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(32, 6);
    entry.writeUInt32LE(png.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += png.length;
    return entry;
  });
  return Buffer.concat([header, ...entries, ...pictures.map(({ png }) => png)]);
}

/** Apple: the length of the whole, then pieces of kind, length and PNG. */
function icnsOf(pictures) {
  const pieces = pictures.map(({ kind, png }) => Buffer.concat([Buffer.from(kind, 'latin1'), lengthOf(png), png]));
  const body = Buffer.concat(pieces);
  return Buffer.concat([Buffer.from('icns', 'latin1'), lengthOf(body), body]);
}

function lengthOf(bytes) {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length + 8);
  return length;
}
