// The process dies between two steps that belong together: its package has its name, and the ledger has not its end.
import { readdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { createFaultStore, type Fault } from '../../fakes/fault-store.ts';
import { Desk } from '../cli/driver.ts';
import { runInProcess } from '../cli/in-process.ts';
import type { RunResult } from '../cli/results.ts';
import { dataOf, expectStory, RUN, runsOf } from './shop.ts';

const PLAN = `waybill: 1
name: night
purpose: test
connection: shop
tables:
  - { table: main.first }
  - { table: main.second }
format: { type: csv }
package: { chunk: { rows: 100 } }
`;

/** A desk with an undisturbed run, and one whose process died as `fault` says when its package was to get its name. */
async function newDesk(fault: Fault): Promise<{ desk: Desk; undisturbed: Record<string, string>; run: string }> {
  const desk = new Desk();
  using database = new DatabaseSync(desk.path('shop.db'));
  for (const name of ['first', 'second']) {
    database.exec(`create table ${name} (id integer primary key);
      insert into ${name} with recursive n(i) as (select 1 union all select i + 1 from n where i < 300) select i from n`);
  }
  await desk.json(['connection', 'add', 'shop', '--connector', 'sqlite', '--file', desk.path('shop.db')]);
  desk.write('night.yaml', PLAN);
  const undisturbed = dataOf((await desk.json<RunResult>(RUN)).package);
  const on = (call: string, path: string) => call === 'renameNew' && /\/night-[0-9A-Z]{26}$/.test(path);
  await runInProcess(desk, RUN, (store) => createFaultStore(store, { fault, nth: 1, on }));
  const [died] = await runsOf(desk);
  expect(died).toMatchObject({ state: 'interrupted', package: null });
  return { desk, undisturbed, run: died?.run ?? '' };
}

/** Goes on with the run, which needs the database for nothing. */
async function resumed(desk: Desk, run: string): Promise<RunResult> {
  const { stdout, stderr } = await desk.run(['resume', run, '--json']);
  expect(stderr).toContain('2 finished tables are kept, hashed anew; nothing is read.');
  const result = JSON.parse(stdout) as RunResult;
  expect(result.state).toBe('succeeded');
  return result;
}

describe('a run that dies when its package has just got its name', () => {
  it('is interrupted, and reads nothing again: what it wrote is taken from its package, which stays', async () => {
    const { desk, undisturbed, run } = await newDesk('kill-after');
    using _ = desk;
    expect(dataOf((await resumed(desk, run)).package)).toEqual(undisturbed);
    expect(dataOf(desk.path('out', `night-${run}`))).toEqual(undisturbed);
    await expectStory(desk);
  });
});

describe('a run that dies when its package is whole but for its name', () => {
  it('is gone on with, and nothing of it is left to be explained', async () => {
    const { desk, undisturbed, run } = await newDesk('kill-before');
    using _ = desk;
    expect(dataOf((await resumed(desk, run)).package)).toEqual(undisturbed);
    expect(readdirSync(desk.path('out')).filter((name) => name.startsWith('.'))).toEqual([]);
    await expectStory(desk);
  });
});
