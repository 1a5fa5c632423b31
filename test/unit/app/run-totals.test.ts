import { describe, expect, it } from 'vitest';
import { tableAfter, waitingTable } from '../../../src-main/app/desk/runs/board-table.ts';
import { progressOf, totalsOf } from '../../../src-main/app/desk/runs/run-totals.ts';
import { ThroughputLog } from '../../../src-main/app/desk/runs/throughput-log.ts';
import type { RunTable } from '../../../src-shared/contract/runs.ts';

const waiting = (name: string, estimatedRows: number | null): RunTable =>
  waitingTable({ name, table: ['public', name], estimatedRows });

function reading(table: RunTable, rows: number): RunTable {
  const started = tableAfter(table, {
    type: 'table.started',
    table: table.name,
    estimatedRows: table.estimatedRows,
  });
  const moving = { type: 'table.progress', table: table.name, rows, bytes: rows * 10 } as const;
  return tableAfter(started, { ...moving, rowsPerSecond: 100, etaMs: null });
}

const finished = (table: RunTable, rows: number): RunTable => ({
  ...table,
  ...{ state: 'finished', rows, sourceRows: rows, writtenRows: rows, rereadRows: rows, verdict: 'complete' },
});
const SPEED = { rowsPerSecond: 100, bytesPerSecond: 1000, elapsedMs: 5000, stillMs: 0 };

describe('the totals of a run', () => {
  it('adds up what is written and what is expected, and tells an estimate from a count', () => {
    const tables = [finished(waiting('a', 90), 100), reading(waiting('b', 400), 100)];
    expect(totalsOf(tables, SPEED)).toMatchObject({ rows: 200, expectedRows: 500, exact: false, etaMs: 3000 });
    expect(progressOf(tables)).toBeCloseTo(0.4);
    const all = [finished(waiting('a', 90), 100), finished(waiting('b', 400), 300)];
    expect(totalsOf(all, SPEED)).toMatchObject({ rows: 400, expectedRows: 400, exact: true });
  });

  it('never shows more than there is to come, and nothing where nobody knows', () => {
    const low = [reading(waiting('a', 10), 50)];
    expect(totalsOf(low, SPEED)).toMatchObject({ rows: 50, expectedRows: 50 });
    expect(progressOf(low)).toBe(1);
    const unknown = [finished(waiting('a', 10), 10), reading(waiting('b', null), 5)];
    expect(totalsOf(unknown, SPEED)).toMatchObject({ expectedRows: null, etaMs: null });
    expect(progressOf(unknown)).toBe(0.5);
    expect(progressOf([])).toBeNull();
    // A large table moves the bar also beside small ones that nobody knows anything of.
    const [large, half] = [reading(waiting('a', 1000), 100), reading(waiting('a', 1000), 500)];
    const others = [waiting('b', null), waiting('c', null), waiting('d', null)];
    expect(progressOf([large, ...others])).toBeCloseTo(0.025);
    expect(progressOf([half, ...others])).toBeCloseTo(0.125);
    expect(progressOf([half, finished(waiting('b', null), 0), ...others.slice(1)])).toBeCloseTo(0.25);
    expect(progressOf([finished(waiting('empty', 0), 0)])).toBe(1);
  });

  it('tells what is kept of an earlier run from what is read', () => {
    const kept = { type: 'table.kept', table: 'a', rows: 900, bytes: 9000 } as const;
    const moving = {
      type: 'table.progress',
      table: 'a',
      rows: 950,
      bytes: 9500,
      rowsPerSecond: 1,
      etaMs: null,
    } as const;
    const read = tableAfter(tableAfter(waiting('a', 1000), kept), moving);
    expect(totalsOf([read], SPEED)).toMatchObject({ rows: 950, bytes: 9500, keptRows: 900, keptBytes: 9000 });
    const readBy = { run: 'r', snapshot: 's' };
    const result = {
      ...{ name: 'a', table: ['public', 'a'] as const, sourceRows: 90, writtenRows: 90, rereadRows: 90, elapsedMs: 1 },
      verdict: 'complete' as const,
      resources: [
        { path: 'data/a.0001.csv', bytes: 8, sha256: '', rows: 80, readBy },
        { path: 'data/a.0002.csv', bytes: 1, sha256: '', rows: 10 },
      ],
    };
    const parts = tableAfter(read, { type: 'table.finished', result });
    expect(parts).toMatchObject({ rows: 90, bytes: 9, keptRows: 80, keptBytes: 8 });
    const whole = tableAfter(read, { type: 'table.finished', result: { ...result, readBy } });
    expect(whole).toMatchObject({ rows: 90, keptRows: 90, keptBytes: 9 });
  });

  it('keeps nothing of a table that failed', () => {
    const error = { code: 'SOURCE/TIMEOUT', kind: 'unavailable', message: 'Too slow.', context: {} } as const;
    const counts = { sourceRows: null, writtenRows: null, rereadRows: null, resources: [], elapsedMs: 1 };
    const failed = tableAfter(reading(waiting('a', 100), 60), {
      type: 'table.finished',
      result: { name: 'a', table: ['public', 'a'], verdict: 'incomplete', why: error.message, error, ...counts },
    });
    expect(failed).toMatchObject({ state: 'finished', rows: 0, bytes: 0, files: 0, error: { code: 'SOURCE/TIMEOUT' } });
  });
});

describe('throughput', () => {
  it('is told from where a watcher has seen it, and forgets what is older than ten minutes', () => {
    const log = new ThroughputLog();
    for (let second = 1; second <= 605; second++) log.second({ rows: second * 10, bytes: second * 100 });
    expect(log.seconds).toBe(605);
    expect(log.rowsPerSecond).toBe(10);
    expect(log.bytesPerSecond).toBe(100);
    expect(log.since(603)).toEqual({ from: 603, values: [10, 10] });
    expect(log.since(0).from).toBe(5);
    expect(log.since(0).values).toHaveLength(600);
  });

  it('is nothing, and not less, in the second in which a table was given up', () => {
    const log = new ThroughputLog();
    log.second({ rows: 100, bytes: 1000 });
    log.second({ rows: 20, bytes: 200 });
    log.second({ rows: 50, bytes: 500 });
    expect(log.since(0).values).toEqual([100, 0, 30]);
  });
});
