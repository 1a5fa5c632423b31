// npm run bench -- screen: how fast the desktop answers the hand, with 10,000 tables and 1,000 columns.
import { mkdirSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import type { Locator, Page } from 'playwright';
import { TempFolder } from '../fakes/temp-folder.ts';
import { Desktop } from '../e2e/desktop/rig.ts';
import { makeLargeDatabase } from '../e2e/desktop/large-database.ts';
import { openDesk } from '../integration/desk/runs-rig.ts';
import { tasksOf } from './page-tasks.ts';

const PLAN =
  'waybill: 1\nname: everything\npurpose: bench\nconnection: large\ntables: [{ table: "main.*" }]\nformat: { type: csv }\n';
const RUN_PLAN =
  'waybill: 1\nname: bulk\npurpose: bench\nconnection: bulk\ntables: [{ table: main.lines, columns: [id, code, note, amount] }]\nformat: { type: csv }\n';
/** Enough for a run that outlasts what is done beside it. */
const RUN_ROWS = 6_000_000;
/** Longer than any of the steps takes; what is waited for is seen by the trace, not by us. */
const SETTLE_MS = 2500;

/** The page notes by itself when its frame is there: asking it would take time of its own. */
const NOTE_FRAME = `new MutationObserver(() => {
  if (document.querySelector('nav') !== null) globalThis.framedAt ??= performance.now();
}).observe(document, { subtree: true, childList: true })`;
/** When cancel was clicked, when the strip said that it was told, and when it was gone. */
const NOTE_CANCEL = `globalThis.cancel = {};
const strip = document.querySelector('section.run-strip');
strip.addEventListener('click', () => { cancel.clicked ??= performance.now(); }, true);
new MutationObserver(() => {
  if (strip.textContent.includes('Stopping')) cancel.told ??= performance.now();
  if (!strip.isConnected) cancel.done ??= performance.now();
}).observe(document, { subtree: true, childList: true, characterData: true })`;
/** A browser goes on starting for a while after it says that it is there. */
const BROWSER_SETTLES_MS = 3000;

const folder = new TempFolder();
const home = folder.join('home');
try {
  await makeHome();
  process.stdout.write(`interactive after the host is up: ${(await interactive()).map(inMs).join(', ')}\n`);
  await using desktop = await Desktop.open({ home });
  const { page } = desktop;
  page.setDefaultTimeout(60_000);
  await timed(page, 'opening the tree of 10,000 tables', () => chooseConnection(page));
  const tree = await middleOf(page, page.getByRole('tree', { name: 'Tables' }));
  await timed(page, 'scrolling the tree', () => scroll(page, tree));
  const filter = await middleOf(page, page.getByRole('textbox', { name: /^Filter/ }));
  await timed(page, 'filtering the tree', () => type(page, filter, 't_0777'));
  await page.getByRole('textbox', { name: /^Filter/ }).fill('wide');
  await page.getByRole('treeitem', { name: /^wide/ }).click();
  const columns = page.getByRole('grid', { name: 'Columns main.wide' });
  await columns.getByText('c_0001', { exact: true }).waitFor();
  const wide = await middleOf(page, columns);
  await timed(page, 'scrolling 1,000 columns', () => scroll(page, wide));
  await page.getByRole('textbox', { name: /^Filter/ }).fill('');
  await page.getByRole('button', { name: 'Plans', exact: true }).click();
  const plan = await middleOf(page, page.getByRole('button', { name: /^everything/ }));
  await timed(page, 'opening a plan of 10,000 tables', () => click(page, plan));
  const tables = await middleOf(page, page.getByRole('grid', { name: 'Tables in this plan' }));
  await timed(page, 'scrolling its tables', () => scroll(page, tables));
  for (const step of ['Columns and filters', 'Masking', 'Tables']) {
    const place = await middleOf(
      page,
      page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: step }),
    );
    await timed(page, `step ${step}`, () => click(page, place));
  }
  process.stdout.write(`first rows after the plan's step was opened: ${(await previews(page)).join(', ')}\n`);
  await besideARun(page);
} finally {
  folder[Symbol.dispose]();
}

async function makeHome(): Promise<void> {
  mkdirSync(folder.path, { recursive: true });
  const file = folder.join('large.db');
  makeLargeDatabase(file);
  const { core, desk, close } = await openDesk(home);
  await core.connections.add({
    ...{ name: 'large', connector: 'sqlite', production: false, color: 'blue', options: { file } },
  });
  const bulk = folder.join('bulk.db');
  makeBulk(bulk);
  await core.connections.add({
    ...{ name: 'bulk', connector: 'sqlite', production: false, color: 'green', options: { file: bulk } },
  });
  mkdirSync(desk.core.home.plansFolder, { recursive: true });
  for (const [name, text] of [
    ['bulk', RUN_PLAN],
    ['everything', PLAN],
  ] as const) {
    const path = `${desk.core.home.plansFolder}/${name}.plan.yaml`;
    writeFileSync(path, text);
    await core.plans.open({ path });
  }
  await close();
}

