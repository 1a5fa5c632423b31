import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CompiledColumn, CompiledTableFacts } from '../../../../src-shared/contract/plans.ts';
import type { Plan, PlanEntry } from '../../../../src-shared/model/plan.ts';
import { changed, earlier, withPath } from '../../../../src-renderer/features/plan/deliver/delivery-list.ts';
import { optionEdit } from '../../../../src-renderer/features/plan/masking/mask-edits.ts';
import { PendingCommit } from '../../../../src-renderer/features/plan/pending-commit.ts';

const column: CompiledColumn = {
  ...{ name: 'iban', nativeType: 'text', type: 'text', kind: 'text', nullable: true, chosen: true },
  ...{ mask: { mask: 'partial', keep: 4 }, personal: null, primaryKey: false, foreignKey: null, remark: null },
};

function rowOf(table: [string, string], query: string | null = null) {
  const facts = { name: table.join('.'), table, query } as CompiledTableFacts; // no more of it is looked at
  return { id: 'a row', table: facts, column };
}

const planOf = (entry: PlanEntry): Plan => ({
  ...{ waybill: 1, name: 'a', purpose: 'b', connection: 'c', tables: [entry], format: { type: 'csv' } },
});

describe('an option of a mask', () => {
  const now = { mask: 'partial', keep: 4, from: 'end' };

  it.each<[string, PlanEntry, ReturnType<typeof rowOf>]>([
    ['a table', { table: 'public.payments', masks: { iban: now } }, rowOf(['public', 'payments'])],
    ['a table by its two names', { table: ['a.b', 'c'], masks: { iban: now } }, rowOf(['a.b', 'c'])],
    ['a query', { query: 'select 1', name: 'q', columns: { iban: now } }, rowOf(['', 'q'], 'q')],
  ])('keeps the one of %s that was set a moment before and is not on screen yet', (_what, entry, row) => {
    const edit = optionEdit(planOf(entry), row, { property: 'fill', value: '*' });
    expect(edit).toMatchObject({ kind: 'mask', column: 'iban', mask: { ...now, fill: '*' } });
  });

  it('goes where the usual holds, and changes no mask that was chosen meanwhile', () => {
    const row = rowOf(['public', 'payments']);
    const plan = (mask: { mask: string }) => planOf({ table: 'public.payments', masks: { iban: mask } });
    expect(optionEdit(plan(now), row, { property: 'keep', value: undefined })).toMatchObject({
      mask: { mask: 'partial', from: 'end' },
    });
    expect(optionEdit(plan({ mask: 'redact' }), row, { property: 'keep', value: 2 })).toMatchObject({
      mask: { mask: 'redact' },
    });
  });
});

describe('deliveries', () => {
  const two = [{ target: 'crm', path: 'typed/just/now' }, { target: 'archive' }];

  it('keep a path that was typed a moment before', () => {
    const without = changed(two, { index: 1, delivery: { target: 'archive' } }, null);
    expect(without).toEqual([{ target: 'crm', path: 'typed/just/now' }]);
    expect(earlier(two, 1)).toEqual([{ target: 'archive' }, two[0]]);
  });

  it('are left as they are where the one that is meant is not there any more', () => {
    const delivery = { target: 'gone' };
    expect(changed(two, { index: 1, delivery }, withPath(delivery, 'x'))).toEqual(two);
    expect(changed(two, { index: 7, delivery }, null)).toEqual(two);
  });
});

describe('a text that waits to be saved', () => {
  const saved: string[] = [];
  const pending = new PendingCommit();
  beforeEach(() => {
    vi.useFakeTimers();
    saved.length = 0;
    pending.follow({ value: 'before', onCommit: (text) => saved.push(text) });
  });
  afterEach(() => void vi.useRealTimers());

  it('is saved after the pause, once', () => {
    pending.wait('a', 400);
    pending.wait('ab', 400);
    vi.advanceTimersByTime(399);
    expect(saved).toEqual([]);
    vi.advanceTimersByTime(1);
    pending.flush();
    expect(saved).toEqual(['ab']);
  });

  it('is not lost when its field goes away before the pause is over', () => {
    pending.wait('typed', 400);
    pending.flush();
    vi.advanceTimersByTime(1000);
    expect(saved).toEqual(['typed']);
  });

  it('goes to the field as it was drawn last, and not where it is saved already or taken back', () => {
    const later: string[] = [];
    pending.wait('x', 400);
    pending.follow({ value: 'y', onCommit: (text) => later.push(text) });
    pending.flush();
    pending.wait('y', 400);
    pending.flush();
    pending.wait('z', 400);
    pending.drop();
    vi.advanceTimersByTime(1000);
    expect([saved, later]).toEqual([[], ['x']]);
  });
});
