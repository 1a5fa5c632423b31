import { describe, expect, it } from 'vitest';
import { countTicks, niceCeiling, timeTicks } from '../../../src-renderer/features/runs/chart-scale.ts';
import { wordsOf } from '../../../src-renderer/features/runs/event-words.ts';
import { verdictOf, worstFirst } from '../../../src-renderer/features/runs/verdict.ts';
import type { RunDetail, RunTable } from '../../../src-shared/contract/runs.ts';
import { formatRoughDuration } from '../../../src-shared/util/format-rough-duration.ts';

type Verdict = RunTable['verdict'];
const NBSP = '\u00a0';

const table = (name: string, verdict: Verdict, why: string | null = null): RunTable => ({
  ...{ name, table: ['public', name], state: 'finished', estimatedRows: null, rows: 5, bytes: 5, files: 1 },
  ...{ rowsPerSecond: 0, etaMs: null, sourceRows: 5, writtenRows: 5, rereadRows: 5, verdict, why, error: null },
  ...{ elapsedMs: 1000, notReached: false, keptRows: 0, keptBytes: 0 },
});

function run(state: RunDetail['state'], tableList: readonly RunTable[], more: Partial<RunDetail> = {}): RunDetail {
  const withVerdict = (verdict: Verdict): number => tableList.filter((one) => one.verdict === verdict).length;
  return {
    ...{ run: 'R', plan: 'crm', planPath: null, connection: 'shop', state, started: '', ended: '' },
    ...{ tables: tableList.length, complete: withVerdict('complete'), unproven: withVerdict('unproven') },
    ...{
      progress: null,
      here: false,
      cancelling: false,
      paused: null,
      queuedUntil: null,
      pausable: null,
      package: '/p',
      folder: '/',
      packageFiles: [],
      vkey: null,
    },
    ...{
      ledgerSeq: 1,
      snapshot: null,
      error: null,
      figures: null,
      wholeSoFar: null,
      loadSummary: null,
      load: null,
      warnings: [],
      masked: 0,
      production: false,
      planTables: null,
    },
    totals: {
      ...{ rows: 1200, expectedRows: 1200, exact: true, bytes: 5, rowsPerSecond: 0, bytesPerSecond: 0 },
      ...{ etaMs: null, elapsedMs: 5, stillMs: 0, keptRows: 0, keptBytes: 0 },
    },
    ...{ tableList: [...tableList], deliveries: [], throughput: { from: 0, values: [] }, events: [] },
    ...more,
  };
}

describe('what a finished run leads with', () => {
  it('is Complete only where every table is', () => {
    const shown = verdictOf(run('succeeded', [table('a', 'complete'), table('b', 'complete')]));
    expect(shown).toMatchObject({ tone: 'ok', word: 'Complete', rest: '2 of 2 tables: source = written = re-read' });
    expect(shown.why[0]?.text).toContain(`1${NBSP}200 rows were counted`);
  });

  it('says when it was asked for a part of its plan', () => {
    const shown = verdictOf(run('succeeded', [table('b', 'complete')], { planTables: 2 }));
    expect(shown.why[0]?.text).toBe('The plan has 2 tables; this run was asked for 1 of them.');
  });

  it('is Cannot be proven, with the reason, where the source may have changed', () => {
    const why = 'It has no snapshot.';
    const shown = verdictOf(run('succeeded', [table('a', 'complete'), table('b', 'unproven', why)]));
    expect(shown).toMatchObject({ tone: 'warn', word: 'Cannot be proven', why: [{ table: 'b', text: why }] });
  });

  it('names what is missing and why, three at most, and says how many more there are', () => {
    const missing = ['b', 'c', 'd', 'e'].map((name) => table(name, 'incomplete', `${name} failed.`));
    const shown = verdictOf(run('partial', [table('a', 'complete'), ...missing]));
    expect(shown).toMatchObject({ tone: 'bad', word: 'Incomplete', rest: '1 of 5 tables are complete', more: 1 });
    expect(shown.why.map(({ table: name }) => name)).toEqual(['b', 'c', 'd']);
  });

  it('tells the error of a run that came to no table', () => {
    const said = { message: 'No answer.', remedy: 'Look.', context: {} };
    const error = { code: 'SOURCE/UNREACHABLE', kind: 'unavailable', ...said } as const;
    const shown = verdictOf(run('failed', [], { error, package: null }));
    expect(shown).toMatchObject({ word: 'Failed', why: [{ text: 'SOURCE/UNREACHABLE: No answer.', remedy: 'Look.' }] });
  });

  it('says what is left of a run that was interrupted or cancelled', () => {
    expect(verdictOf(run('interrupted', [])).why[0]?.text).toContain('no package');
    expect(verdictOf(run('cancelled', [], { package: null })).why[0]?.text).toBe('No package was written.');
  });

  it('puts what is not complete first and keeps the order of the plan', () => {
    const tables = [table('a', 'complete'), table('b', 'unproven'), table('c', 'incomplete'), table('d', 'complete')];
    expect(worstFirst(tables).map(({ name }) => name)).toEqual(['c', 'b', 'a', 'd']);
  });
});

describe('what happened, in words', () => {
  it('tells equal counts from others', () => {
    const counts = { sourceRows: 1000, writtenRows: 1000, rereadRows: 999, why: null };
    const bad = wordsOf({ kind: 'verdict', table: 'a', verdict: 'incomplete', ...counts });
    expect(bad).toEqual({
      ...{ tone: 'bad', table: 'a' },
      text: `Incomplete: source 1${NBSP}000, written 1${NBSP}000, re-read 999`,
    });
  });
});

describe('the throughput chart', () => {
  it('has an axis that people can read', () => {
    expect([0, 1, 3, 12, 480, 501, 96_000].map(niceCeiling)).toEqual([1, 1, 5, 20, 500, 1000, 100_000]);
    expect([1, 2, 3, 480, 14_000].map(countTicks)).toEqual([
      [0, 1, 2],
      [0, 1, 2],
      [0, 5],
      [0, 250, 500],
      [0, 10_000, 20_000],
    ]);
    expect(timeTicks(0, 10)).toEqual([2, 4, 6, 8]);
    expect(timeTicks(40, 640).every((at) => at > 40 && at < 640)).toBe(true);
    expect(timeTicks(0, 600).length).toBeLessThanOrEqual(5);
  });
});

describe('the throughput chart of a run that has read nothing', () => {
  it('has no numbers but zero', () => {
    expect(countTicks(0)).toEqual([0]);
  });
});

describe('an estimate of time', () => {
  it('is no finer than anybody knows it', () => {
    expect([400, 3100, 89_000, 780_000, 9_000_000].map(formatRoughDuration)).toEqual([
      ...['1 s', '3 s', '89 s', '13 min', '2.5 h'],
    ]);
  });
});
