import { describe, expect, it } from 'vitest';
import { figuresOf, summarize } from '../../../src-main/app/run-figures.ts';
import type { RunFacts } from '../../../src-main/app/run-records.ts';
import { RunTimes, type ReportedTable } from '../../../src-main/app/run-times.ts';
import type { Clock } from '../../../src-main/ports/clock.ts';
import type { TableEvent, TableResult } from '../../../src-main/engine/run/table-job.ts';

function resultOf(name: string, more: Partial<TableResult> = {}): TableResult {
  return {
    ...{ name, table: ['main', name], sourceRows: 100, writtenRows: 100, rereadRows: 100, verdict: 'complete' },
    resources: [{ path: `data/${name}.csv`, bytes: 5000, sha256: '', rows: 100 }],
    elapsedMs: 1000,
    ...more,
  };
}

const FAILED = { verdict: 'incomplete', writtenRows: null, sourceRows: null, rereadRows: null, resources: [] } as const;

/** A run that is measured with a clock that only a test moves. */
function measure(script: (at: (ms: number, event: TableEvent) => void, abort: () => void) => void): RunTimes {
  const controller = new AbortController();
  const now = { ms: 500 };
  const clock: Clock = { now: () => new Date(1_700_000_000_000 + now.ms), monotonicMs: () => now.ms };
  const times = new RunTimes(clock, controller.signal);
  script(
    (ms, event) => {
      now.ms = 500 + ms;
      times.onEvent(event);
    },
    () => controller.abort(),
  );
  return times;
}

const started = (table: string): TableEvent => ({ type: 'table.started', table, estimatedRows: null });
const progress = (table: string): TableEvent => ({
  ...{ type: 'table.progress', table, rows: 1, bytes: 1, rowsPerSecond: 0, etaMs: null },
});
const checking = (table: string): TableEvent => ({ type: 'table.checking', table, rows: 100, bytes: 5000 });
const finished = (result: TableResult): TableEvent => ({ type: 'table.finished', result });

describe('the times of a run', () => {
  it('say how long each table was waited for, read and checked', () => {
    const times = measure((at) => {
      at(0, started('a'));
      at(40, progress('a'));
      at(240, progress('a'));
      at(700, checking('a'));
      at(1000, finished(resultOf('a')));
    });
    expect(times.told(resultOf('a')).times).toMatchObject({ waitingMs: 40, writingMs: 660, checkingMs: 300 });
    expect(times.told(resultOf('a')).times?.began).toBe(new Date(1_700_000_000_500).toISOString());
  });

  it('leave out what a table did not come to, and hold an empty one to have waited', () => {
    const times = measure((at) => {
      at(0, started('dead'));
      at(300, finished(resultOf('dead', FAILED)));
      at(300, started('empty'));
      at(310, checking('empty'));
      at(320, finished(resultOf('empty')));
    });
    expect(times.told(resultOf('dead', FAILED)).times).toMatchObject({
      ...{ waitingMs: 300, writingMs: null, checkingMs: null },
    });
    expect(times.told(resultOf('empty')).times).toMatchObject({ waitingMs: 10, writingMs: 0, checkingMs: 10 });
  });

  it('do not take what is kept of an earlier run for the first rows', () => {
    const times = measure((at) => {
      at(0, started('a'));
      at(1, { type: 'table.kept', table: 'a', rows: 900, bytes: 9000 });
      at(40, progress('a'));
      at(240, checking('a'));
      at(300, finished(resultOf('a')));
    });
    expect(times.told(resultOf('a')).times).toMatchObject({ waitingMs: 40, writingMs: 200 });
  });

  it('tell a table that was not reached from one that was stopped half-way', () => {
    const times = measure((at, abort) => {
      at(0, started('half'));
      abort();
      at(10, finished(resultOf('half', FAILED)));
      at(10, started('never'));
      at(10, finished(resultOf('never', FAILED)));
    });
    expect(times.told(resultOf('half', FAILED)).notReached).toBeUndefined();
    expect(times.told(resultOf('never', FAILED)).notReached).toBe(true);
    // What an earlier run read was neither.
    const kept = resultOf('kept', { readBy: { run: 'r', snapshot: 's' } });
    expect(times.told(kept)).toEqual(kept);
  });
});

