import { describe, expect, it } from 'vitest';
import { datedPlaces, kindOf, usualTables } from '../../../src-renderer/features/history/kinds.ts';
import { measuresIn, medianOf, ticksOf } from '../../../src-renderer/features/history/measures.ts';
import type { PastRun } from '../../../src-shared/contract/runs.ts';
import { byPlan, planOf } from '../../../src-shared/model/plan-of-runs.ts';

const NBSP = '\u00a0';

const run = (more: Partial<PastRun>): PastRun => ({
  ...{ run: 'R', plan: 'crm', planPath: null, connection: 'shop', state: 'succeeded', started: '', ended: '' },
  ...{
    tables: 3,
    complete: 3,
    unproven: 0,
    progress: null,
    here: false,
    cancelling: false,
    paused: null,
    queuedUntil: null,
    resumes: null,
  },
  volume: {
    tables: { planned: 3, complete: 3, unproven: 0, failed: 0, notReached: 0, kept: 0 },
    ...{ rows: 40_000, bytes: 5_242_880, files: 3, elapsedMs: 151_000, rowsPerSecond: 265, bytesPerSecond: 34_721 },
  },
  ...more,
});

describe('what is drawn over the runs of a plan', () => {
  it('is duration, volume and throughput, in rows or in bytes', () => {
    const told = (unit: 'rows' | 'bytes') =>
      measuresIn(unit).map(({ of, words }) => words(of(run({})) ?? -1).replaceAll(NBSP, ' '));
    expect(told('rows')).toEqual(['02:31', '40 000 rows', '265 rows/s']);
    expect(told('bytes')).toEqual(['02:31', '5.0 MiB', '33.9 KiB/s']);
  });

  it('is nothing where a record tells nothing', () => {
    for (const unit of ['rows', 'bytes'] as const)
      expect(measuresIn(unit).map(({ of }) => of(run({ volume: null })))).toEqual([null, null, null]);
  });

  it('has an axis from nothing to the highest value, in steps that people read', () => {
    const [duration, rows] = measuresIn('rows');
    const [, bytes] = measuresIn('bytes');
    if (duration === undefined || rows === undefined || bytes === undefined) throw new Error('a measure is missing');
    expect(ticksOf(duration, [151_000, null])).toEqual([0, 60_000, 120_000, 180_000]);
    expect(ticksOf(rows, [2_042_651])).toEqual([0, 1e6, 2e6, 3e6]);
    expect(ticksOf(bytes, [5_242_880])).toEqual([0, 2_097_152, 4_194_304, 6_291_456]);
    // 900 KiB are shown in mebibytes rather than in thousands of kibibytes.
    expect(ticksOf(bytes, [1_900_000])).toEqual([0, 1_048_576, 2_097_152]);
    expect(ticksOf(rows, [])).toEqual([0, 1]);
    for (const high of [1, 7, 99, 1001, 123_456, 9.9e8, 3.1e12])
      for (const measure of [duration, rows, bytes]) {
        const ticks = ticksOf(measure, [high]);
        expect(ticks.length).toBeLessThanOrEqual(4);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(high);
      }
  });

  it('has a median of what is known', () => {
    expect(medianOf([5, null, 1, 9])).toBe(5);
    expect(medianOf([4, 1, 2, 3])).toBe(2.5);
    expect(medianOf([null])).toBeNull();
  });
});

describe('how a run is drawn', () => {
  it('tells runs that are not whole, and those of another number of tables than the newest whole one', () => {
    const runs = [
      run({ state: 'failed', tables: 9 }),
      run({ tables: 3 }),
      run({ tables: 2 }),
      run({ state: 'partial' }),
    ];
    const usual = usualTables(runs);
    expect(usual).toBe(3);
    expect(runs.map((one) => kindOf(one, usual))).toEqual(['open', 'whole', 'other', 'open']);
    expect(usualTables([run({ state: 'interrupted' })])).toBeNull();
  });

  it('has dates under the first and the last run, and between them as many as fit', () => {
    expect([...datedPlaces(24, 4)]).toEqual([0, 8, 15, 23]);
    expect([...datedPlaces(2, 9)]).toEqual([0, 1]);
    expect([...datedPlaces(1, 9)]).toEqual([0]);
    expect(datedPlaces(1000, 9).size).toBe(9);
  });

  it('is chosen by its plan, the one that ran last first', () => {
    const plans = byPlan([run({ plan: 'b' }), run({ plan: 'a' }), run({ plan: 'b' })]);
    expect(plans.map(({ plan, runs, isNamesake }) => [plan, runs.length, isNamesake])).toEqual([
      ['b', 2, false],
      ['a', 1, false],
    ]);
  });

  it('is of one file: plans of other files may have the same name', () => {
    const [here, there] = ['/here/a.plan.yaml', '/there/a.plan.yaml'];
    const before = run({ run: '1' });
    const first = run({ run: '2', planPath: here });
    const alone = byPlan([first, before]);
    // A run of before records told the file can only be of the one that is known.
    expect(alone.map(({ planPath, runs }) => [planPath, runs.length])).toEqual([[here, 2]]);
    expect(planOf(alone, before)?.planPath).toBe(here);
    const all = byPlan([run({ run: '3', planPath: there }), first, before, run({ run: '4', planPath: there })]);
    expect(all.map(({ planPath, runs, isNamesake }) => [planPath, runs.map((one) => one.run), isNamesake])).toEqual([
      [there, ['3', '4'], true],
      [here, ['2'], true],
      [null, ['1'], true],
    ]);
    expect(planOf(all, first)?.runs).toEqual([first]);
    expect(planOf(all, before)?.runs).toEqual([before]);
  });
});
