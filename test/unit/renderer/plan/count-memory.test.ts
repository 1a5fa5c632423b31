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

  const of = (counts: readonly (ReturnType<typeof exactly> | null)[], tables: readonly CompiledTableFacts[]) => ({
    of: (one: CompiledTableFacts) => counts[tables.indexOf(one)] ?? null,
    isComing: () => false,
  });

  it('are exact where each table was counted, as of the oldest count', () => {
    const tables = [table(), table()];
    expect(totalRows(tables, of([exactly(3, '14:06'), exactly(4, '09:30')], tables))).toEqual({
      ...{ rows: 7, exactAt: '2026-11-26T09:30:00.000Z', known: 2, unknown: 0, isComing: false },
    });
  });

  it('are an estimate where one was not, and unknown where nothing is known', () => {
    const tables = [table({ rows: 10 }), table(), table()];
    expect(totalRows(tables, of([null, exactly(5, '14:06')], tables))).toEqual({
      ...{ rows: 15, exactAt: null, known: 2, unknown: 1, isComing: false },
    });
    const nothing = { rows: null, exactAt: null, known: 0, isComing: false };
    expect(totalRows([table()], of([], []))).toEqual({ ...nothing, unknown: 1 });
    expect(totalRows([], of([], []))).toEqual({ ...nothing, unknown: 0 });
  });

  it('are on their way where one is being counted of which nothing is known', () => {
    const coming = { of: () => null, isComing: () => true };
    expect(totalRows([table()], coming).isComing).toBe(true);
    // An estimate stands until the count is there.
    expect(totalRows([table({ rows: 10 })], coming)).toMatchObject({ rows: 10, exactAt: null, isComing: false });
  });
});
