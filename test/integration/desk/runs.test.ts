import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestOf, follow, newTestHome, reviewed, type TestDesk, type TestHome } from './runs-rig.ts';

const TABLES = '[{ table: main.customers, masks: { email: { mask: redact } } }, { table: main.orders }]';
/** SQLite cannot give the absolute value of the least integer: this table fails, and nothing else. */
const BAD = '{ query: "select abs(-9223372036854775808) as n", name: bad, columns: { n: { unmasked: ok } } }';

const planOf = (tables: string, more = ''): string =>
  `waybill: 1\nname: sample\npurpose: test\nconnection: sample\ntables: ${tables}\nformat: { type: csv }\n${more}`;

describe('runs on the desk', { timeout: 90_000 }, () => {
  let home: TestHome;
  let one: TestDesk;
  beforeEach(async () => {
    home = newTestHome();
    one = await home.open();
  });
  afterEach(() => home[Symbol.asyncDispose]());

  const start = async (text: string, more: { confirm?: string } = {}) =>
    one.core.runs.start({ ...(await reviewed(one.core, home.plan(text))), ...more });

  it('tells a run from its start to its verdict, and the same when it is read again', async () => {
    const { run } = await start(planOf(TABLES));
    const { updates, detail } = await follow(one, run);
    expect(updates[0]?.tables.map(({ name }) => name)).toEqual(['main.customers', 'main.orders']);
    expect(updates.at(-1)).toMatchObject({ ended: true, summary: { state: 'succeeded', complete: 2 } });
    expect(detail).toMatchObject({
      ...{ run, plan: 'sample', connection: 'sample', state: 'succeeded', tables: 2, complete: 2, here: false },
      ...{ planPath: home.folder.join('sample.plan.yaml'), folder: home.out(), masked: 1, cancelling: false },
      totals: { exact: true, etaMs: null },
    });
    for (const table of detail.tableList) {
      expect(table).toMatchObject({ verdict: 'complete', state: 'finished', files: 1 });
      expect([table.writtenRows, table.rereadRows]).toEqual([table.sourceRows, table.sourceRows]);
    }
    expect(detail.totals.rows).toBe(detail.tableList.reduce((sum, table) => sum + (table.sourceRows ?? 0), 0));
    expect(detail.events.map(({ what }) => what.kind)).toEqual([
      ...['started', 'snapshot', 'reading', 'checking', 'verdict', 'reading', 'checking', 'verdict', 'ended'],
    ]);
    expect(detail.events.map(({ no }) => no)).toEqual(detail.events.map((_, index) => index + 1));
    expect(detail.packageFiles?.map(({ name }) => name)).toContain('data/');
    // Another process of this home, which saw nothing of it.
    const again = await (await home.open()).core.runs.show({ run });
    expect(again).toEqual(detail);
    expect(await one.core.runs.list()).toMatchObject([{ run, state: 'succeeded', complete: 2, tables: 2 }]);
    expect(await one.core.runs.report({ run })).toMatchObject({ plan: planOf(TABLES) });
  });

  it('has written down the start before it answers', async () => {
    const { run } = await start(planOf(TABLES));
    const ledger = readdirSync(one.desk.core.home.ledgerFolder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('entries.jsonl'))
      .map((name) => readFileSync(join(one.desk.core.home.ledgerFolder, name), 'utf8'))
      .join('');
    expect(ledger).toContain('"export.started"');
    expect(ledger).toContain(run);
    await follow(one, run);
  });

  it('does not run a plan that was changed after it was reviewed', async () => {
    const wish = await reviewed(one.core, home.plan(planOf(TABLES)));
    writeFileSync(wish.path, planOf('[{ table: main.customers }]'));
    await expect(one.core.runs.start(wish)).rejects.toMatchObject({
      data: { code: 'PLAN/CHANGED_OUTSIDE', message: expect.stringContaining('Nothing was read') as string },
    });
    expect(await one.core.runs.list()).toEqual([]);
    expect(readdirSync(home.out())).toEqual([]);
  });

  it('runs nothing without the name of a production connection', async () => {
    await one.desk.core.records.connections.update((all) => {
      const { sample } = all;
      return sample === undefined ? all : { ...all, live: { ...sample, production: true } };
    });
    const text = planOf(TABLES).replace('connection: sample', 'connection: live');
    await expect(start(text)).rejects.toMatchObject({ data: { code: 'CONNECTION/NOT_CONFIRMED' } });
    await expect(start(text, { confirm: 'sample' })).rejects.toMatchObject({
      data: { code: 'CONNECTION/NOT_CONFIRMED' },
    });
    const { run } = await start(text, { confirm: 'live' });
    expect((await follow(one, run)).detail).toMatchObject({ state: 'succeeded', production: true });
  });

  it('says which table failed and why, repeats it alone, and all of it', async () => {
    const { run } = await start(planOf(`[{ table: main.customers }, ${BAD}]`));
    const { detail } = await follow(one, run);
    expect(detail).toMatchObject({ state: 'partial', complete: 1, tables: 2 });
    expect(detail.package).toMatch(/\.incomplete$/);
    const bad = detail.tableList.find(({ name }) => name === 'bad');
    expect(bad).toMatchObject({ verdict: 'incomplete', rows: 0, bytes: 0, error: { code: 'SOURCE/QUERY_INVALID' } });
    expect(detail.events.find(({ what }) => what.kind === 'failed')).toMatchObject({ what: { table: 'bad' } });

    const failed = await one.core.runs.repeat({ run, failedOnly: true });
    const part = (await follow(one, failed.run)).detail;
    expect(part.tableList.map(({ name }) => name)).toEqual(['bad']);
    expect([detail.planTables, part.planTables]).toEqual([null, 2]);
    const all = await one.core.runs.repeat({ run, failedOnly: false });
    const again = (await follow(one, all.run)).detail;
    // What is repeated is still of the file that was chosen once.
    expect(again).toMatchObject({ state: 'partial', folder: home.out(), planPath: detail.planPath });
    expect(again.planPath).toMatch(/\.plan\.yaml$/);
    expect(again.tableList.map(({ name }) => name)).toEqual(['main.customers', 'bad']);
  });

  it('has nothing to repeat where no table failed, and repeats a repeated one', async () => {
    const { run } = await start(planOf(TABLES));
    await follow(one, run);
    await expect(one.core.runs.repeat({ run, failedOnly: true })).rejects.toMatchObject({
      data: { code: 'PLAN/SELECTION_EMPTY' },
    });
    const second = await one.core.runs.repeat({ run, failedOnly: false });
    await follow(one, second.run);
    const third = await one.core.runs.repeat({ run: second.run, failedOnly: false });
    expect((await follow(one, third.run)).detail).toMatchObject({ state: 'succeeded', complete: 2 });
    expect(await one.core.runs.list()).toHaveLength(3);
  });

  it('verifies a package, and says what happened to one that was touched or moved away', async () => {
    const { run } = await start(planOf(TABLES));
    const { detail } = await follow(one, run);
    const folder = detail.package ?? '';
    expect(await one.core.runs.verify({ run })).toMatchObject({ verdict: 'CONSISTENT, NOT ANCHORED', kind: 'package' });
    const file = join(folder, 'data', readdirSync(join(folder, 'data'))[0] ?? '');
    writeFileSync(file, `${readFileSync(file, 'utf8')}x`);
    expect((await one.core.runs.verify({ run })).verdict).toBe('BROKEN');
    renameSync(folder, `${folder}-moved`);
    expect((await one.core.runs.show({ run })).packageFiles).toBeNull();
    await expect(one.core.runs.verify({ run })).rejects.toMatchObject({ data: { code: 'PACKAGE/ABSENT' } });
  });

  it('runs two at once, each with its own package', async () => {
    const [first, second] = await Promise.all([
      one.core.runs.start(await reviewed(one.core, home.plan(planOf(TABLES), 'a.yaml'))),
      one.core.runs.start(await reviewed(one.core, home.plan(planOf(TABLES), 'b.yaml'))),
    ]);
    const ended = await Promise.all([follow(one, first.run), follow(one, second.run)]);
    expect(ended.map(({ detail }) => detail.state)).toEqual(['succeeded', 'succeeded']);
    const packages = ended.map(({ detail }) => basename(detail.package ?? ''));
    expect(readdirSync(home.out()).sort()).toEqual(packages.sort());
  });

  it('says so where a run is not known, and keeps what it warned of', async () => {
    await expect(one.core.runs.show({ run: '01JD0000000000000000000000' })).rejects.toMatchObject({
      data: { code: 'RUN/ABSENT' },
    });
    const { run } = await start(planOf('[{ table: main.customers }]'));
    const { detail } = await follow(one, run);
    expect(detail.warnings.join(' ')).toMatch(/email/);
    expect(existsSync(detail.package ?? '')).toBe(true);
    expect(digestOf(home.folder.join('sample.plan.yaml'))).toMatch(/^sha256:/);
  });
});
