import { readdirSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { follow, newTestHome, type TestDesk, type TestHome } from './runs-rig.ts';

const planOf = (more = ''): string =>
  `waybill: 1\nname: crm\npurpose: test\nconnection: crm\ntables: [{ table: "main.*" }]\nformat: { type: csv }\n${more}`;

describe('a start on a review', { timeout: 60_000 }, () => {
  let home: TestHome;
  let one: TestDesk;
  let file: string;
  beforeEach(async () => {
    home = newTestHome();
    one = await home.open();
    file = home.folder.join('crm.sqlite');
    change('create table people (id integer primary key, note text)');
    await one.core.connections.add({
      ...{ name: 'crm', connector: 'sqlite', options: { file }, production: false, color: 'grey' },
    });
  });
  afterEach(() => home[Symbol.asyncDispose]());

  function change(sql: string): void {
    const database = new DatabaseSync(file);
    database.exec(sql);
    database.close();
  }

  it('stops at a warning and a catalog that nobody saw, and records neither as accepted', async () => {
    const wish = { ...home.plan(planOf()), acceptCatalog: true };
    const { seen } = await one.core.plans.review({ path: wish.path });
    change('alter table people add column email text');
    await expect(one.core.runs.start({ ...wish, seen })).rejects.toMatchObject({
      data: { code: 'PLAN/STALE', message: expect.stringContaining('Nothing was read') as string },
    });
    expect(await one.core.runs.list()).toEqual([]);
    expect(readdirSync(home.out())).toEqual([]);

    const again = await one.core.plans.review({ path: wish.path });
    expect(again.findings.map(({ field }) => field)).toContain('email');
    const { run } = await one.core.runs.start({ ...wish, seen: again.seen });
    expect((await follow(one, run)).detail.warnings.join(' ')).toContain('email');
  });

  it('accepts no warning that waited behind the catalog that was still to be accepted', async () => {
    const wish = { ...home.plan(planOf('params: { since: "2024" }\n')), acceptCatalog: true };
    const review = await one.core.plans.review({ path: wish.path });
    expect(review.needs.acceptCatalog).toBe(true);
    const { run } = await one.core.runs.start({ ...wish, seen: review.seen });
    const { warnings } = (await follow(one, run)).detail;
    const told = review.findings.filter(({ severity }) => severity === 'warning').map(({ message }) => message);
    expect(warnings.filter((warning) => !warning.startsWith('catalog '))).toEqual(told);
    expect(told.join(' ')).toContain('since');
  });

  it('is not to be had without one', async () => {
    const wish = { ...home.plan(planOf()), acceptCatalog: true };
    await expect(one.core.runs.start(wish as typeof wish & { seen: string })).rejects.toMatchObject({
      data: { code: 'APP/INPUT_INVALID', message: 'The value seen must be text.' },
    });
    expect(await one.core.runs.list()).toEqual([]);
  });

  it('is refused where the text is another one, whatever was seen', async () => {
    const wish = { ...home.plan(planOf()), acceptCatalog: true };
    const { seen } = await one.core.plans.review({ path: wish.path });
    writeFileSync(wish.path, planOf('# another\n'));
    await expect(one.core.runs.start({ ...wish, seen })).rejects.toMatchObject({
      data: { code: 'PLAN/CHANGED_OUTSIDE' },
    });
  });
});
