import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Desktop } from './rig.ts';

const TOOK_LONG = 20_000;

/** Has the page write down what it says of rows, at each change of it: in the grid, the slip, the tree's foot and the picture. */
const LISTEN = `
  globalThis.said = [];
  const PLACES = '.slip > :nth-child(2), .side-foot, .relation-box.in-plan small';
  const look = () => {
    const cells = [...document.querySelectorAll('[role=grid] [role=gridcell]:nth-child(2)')].slice(0, 4);
    const words = [...cells, ...document.querySelectorAll(PLACES)].map(({ textContent }) => textContent).join(' | ');
    if (words !== globalThis.said.at(-1)) globalThis.said.push(words);
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
`;

/** As most files are: nobody has analysed them. */
async function forgetStatistics({ page, home }: Desktop): Promise<void> {
  const file = new DatabaseSync(join(home, 'sample', 'shop.db'));
  file.exec('drop table sqlite_stat1');
  file.close();
  await page.getByRole('treeitem', { name: /customers/ }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search or run an action' }).fill('read the catalog');
  await page.keyboard.press('Enter');
  await page.getByRole('treeitem', { name: /products –/ }).waitFor();
}

describe('the rows of a plan of a local file', { timeout: 90_000 }, () => {
  let desktop: Desktop;
  beforeEach(async () => {
    desktop = await Desktop.open();
    await forgetStatistics(desktop);
  });
  afterEach(() => desktop[Symbol.asyncDispose]());

  it('contradict themselves at no moment while it opens: what is being counted is not called unknown', async () => {
    const { page } = desktop;
    await page.addInitScript(LISTEN);
    await page.reload();
    const slip = page.getByRole('group', { name: 'What this plan takes' });
    await expect.poll(() => slip.innerText(), { timeout: TOOK_LONG }).toMatch(/36\s909\s*exact \d\d:\d\d/);
    await page.locator('.relation-box.in-plan').first().waitFor();
    await expect.poll(() => page.locator('.side-foot').innerText()).toMatch(/36\s909 rows, exact/);
    const said = (await page.evaluate('globalThis.said')) as string[];
    expect(said.some((words) => words.includes('counting'))).toBe(true);
    expect(said.filter((words) => words.includes('unknown'))).toEqual([]);
    expect(said.filter((words) => /36\s909/.test(words) && words.includes('counting'))).toEqual([]);
    expect(desktop.complaints).toEqual([]);
  });
});
