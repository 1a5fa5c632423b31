import { describe, expect, it } from 'vitest';
import type { CompiledTableFacts } from '../../../../src-shared/contract/plans.ts';
import type { Plan } from '../../../../src-shared/model/plan.ts';
import { CountMemory, type Counted } from '../../../../src-renderer/features/plan/count-memory.ts';
import { totalRows } from '../../../../src-renderer/features/plan/total-rows.ts';

// What is looked at of a plan and a table is here; the rest of them does not count.
const table = (more: Partial<CompiledTableFacts> = {}): CompiledTableFacts =>
  ({ name: 'public.orders', where: null, limit: null, query: null, rows: null, ...more }) as CompiledTableFacts;
const plan = { connection: 'shop', tables: [] } as unknown as Plan;
const counted = (more: Partial<Counted> = {}): Counted => ({
  ...{ plan, connection: { name: 'shop', revision: 'A' }, table: table() },
  ...more,
});
const COUNT = { rows: 412, at: '2026-11-26T14:06:12.000Z' };

describe('counts that were taken', () => {
  it('are found again under the same filter, and only there', () => {
    const memory = new CountMemory();
    memory.keep(counted(), COUNT);
    expect(memory.of(counted())).toEqual(COUNT);
    expect(memory.of(counted({ table: table({ where: 'id > 3' }) }))).toBeNull();
    expect(memory.of(counted({ table: table() }))).toEqual(COUNT);
  });

  it('are forgotten with the connection as it was: edited, or removed and added anew under its name', () => {
    const memory = new CountMemory();
    memory.keep(counted(), COUNT);
    expect(memory.of(counted({ connection: { name: 'shop', revision: 'B' } }))).toBeNull();
    expect(memory.of(counted({ connection: { name: 'archive', revision: 'A' } }))).toBeNull();
  });
});

describe('the rows of a plan', () => {
  const exactly = (rows: number, at: string) => ({ rows, at: `2026-11-26T${at}:00.000Z` });

  it('are exact where each table was counted, as of the oldest count', () => {
    const counts = [exactly(3, '14:06'), exactly(4, '09:30')];
    const total = totalRows([table(), table()], (_table, index) => counts[index] ?? null);
    expect(total).toEqual({ rows: 7, exactAt: '2026-11-26T09:30:00.000Z', unknown: 0 });
  });

  it('are an estimate where one was not, and unknown where nothing is known', () => {
    const tables = [table({ rows: 10 }), table(), table()];
    expect(totalRows(tables, (_table, index) => (index === 1 ? exactly(5, '14:06') : null))).toEqual({
      ...{ rows: 15, exactAt: null, unknown: 1 },
    });
    expect(totalRows([table()], () => null)).toEqual({ rows: null, exactAt: null, unknown: 1 });
    expect(totalRows([], () => null)).toEqual({ rows: null, exactAt: null, unknown: 0 });
  });
});
