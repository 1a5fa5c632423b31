import { describe, expect, it } from 'vitest';
import type { CompiledColumn } from '../../../../src-shared/contract/plans.ts';
import { chooseColumns } from '../../../../src-renderer/features/plan/columns/choose-columns.ts';

const entry = { namespace: 'public', name: 'people' };
const column = (name: string, more: Partial<CompiledColumn> = {}): CompiledColumn => ({
  name,
  nativeType: 'text',
  type: 'text',
  kind: 'text',
  nullable: true,
  chosen: true,
  mask: null,
  personal: null,
  primaryKey: false,
  foreignKey: null,
  remark: null,
  ...more,
});
const columns = [
  column('id', { primaryKey: true }),
  column('email', { mask: { mask: 'redact' } }),
  column('shape', { type: null, chosen: false }),
  column('note', { chosen: false }),
];
const choose = (names: readonly string[], chosen: boolean) => chooseColumns(entry, columns, { names, chosen });

describe('chooseColumns', () => {
  it('changes one column where it stands', () => {
    expect(choose(['note'], true)).toEqual([{ kind: 'column', entry, column: 'note', chosen: true }]);
  });

  it('takes the mask away with its column', () => {
    expect(choose(['email'], false)).toEqual([
      { kind: 'mask', entry, column: 'email', mask: null },
      { kind: 'column', entry, column: 'email', chosen: false },
    ]);
  });

  it('writes many at once and leaves out what cannot be carried', () => {
    const none = columns.map((one) => ({ ...one, chosen: one.name === 'id' }));
    const names = columns.map(({ name }) => name);
    expect(chooseColumns(entry, none, { names, chosen: true })).toEqual([
      { kind: 'columns', entry, columns: ['id', 'email', 'note'] },
    ]);
  });

  it('never leaves a table without columns, and changes nothing that is so already', () => {
    expect(choose(['id', 'email'], false)).toEqual([]);
    expect(choose(['id', 'shape'], true)).toEqual([]);
  });
});
