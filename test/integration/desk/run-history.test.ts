import { RunCheckpoints } from '../../../src-main/app/run-checkpoints.ts';
import { performance } from 'node:perf_hooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeNightlyRuns, writePastRun } from '../../fakes/past-runs.ts';
import { follow, newTestHome, reviewed, until, type TestDesk, type TestHome } from './runs-rig.ts';

const BAD = '{ query: "select abs(-9223372036854775808) as n", name: bad, columns: { n: { unmasked: ok } } }';
const SLOW =
  '{ query: "with recursive c(n) as (select 1 union all select n + 1 from c where n < 900000000) select count(*) as n from c", name: slow, columns: { n: { unmasked: ok } } }';
const planOf = (name: string, tables: string): string =>
  `waybill: 1\nname: ${name}\npurpose: test\nconnection: sample\ntables: [${tables}]\nformat: { type: csv }\n`;
const BOTH = '{ table: main.customers, masks: { email: { mask: redact } } }, { table: main.orders }';

describe('the report and the history of runs', { timeout: 90_000 }, () => {
  let home: TestHome;
  let one: TestDesk;
  beforeEach(async () => {
    home = newTestHome();
    one = await home.open();
  });
  afterEach(() => home[Symbol.asyncDispose]());

  const ran = async (text: string) => {
    const { run } = await one.core.runs.start(await reviewed(one.core, home.plan(text)));
    return (await follow(one, run)).detail;
  };

  it('tells of a run what became of its tables, how quick it was, and where the time went', async () => {
    const { figures, totals, tableList } = await ran(planOf('shop', `${BOTH}, ${BAD}`));
    expect(figures).toMatchObject({
      tables: { planned: 3, complete: 2, unproven: 0, failed: 1, notReached: 0, kept: 0 },
      ...{ rows: totals.rows, bytes: totals.bytes, files: 2, elapsedMs: totals.elapsedMs },
    });
    expect(figures?.slowest.map(({ name }) => name).toSorted()).toEqual(['bad', 'main.customers', 'main.orders']);
    const { pausedMs, queuedMs, ...stretches } = figures?.time ?? {};
    expect([pausedMs, queuedMs]).toEqual([null, null]);
    for (const stretch of Object.values(stretches)) expect(stretch).toBeGreaterThanOrEqual(0);
    for (const { name, elapsedMs } of tableList)
      expect([name, elapsedMs]).toEqual([name, figures?.slowest.find((table) => table.name === name)?.elapsedMs]);
    // No part took longer than the whole.
    const parts = Object.values(figures?.time ?? {}).reduce<number>((sum, took) => sum + (took ?? 0), 0);
    expect(parts).toBeLessThanOrEqual(totals.elapsedMs + 50);
  });

  it('tells tables that a cancelled run never came to from the one that it was reading', async () => {
    const { run } = await one.core.runs.start(
      await reviewed(one.core, home.plan(planOf('slow', `{ table: main.orders }, ${SLOW}, { table: main.customers }`))),
    );
    await until(one, run, ({ tables }) => tables.some(({ name, state }) => name === 'slow' && state === 'reading'));
    await one.core.runs.cancel({ run });
    const { detail } = await follow(one, run);
    expect(detail.state).toBe('cancelled');
    expect(detail.figures?.tables).toMatchObject({ planned: 3, complete: 1, failed: 1, notReached: 1 });
    expect(detail.figures?.slowest.map(({ name }) => name).toSorted()).toEqual(['main.orders', 'slow']);
    expect(detail.tableList.find(({ name }) => name === 'main.customers')?.elapsedMs).toBeNull();
  });

  it('lists the runs of one plan, newest first, by their own records', async () => {
    const first = await ran(planOf('shop', BOTH));
    const second = await ran(planOf('shop', `{ table: main.orders }, ${BAD}`));
    await ran(planOf('other', '{ table: main.orders }'));
    const history = await one.core.runs.history({ plan: 'shop' });
    expect(history.map(({ run, state, tables }) => [run, state, tables])).toEqual([
      [second.run, 'partial', 2],
      [first.run, 'succeeded', 2],
    ]);
    const { slowest: _slowest, time: _time, ...volume } = first.figures ?? { slowest: [], time: null };
    expect(history[1]?.volume).toEqual(volume);
    // Another process of this home reads the same.
    expect(await (await home.open()).core.runs.history({ plan: 'shop' })).toEqual(history);
    expect(await one.core.runs.history({ plan: 'never' })).toEqual([]);
  });

  it('says of a run that died what had been whole by then', async () => {
    const { core } = one.desk;
    const run = writePastRun(core.home.runsFolder, {
      ...{ plan: 'died', started: new Date(), tookMs: 5, tables: [], state: 'interrupted' },
    });
    expect((await one.core.runs.show({ run })).wholeSoFar).toBeNull();
    const readBy = { run, snapshot: 's' };
    const file = (path: string, rows: number) => ({ path, bytes: rows * 10, sha256: '0'.repeat(64), rows });
    {
      await using checkpoints = new RunCheckpoints(core, run);
      const counts = { sourceRows: 7, writtenRows: 7, rereadRows: 7, verdict: 'complete' as const, elapsedMs: 1 };
      const name = { name: 'main.customers', table: ['main', 'customers'] as const };
      const result = { ...name, ...counts, resources: [file('data/customers.csv', 7)], readBy };
      await checkpoints.addWhole({ result, folder: '/gone' });
      const ranges = [{ key: [], after: null, upTo: ['5'] }];
      await checkpoints.addCut('main.orders', { at: 0, ranges });
      await checkpoints.addPart({
        table: 'main.orders',
        at: 0,
        file: file('data/orders.0001.csv', 5),
        folder: '/gone',
      });
    }
    const { wholeSoFar, figures } = await one.core.runs.show({ run });
    expect({ wholeSoFar, figures }).toEqual({
      wholeSoFar: { tables: 1, parts: 1, rows: 12, bytes: 120 },
      figures: null,
    });
  });

  it('says nothing of what a run that died came to', async () => {
    const { runsFolder } = one.desk.core.home;
    const tables = [{ name: 'orders', rows: 5 }];
    const at = new Date('2026-11-02T09:15:00Z');
    const run = writePastRun(runsFolder, { plan: 'died', started: at, tookMs: 9, tables, state: 'interrupted' });
    expect(await one.core.runs.history({ plan: 'died' })).toMatchObject([{ run, state: 'interrupted', volume: null }]);
    expect((await one.core.runs.show({ run })).figures).toBeNull();
  });

  it('answers at once for a thousand runs that it has read before', async () => {
    const last = new Date('2026-11-26T02:10:00Z');
    writeNightlyRuns(one.desk.core.home.runsFolder, { plan: 'nightly', count: 1000, last });
    expect(await one.core.runs.history({ plan: 'nightly' })).toHaveLength(1000);
    const at = performance.now();
    const history = await one.core.runs.history({ plan: 'nightly' });
    const took = performance.now() - at;
    process.stdout.write(`history of 1,000 runs: ${Math.round(took)} ms\n`);
    expect(history[0]?.started).toBe(last.toISOString());
    // Far more than it takes, far less than reading all anew would on a slow disk.
    expect(took).toBeLessThan(2000);
  });
});