function makeBulk(file: string): void {
  const database = new DatabaseSync(file);
  database.exec(`pragma journal_mode = off; pragma synchronous = off;
    create table lines (id integer primary key, code text, note text, amount numeric);
    with recursive n (i) as (select 1 union all select i + 1 from n where i < ${RUN_ROWS})
    insert into lines select i, printf('C-%09d', i), 'a note on line ' || i || ' of the bulk', i % 9973 from n;
    analyze`);
  database.close();
}

/** The same hand while an export goes at full speed. */
async function besideARun(page: Page): Promise<void> {
  const strip = await startRun(page);
  await timed(page, 'looking at a run', () => wait(3000));
  await page.getByRole('button', { name: 'Explore', exact: true }).click();
  await chooseConnection(page);
  const tree = await middleOf(page, page.getByRole('tree', { name: 'Tables' }));
  await timed(page, 'scrolling the tree beside a run', () => scroll(page, tree));
  // That one may be over by now: another one is cancelled.
  await strip.waitFor({ state: 'detached' });
  await startRun(page);
  // Seen by the page itself: a click from outside waits for more than the person who clicks.
  await page.evaluate(NOTE_CANCEL);
  await strip.getByRole('button', { name: /^Cancel/ }).click();
  await strip.waitFor({ state: 'detached' });
  const [told, done] = await page.evaluate<[number, number]>(
    '[cancel.told - cancel.clicked, cancel.done - cancel.clicked]',
  );
  process.stdout.write(`cancel: told after ${inMs(told)}, done after ${inMs(done)}\n`);
}

async function startRun(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Plans', exact: true }).click();
  await page.getByRole('button', { name: /^bulk/ }).click();
  await page.getByRole('button', { name: 'Review', exact: false }).first().click();
  await page.getByRole('button', { name: 'Start export' }).click();
  const strip = page.getByRole('region', { name: 'Running export' });
  await strip.waitFor();
  return strip;
}

/** From the request for the page until the frame with its sections is there, five times; nothing of it in a cache. */
async function interactive(): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const beforeOpen = async (page: Page): Promise<void> => {
      await page.addInitScript(NOTE_FRAME);
      await wait(BROWSER_SETTLES_MS);
    };
    await using desktop = await Desktop.open({ home, beforeOpen });
    times.push(await desktop.page.evaluate<number>('globalThis.framedAt'));
  }
  return times;
}

async function chooseConnection(page: Page): Promise<void> {
  await page.getByRole('complementary').getByRole('combobox', { name: 'Connection' }).click();
  await page.getByRole('option', { name: 'large' }).click();
  await page.getByRole('treeitem', { name: /t_000/ }).first().waitFor();
}

/** Of reads that the core made: what it said it took, and how long after that the rows were on screen. */
async function previews(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  const steps = page.getByRole('navigation', { name: 'Steps' });
  for (let round = 0; round < 3; round += 1) {
    await steps.getByRole('button', { name: 'Tables' }).click();
    await wait(500);
    const began = performance.now();
    await steps.getByRole('button', { name: 'Columns and filters' }).click();
    await page
      .getByRole('grid', { name: /^Preview|^Rows/ })
      .first()
      .waitFor();
    found.push(inMs(performance.now() - began));
  }
  return found;
}

type Place = readonly [x: number, y: number];

async function middleOf(page: Page, what: ReturnType<Page['locator']>): Promise<Place> {
  await what.first().waitFor();
  await page.waitForTimeout(500);
  const box = await what.first().boundingBox();
  if (box === null) throw new Error('Nothing is there to be used.');
  return [box.x + box.width / 2, box.y + box.height / 2];
}

async function click(page: Page, [x, y]: Place): Promise<void> {
  await page.mouse.click(x, y);
}

async function scroll(page: Page, [x, y]: Place): Promise<void> {
  await page.mouse.move(x, y);
  for (let turns = 0; turns < 60; turns += 1) {
    await page.mouse.wheel(0, 700);
    await wait(30);
  }
}

async function type(page: Page, place: Place, text: string): Promise<void> {
  await click(page, place);
  await page.keyboard.type(text, { delay: 80 });
}

async function timed(page: Page, what: string, work: () => Promise<void>): Promise<void> {
  const { count, p99, longest, over50 } = await tasksOf(page, async () => {
    await work();
    await wait(SETTLE_MS);
  });
  process.stdout.write(`${what}: ${count} tasks, p99 ${inMs(p99)}, longest ${inMs(longest)}, ${over50} over 50 ms\n`);
}

function inMs(milliseconds: number): string {
  return `${milliseconds.toFixed(0)} ms`;
}