describe('the figures of a run', () => {
  const stages = { openingMs: 20, sealingMs: null, pausedMs: null, queuedMs: null };

  it('count tables by what became of them, with those that it never came to', () => {
    const tables: ReportedTable[] = [
      resultOf('a'),
      resultOf('b', { readBy: { run: 'r', snapshot: 's' } }),
      resultOf('c', { verdict: 'unproven' }),
      resultOf('d', FAILED),
      { ...resultOf('e', FAILED), notReached: true },
    ];
    expect(summarize({ tables, planned: 7, elapsedMs: 4000, stages }).tables).toEqual({
      ...{ planned: 7, complete: 2, unproven: 1, failed: 1, notReached: 3, kept: 1 },
    });
  });

  it('give the volume of the package, and rates of what the run read itself', () => {
    const tables = [resultOf('a'), resultOf('b', { readBy: { run: 'r', snapshot: 's' } })];
    expect(summarize({ tables, planned: 2, elapsedMs: 2000, stages })).toMatchObject({
      ...{ rows: 200, bytes: 10_000, files: 2, elapsedMs: 2000, rowsPerSecond: 50, bytesPerSecond: 2500 },
    });
  });

  it('leave the parts that an earlier run read out of every rate', () => {
    const kept = { path: 'data/a.0001.csv', bytes: 9000, sha256: '', rows: 900, readBy: { run: 'r', snapshot: 's' } };
    const own = { path: 'data/a.0002.csv', bytes: 1000, sha256: '', rows: 100 };
    const tables = [resultOf('a', { writtenRows: 1000, resources: [kept, own], elapsedMs: 500 })];
    const { rows, rowsPerSecond, bytesPerSecond, slowest } = summarize({
      ...{ tables, planned: 1, elapsedMs: 1000, stages },
    });
    expect({ rows, rowsPerSecond, bytesPerSecond }).toEqual({ rows: 1000, rowsPerSecond: 100, bytesPerSecond: 1000 });
    expect(slowest[0]).toMatchObject({ rows: 1000, rowsPerSecond: 200, bytesPerSecond: 2000 });
  });

  it('count no pause into a rate', () => {
    const paused = { ...stages, pausedMs: 3000 };
    const { rowsPerSecond, elapsedMs, time } = summarize({
      ...{ tables: [resultOf('a')], planned: 1, elapsedMs: 5000, stages: paused },
    });
    expect({ rowsPerSecond, elapsedMs, pausedMs: time.pausedMs }).toEqual({
      ...{ rowsPerSecond: 50, elapsedMs: 5000, pausedMs: 3000 },
    });
  });

  it('name the five that took longest, the longest first, and no table of an earlier run', () => {
    const tables = [3, 9, 1, 7, 5, 8].map((seconds) => resultOf(`t${seconds}`, { elapsedMs: seconds * 1000 }));
    const kept = resultOf('kept', { elapsedMs: 99_000, readBy: { run: 'r', snapshot: 's' } });
    const { slowest } = summarize({ tables: [...tables, kept], planned: 7, elapsedMs: 40_000, stages });
    expect(slowest.map(({ name }) => name)).toEqual(['t9', 't8', 't7', 't5', 't3']);
    expect(slowest[0]).toMatchObject({ rows: 100, bytes: 5000, rowsPerSecond: 11, times: null });
  });

  it('invent nothing where nothing was measured', () => {
    const figures = summarize({ tables: [resultOf('d', FAILED)], planned: 1, elapsedMs: null, stages });
    expect(figures).toMatchObject({ rows: 0, rowsPerSecond: null, bytesPerSecond: null });
    expect(figures.slowest[0]).toMatchObject({ rowsPerSecond: null, times: null });
    expect(figures.time).toEqual({
      openingMs: 20,
      sealingMs: null,
      pausedMs: null,
      queuedMs: null,
      waitingMs: null,
      writingMs: null,
      checkingMs: null,
    });
    // Only kept tables: the time was not spent on them.
    const kept = resultOf('kept', { readBy: { run: 'r', snapshot: 's' } });
    expect(summarize({ tables: [kept], planned: 1, elapsedMs: 10, stages }).rowsPerSecond).toBeNull();
  });

  it('are read from a record, also one of a version that measured less, and not from one that died', () => {
    const facts: RunFacts = {
      ...{ run: 'r', state: 'succeeded', plan: 'p', connection: 'c', folder: '/f', package: null },
      ...{ started: '2026-11-02T09:15:00.000Z', ended: '2026-11-02T09:15:02.000Z' },
      report: { tables: [resultOf('a')] },
    };
    expect(figuresOf(facts)).toMatchObject({ rows: 100, elapsedMs: 2000, rowsPerSecond: 50, tables: { planned: 1 } });
    // A clock that was set back.
    expect(figuresOf({ ...facts, ended: '2026-11-02T09:14:00.000Z' })).toMatchObject({ elapsedMs: null });
    expect(figuresOf({ ...facts, state: 'interrupted' })).toBeNull();
    expect(figuresOf({ ...facts, report: undefined })).toBeNull();
  });
});
