import { describe, expect, it } from 'vitest';
import { mergeUpdate, overlay } from '../../../src-renderer/rpc/merge-update.ts';
import type { RunDetail, RunTable, RunUpdate } from '../../../src-shared/contract/runs.ts';

const table = (name: string, rows: number): RunTable => ({
  ...{ name, table: ['public', name], state: 'reading', estimatedRows: 100, rows, bytes: rows, files: 0 },
  ...{ rowsPerSecond: 1, etaMs: null, sourceRows: null, writtenRows: null, rereadRows: null },
  ...{ verdict: null, why: null, error: null, elapsedMs: null, notReached: false, keptRows: 0, keptBytes: 0 },
});

const update = (more: Partial<RunUpdate>): RunUpdate => ({
  summary: {
    ...{ run: 'R', plan: 'crm', planPath: null, connection: 'shop', state: 'running', started: '', ended: null },
    ...{
      tables: 2,
      complete: 0,
      unproven: 0,
      progress: 0.5,
      here: true,
      cancelling: false,
      paused: null,
      queuedUntil: null,
    },
  },
  totals: {
    ...{ rows: 1, expectedRows: 200, exact: false, bytes: 1, rowsPerSecond: 1, bytesPerSecond: 1 },
    ...{ etaMs: null, elapsedMs: 1, stillMs: 0, keptRows: 0, keptBytes: 0 },
  },
  ...{ tables: [], events: [], throughput: { from: 0, values: [] }, deliveries: [], load: null, ended: false },
  ...more,
});

const event = (no: number) => ({ no, time: '', what: { kind: 'cancelling' as const } });

describe('the messages of a live run', () => {
  it('add up: tables by name in their order, events and seconds at the end', () => {
    const first = update({
      ...{ tables: [table('a', 1), table('b', 0)], events: [event(1)] },
      throughput: { from: 0, values: [5] },
    });
    const merged = mergeUpdate(
      mergeUpdate(null, first),
      update({ tables: [table('b', 7)], events: [event(2)], throughput: { from: 1, values: [6] } }),
    );
    expect(merged.tables.map(({ name, rows }) => [name, rows])).toEqual([
      ['a', 1],
      ['b', 7],
    ]);
    expect(merged.events.map(({ no }) => no)).toEqual([1, 2]);
    expect(merged.throughput).toEqual({ from: 0, values: [5, 6] });
  });

  it('leave alone what did not change, so that nothing of it is drawn anew', () => {
    const first = update({ tables: [table('a', 1)], events: [event(1)] });
    const merged = mergeUpdate(first, update({}));
    expect(merged.tables).toBe(first.tables);
    expect(merged.events).toBe(first.events);
    expect(merged.throughput).toBe(first.throughput);
  });

  it('keep ten minutes of throughput', () => {
    const first = update({ throughput: { from: 0, values: Array.from({ length: 600 }, () => 1) } });
    const merged = mergeUpdate(first, update({ throughput: { from: 600, values: [2] } }));
    expect(merged.throughput.from).toBe(1);
    expect(merged.throughput.values.at(-1)).toBe(2);
    expect(merged.throughput.values).toHaveLength(600);
  });

  it('lie over the record while it says running, and never over one that has ended', () => {
    const live = update({ tables: [table('a', 9)] });
    const detail = { ...live.summary, tableList: [table('a', 0)] } as unknown as RunDetail; // what is looked at
    expect(overlay(detail, live).tableList).toBe(live.tables);
    const ended = { ...detail, state: 'succeeded' } as RunDetail;
    expect(overlay(ended, live)).toBe(ended);
    expect(overlay(detail, undefined)).toBe(detail);
  });
});
