import { expect, it } from 'vitest';
import { keptChecks } from '../../../../src-main/engine/migrate/kept-checks.ts';
import type { CatalogTable } from '../../../../src-shared/model/catalog.ts';

const TABLE: CatalogTable = {
  ...{ namespace: 'shop', name: 'people', kind: 'table', columns: [], primaryKey: [], foreignKeys: [] },
  ...{ estimatedRows: null, estimatedBytes: null },
  definition: {
    indexes: [],
    others: [],
    checks: [
      { name: 'grown', column: null, clause: 'CHECK ((age > 17))', columns: ['age'] },
      { name: null, column: 'name', clause: "CHECK (`name` <> '')", columns: null },
    ],
  },
};

function kept(own: boolean, plain: readonly string[], isWhole: boolean): { names: unknown[]; notes: string[] } {
  const notes: string[] = [];
  const checks = keptChecks(TABLE, { own, plain: new Set(plain), isWhole, note: (text) => void notes.push(text) });
  return { names: checks.map(({ clause }) => clause), notes };
}

it('keeps those whose columns go out as they are', () => {
  expect(kept(true, ['age', 'name'], true)).toEqual({
    names: ['CHECK ((age > 17))', "CHECK (`name` <> '')"],
    notes: [],
  });
});

it('lists one with a masked column, and one of which nobody says what it names', () => {
  expect(kept(true, ['name'], false)).toEqual({
    names: [],
    notes: [
      'Not carried: check grown, since not all of its columns go out as they are: CHECK ((age > 17)).',
      "Not carried: check of name, since not all of its columns go out as they are: CHECK (`name` <> '').",
    ],
  });
});

it('lists all of them for another product', () => {
  expect(kept(false, ['age', 'name'], true)).toEqual({
    names: [],
    notes: ['Not carried: check grown: CHECK ((age > 17)).', "Not carried: check of name: CHECK (`name` <> '')."],
  });
});
