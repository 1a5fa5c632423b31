import { describe, expect, it } from 'vitest';
import type { CompiledColumn, CompiledTableFacts } from '../../../../src-shared/contract/plans.ts';
import {
  inKeptOrder,
  nextSuspect,
  rowId,
  type MaskingRow,
} from '../../../../src-renderer/features/plan/masking/masking-rows.ts';
import { maskWords } from '../../../../src-renderer/features/plan/mask-words.ts';
import { countFindings, stepOf } from '../../../../src-renderer/features/plan/step-ids.ts';
import { matchingTables } from '../../../../src-renderer/features/plan/tables/matching-tables.ts';
import { widthOf } from '../../../../src-renderer/features/plan/rows/column-widths.ts';

describe('findings', () => {
  it('stand at the step where something can be done about them', () => {
    expect(stepOf({ code: 'PLAN/MASK_UNFIT' })).toBe('masking');
    expect(stepOf({ code: 'FORMAT/OPTION_INVALID' })).toBe('format');
    expect(stepOf({ code: 'TARGET/ABSENT' })).toBe('deliver');
    expect(stepOf({ code: 'PLAN/STALE' })).toBe('review');
    const counts = countFindings(
      [
        { severity: 'error', code: 'PLAN/SQL_REFUSED', message: '' },
        { severity: 'warning', code: 'MASK/OPTION_INVALID', message: '' },
        { severity: 'note', code: 'PLAN/INVALID', message: '' },
      ],
      { suspected: 2, refused: 1 },
    );
    expect(counts).toMatchObject({
      columns: { errors: 2, warnings: 0 },
      masking: { errors: 0, warnings: 3 },
      review: { errors: 0, warnings: 0 },
    });
  });
});

describe('columns to mask', () => {
  // What is looked at of a row is here; the rest of it does not count.
  const row = (name: string, column: Partial<CompiledColumn>): MaskingRow => ({
    id: rowId('t', name),
    table: { name: 't' } as CompiledTableFacts,
    column: { name, mask: null, personal: null, remark: null, ...column } as CompiledColumn,
  });
  const personal = {
    class: 'person.email',
    category: 'email',
    confidence: 'high',
    reason: '',
    suggestion: { mask: 'x' },
  };
  const rows = [row('id', {}), row('email', { personal }), row('name', { personal, mask: { mask: 'redact' } })];

  it('come with the suspected first, and keep their places while they are edited', () => {
    const kept = new Map<string, number>();
    const names = (all: readonly MaskingRow[]): string[] => all.map(({ column }) => column.name);
    expect(names(inKeptOrder(rows, kept))).toEqual(['email', 'name', 'id']);
    const masked = [row('id', {}), row('email', { personal, mask: { mask: 'x' } }), row('name', { personal })];
    expect(names(inKeptOrder(masked, kept))).toEqual(['email', 'name', 'id']);
    expect(names(inKeptOrder([...masked, row('phone', { personal })], kept))).toEqual(['email', 'phone', 'name', 'id']);
  });

  it('are gone through one suspected after the other', () => {
    const two = [row('email', { personal }), row('id', {}), row('phone', { personal })];
    expect(nextSuspect(two, rowId('t', 'email'))?.column.name).toBe('phone');
    expect(nextSuspect(two, rowId('t', 'phone'))?.column.name).toBe('email');
    expect(nextSuspect([row('id', {})], null)).toBeUndefined();
  });

  it('say their mask in few words', () => {
    expect(maskWords({ mask: 'partial', keepLast: 4 })).toBe('partial, keepLast 4');
    expect(maskWords({ mask: 'pseudonym', class: 'person.email', normalize: [] })).toBe('pseudonym');
  });
});

describe('tables by name', () => {
  const line = (name: string) => ({ name, kind: 'table', columns: 1, rows: 1, bytes: 1, suspected: 0 });
  const catalog = {
    product: 'x',
    version: '1',
    readAt: '',
    session: { user: '', database: '', tls: null, readOnly: 'enforced by the server' as const },
    namespaces: [{ name: 'public', tables: [line('orders'), line('order_items'), line('a.b')] }],
  };

  it('are found by globs over the name or both names, and as they are', () => {
    expect(matchingTables(catalog, 'public.order*').map(([, name]) => name)).toEqual(['orders', 'order_items']);
    expect(matchingTables(catalog, 'ORDERS')).toEqual([['public', 'orders']]);
    expect(matchingTables(catalog, 'order')).toEqual([]);
    expect(matchingTables(catalog, 'a.b')).toEqual([['public', 'a.b']]);
    expect(matchingTables(catalog, ' ')).toEqual([]);
  });
});

describe('the width of a column of rows', () => {
  it('never cuts figures, and cuts text', () => {
    const number = { name: 'n', type: 'int64', kind: 'number', mask: null };
    const digits = '9'.repeat(60);
    expect(widthOf(number, [digits])).toBeGreaterThan(60 * 7.2);
    expect(widthOf({ ...number, kind: 'text' }, [digits])).toBeLessThanOrEqual(260);
    expect(widthOf(number, [])).toBeGreaterThan(50);
  });
});
