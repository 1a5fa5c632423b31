import { describe, expect, it } from 'vitest';
import type { CatalogTable } from '../../../src-shared/model/catalog.ts';
import { describeDrift } from '../../../src-main/engine/plan/catalog-drift.ts';
import { catalogShape, digestShape } from '../../../src-main/engine/plan/catalog-shape.ts';
import { column, foreignKey, INT, table, TEXT } from './plan-builder.ts';

const BASE = table('s.t', [column('id', INT, false), column('a'), column('b')], {
  foreignKeys: [foreignKey('a', 's.x', 'id')],
});
const drift = (change: Partial<CatalogTable>) =>
  describeDrift(catalogShape([BASE], []), catalogShape([{ ...BASE, ...change }], []));

describe('the shape of a catalog', () => {
  it('does not depend on statistics, remarks, constraint names or the order of tables', () => {
    const other = table('s.u', [column('id', INT)]);
    const first = catalogShape([BASE, other], []);
    const renamed = { ...BASE, foreignKeys: [{ ...foreignKey('a', 's.x', 'id'), name: 'other' }] };
    const second = catalogShape([other, { ...renamed, estimatedRows: 7, estimatedBytes: null, remarks: ['x'] }], []);
    expect(digestShape(second)).toBe(digestShape(first));
  });

  it('has a digest that stays the same from release to release', () => {
    expect(digestShape(catalogShape([table('s.t', [column('id', INT, false)])], []))).toBe(
      'sha256:33da0659ba4d4e4782a9b073236934bbbfdd235df3897fe10850984e57eddfba',
    );
  });
});

describe('describeDrift', () => {
  it.each<[string, Partial<CatalogTable>, readonly string[]]>([
    ['nothing', {}, []],
    ['a new column', { columns: [...BASE.columns, column('c')] }, ['s.t has a new column c (text).']],
    ['a lost column', { columns: BASE.columns.slice(0, 2) }, ['s.t lost the column b.']],
    ['another type', { columns: BASE.columns.with(2, column('b', INT)) }, ['s.t.b was text and is int.']],
    [
      'NULL no longer allowed',
      { columns: BASE.columns.with(2, column('b', TEXT, false)) },
      ['s.t.b may no longer be NULL.'],
    ],
    ['NULL allowed', { columns: BASE.columns.with(0, column('id', INT)) }, ['s.t.id may now be NULL.']],
    ['another order', { columns: BASE.columns.toReversed() }, ['The columns of s.t stand in another order.']],
    ['another primary key', { primaryKey: ['id', 'a'] }, ['The primary key of s.t was (id) and is (id, a).']],
    ['no primary key', { primaryKey: [] }, ['The primary key of s.t was (id) and is none.']],
    ['a lost foreign key', { foreignKeys: [] }, ['s.t lost the foreign key (a) → s.x(id).']],
    [
      'a new foreign key',
      { foreignKeys: [...BASE.foreignKeys, foreignKey('b', 's.y', 'id')] },
      ['s.t has a new foreign key (b) → s.y(id).'],
    ],
  ])('tells of %s', (_what, change, expected) => {
    expect(drift(change)).toEqual(expected);
    const changed = digestShape(catalogShape([{ ...BASE, ...change }], [])) !== digestShape(catalogShape([BASE], []));
    expect(changed).toBe(expected.length > 0);
  });

  it('tells of tables and queries that came and went', () => {
    const one = catalogShape([BASE], [['q', [{ name: 'a', nativeType: 'int', nullable: true, type: INT }]]]);
    const two = catalogShape([table('s.u', [])], [['q', []]]);
    expect(describeDrift(one, two)).toEqual(['Table s.t is gone.', 'Table s.u is new.', 'q lost the column a.']);
  });
});
