import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literal, mysqlDialect, quoteName } from '../../../../src-main/connectors/mysql/dialect.ts';
import { logicalType } from '../../../../src-main/connectors/mysql/types.ts';
import type { TableRead } from '../../../../src-shared/model/table-read.ts';

const row = { characters: null, precision: null, scale: null, digits: null };
const column = (name: string, columnType: string, more: Partial<Parameters<typeof logicalType>[0]> = {}) => {
  const type = logicalType({ ...row, dataType: columnType.replace(/[ (].*/, ''), columnType, ...more });
  if (type === null) throw new Error(columnType);
  return { name, nativeType: columnType, nullable: true, type };
};
const COLUMNS = [
  column('id', 'bigint(20) unsigned'),
  column('padded', 'int(8) unsigned zerofill'),
  column('price', 'decimal(10,2)', { precision: '10', scale: '2' }),
  column('price0', 'decimal(10,2) unsigned zerofill', { precision: '10', scale: '2' }),
  column('ratio', 'float'),
  column('exact', 'double'),
  column('flags', 'bit(12)', { precision: '12' }),
  column('vintage', 'year(4)'),
  column('born', 'date'),
  column('at', 'datetime(6)', { digits: '6' }),
  column('seen', 'timestamp(3)', { digits: '3' }),
  column('na`me', 'varchar(40)', { characters: '40' }),
  column('kind', "enum('bit','zerofill')", { characters: '8' }),
  column('raw', 'varbinary(16)', { characters: '16' }),
  column('place', 'point'),
];
const TABLE: TableRead = {
  source: { kind: 'table', table: { namespace: 'shop', name: 'or`ders' } },
  columns: COLUMNS,
  where: null,
  orderBy: [],
  limit: null,
  params: {},
};
const FILTERED: TableRead = {
  ...TABLE,
  columns: COLUMNS.slice(0, 2),
  where: "at >= :since and note <> ':since' -- since",
  orderBy: [
    { column: 'at', descending: true },
    { column: 'id', descending: false },
  ],
  limit: 10,
  params: { since: "2024-01-01' or \\" },
};
const QUERY: TableRead = {
  ...TABLE,
  source: { kind: 'query', sql: 'select a, b from t where c = :c # end' },
  columns: [column('a', 'float'), column('b', 'text')],
  params: { c: null },
};

describe('MySQL dialect', () => {
  it.each([
    ['table', () => mysqlDialect.select(TABLE)],
    ['filtered', () => mysqlDialect.select(FILTERED)],
    ['filtered-count', () => mysqlDialect.count(FILTERED)],
    ['query', () => mysqlDialect.select(QUERY)],
    ['query-count', () => mysqlDialect.count({ ...QUERY, limit: null })],
  ])('writes the statement of the golden file %s.sql', (name, write) => {
    const golden = readFileSync(new URL(`../../../golden/mysql/${name}.sql`, import.meta.url), 'utf8');
    const { text, values } = write();
    expect(`${text}\n`).toBe(golden);
    expect(values).toEqual([]);
  });

  it('quotes any name and text so that it ends where it should', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0') && text.isWellFormed()),
        (text) => {
          expect(quoteName(text)).toMatch(/^`(?:[^`]|``)*`$/);
          expect(literal(text)).toMatch(/^'(?:[^'\\]|''|\\\\)*'$/);
        },
      ),
    );
    for (const bad of ['\0', '\udc00']) {
      expect(() => quoteName(bad)).toThrow(expect.objectContaining({ code: 'PLAN/SQL_REFUSED' }));
    }
  });

  it('finds parameters where the server would look for a value, and nowhere else', () => {
    const sql = "a = :a and b = \":b\" and c = '\\':c' and `:d` = 1 and e := 2 # :e\nand f = :f /* :g */ and x = :a";
    expect(mysqlDialect.parametersOf(sql)).toEqual(['a', 'f']);
  });

  it.each([
    'a --b',
    'a /*! or 1 */',
    'a /*M! or 1 */',
    'a /*+ SET_VAR(x=1) */',
    'a = $$x$$',
    'a in (select 1 for update)',
    'a into outfile "x"',
    'a = sleep (1)',
    'a = `sleep`(1)',
    'a = /* x */ load_file("x")',
    "a = 'x\\'",
    'a \\g b',
  ])('refuses %j', (where) => {
    expect(() => mysqlDialect.select({ ...TABLE, where })).toThrow(
      expect.objectContaining({ code: 'PLAN/SQL_REFUSED' }),
    );
  });
});
