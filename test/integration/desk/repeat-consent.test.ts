import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPlan } from '../../../src-main/app/open-plan.ts';
import { runPlan } from '../../../src-main/app/run-plan.ts';
import { follow, newTestHome, type TestDesk, type TestHome } from './runs-rig.ts';

const PLAN =
  'waybill: 1\nname: crm\npurpose: test\nconnection: crm\nexclude: [main.tmp_*]\n' +
  'tables: [{ table: "main.*" }]\nformat: { type: csv }\n';

describe('a run repeated', { timeout: 60_000 }, () => {
  let home: TestHome;
  let one: TestDesk;
  let file: string;
  beforeEach(async () => {
    home = newTestHome();
    one = await home.open();
    file = home.folder.join('crm.sqlite');
    change('create table people (id integer primary key, email text); create table tmp_load (id integer)');
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

  async function firstRun(plan = PLAN): Promise<string> {
    const wish = { ...home.plan(plan), acceptCatalog: true };
    const { seen } = await one.core.plans.review({ path: wish.path });
    const { run } = await one.core.runs.start({ ...wish, seen });
    await follow(one, run);
    return run;
  }

  it('accepts again what was accepted for it', async () => {
    const again = await one.core.runs.repeat({ run: await firstRun(), failedOnly: false });
    expect((await follow(one, again.run)).detail).toMatchObject({
      state: 'succeeded',
      warnings: [expect.stringMatching(/^catalog /), expect.stringContaining('main.people.email')],
    });
  });

  it('stops at a warning that was not accepted for it, says which, and reads nothing', async () => {
    const run = await firstRun();
    // The very same is read as before, and the plan is warned of one thing more.
    change('drop table tmp_load');
    await expect(one.core.runs.repeat({ run, failedOnly: false })).rejects.toMatchObject({
      data: {
        code: 'PLAN/STALE',
        message: expect.stringContaining('This exclude matches no table.') as string,
        remedy: expect.stringContaining('review') as string,
      },
    });
    expect(await one.core.runs.list()).toHaveLength(1);
  });

  it('records no other catalog as accepted than the one that was, although the same columns are read', async () => {
    const run = await firstRun(PLAN.replace('"main.*" }', 'main.people, columns: [id, email] }'));
    change('alter table people add column note text');
    await expect(one.core.runs.repeat({ run, failedOnly: false })).rejects.toMatchObject({
      data: { code: 'PLAN/STALE', remedy: expect.stringContaining('review') as string },
    });
    expect(await one.core.runs.list()).toHaveLength(1);
  });

  it('of a terminal shows and accepts the warnings that the terminal told, and no catalog that nobody accepted', async () => {
    const { core } = one.desk;
    const { path, folder } = home.plan(PLAN.replace('"main.*"', 'main.people, columns: [id, email]'));
    const signal = AbortSignal.timeout(30_000);
    const open = await openPlan(core, { path, params: {}, only: [], accept: 'none', signal });
    const { run } = await runPlan(core, {
      ...{ open, out: folder, confirm: undefined, acceptedCatalog: false, signal, onEvent: () => undefined },
    });
    await open[Symbol.asyncDispose]();
    const told = [expect.stringContaining('main.people.email') as string];
    expect((await one.core.runs.show({ run })).warnings).toEqual(told);
    const again = await one.core.runs.repeat({ run, failedOnly: false });
    expect((await follow(one, again.run)).detail).toMatchObject({ state: 'succeeded', warnings: told });
  });
});
