import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literal, quoteName, sqlserverDialect } from '../../../../src-main/connectors/sqlserver/dialect.ts';
import { nativeTypeOf } from '../../../../src-main/connectors/sqlserver/native-type.ts';
import { logicalType } from '../../../../src-main/connectors/sqlserver/types.ts';
import type { TableRead } from '../../../../src-shared/model/table-read.ts';
import { column } from './all-types.ts';
import { OWN, READS } from './golden-statements.ts';

const golden = new URL('../../../golden/sqlserver/', import.meta.url);
const read = (more: Partial<TableRead>): TableRead => ({
  source: { kind: 'table', table: { namespace: 'dbo', name: 't' } },
  ...{ columns: [column('a', 'int')], where: null, orderBy: [], limit: null, params: {}, ...more },
});
const query = (sql: string): TableRead => read({ source: { kind: 'query', sql } });

describe('SQL Server dialect', () => {
  it.each(Object.entries(READS))('writes the statement of the golden file %s.sql', (name, { text, values }) => {
    const bound = values.map((value, i) => `-- @p${i + 1} = ${JSON.stringify(value)}\n`).join('');
    expect(`${text}\n${bound}`).toBe(readFileSync(new URL(`${name}.sql`, golden), 'utf8'));
  });

  it.each(Object.entries(OWN))('asks the server by the statement of the golden file own/%s.sql', (name, text) => {
    expect(`${text.trim()}\n`).toBe(readFileSync(new URL(`own/${name}.sql`, golden), 'utf8'));
  });

  it('has a golden file for nothing else', () => {
    const files = readdirSync(golden, { recursive: true }).filter((name) => String(name).endsWith('.sql'));
    const written = [...Object.keys(READS), ...Object.keys(OWN).map((name) => `own/${name}`)].map(
      (name) => `${name}.sql`,
    );
    expect(files.map(String).sort()).toEqual(written.sort());
  });

  it('quotes any name and text so that it ends where it should', () => {
    const sendable = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0') && text.isWellFormed());
    fc.assert(
      fc.property(sendable, (text) => {
        expect(quoteName(text).slice(1, -1).replaceAll(']]', '')).not.toContain(']');
        const parts = [...literal(text).matchAll(/N'((?:[^']|'')*)'/g)].map(([, part = '']) =>
          part.replaceAll("''", "'"),
        );
        expect(parts.join('')).toBe(text);
      }),
    );
    for (const broken of ['a\0b', '\ud800']) expect(() => literal(broken)).toThrow(/NUL/);
  });

  it('never lets a backslash stand before a line break in one text: the server would drop both', () => {
    expect(literal('a\\\nb')).toBe("(N'a\\' + N'\nb')");
    expect(literal('a\\\r\nb')).toBe("(N'a\\' + N'\r\nb')");
    expect(literal(`${'x'.repeat(5000)}\\\n`)).toMatch(/^\(convert\(nvarchar\(max\), N''\) \+ N'x/);
  });

  it.each([
    ['1 = 1; delete from t', /semicolon/],
    ['1 = 1) delete from t where (1 = 1', /partner|DELETE/],
    ['1 = 1 delete from t', /DELETE/],
    ['exists (select 1 from openrowset(1, 2, 3))', /OPENROWSET/],
    ['a = @@version', /@/],
    ["a = N'x", /quote without end/],
    ['[a = 1', /quote without end/],
    ['a = 1 /* /* */', /comment without end/],
  ])('refuses the condition %s', (where, why) => {
    expect(() => sqlserverDialect.select(read({ where }))).toThrow(why);
  });

  it.each([
    ['with x as (select 1 as a) (select a from x)', /no SELECT/],
    ['select a into b from t', /INTO/],
    ['exec dbo.p', /EXEC|begin/],
    ['waitfor delay 1', /WAITFOR|begin/],
  ])('refuses the query %s', (sql, why) => {
    expect(() => sqlserverDialect.select(query(sql))).toThrow(why);
  });

  it.each([
    "a = N'it''s [x]' and [b]]c] = \"d\"",
    'g = geography::Point(1, 2, 4326)',
    'a = 1 /* x /* y */ z */',
    'a = $1',
  ])('takes the condition %s', (where) => {
    expect(sqlserverDialect.select(read({ where })).text).toContain(`where (\n${where}\n)`);
  });

  it('knows no type that it cannot carry', () => {
    for (const type of ['vector(3)', 'dbo.point', 'cursor', 'table', '', 'INT', 'constructor']) {
      expect([type, logicalType(type)]).toEqual([type, null]);
    }
  });

  it('spells native types as the server does', () => {
    const type = { maxLength: 0, precision: 0, scale: 0, alias: null };
    for (const [spelt, stored] of [
      ['decimal(38,10)', { name: 'decimal', maxLength: 17, precision: 38, scale: 10 }],
      ['nvarchar(20)', { name: 'nvarchar', maxLength: 40 }],
      ['nvarchar(max)', { name: 'nvarchar', maxLength: -1 }],
      ['varbinary(max)', { name: 'varbinary', maxLength: -1 }],
      ['datetime2(7)', { name: 'datetime2', maxLength: 8, precision: 27, scale: 7 }],
      ['int', { name: 'int', maxLength: 4, precision: 10 }],
      ['varchar(20) as dbo.phone', { name: 'varchar', maxLength: 20, alias: 'dbo.phone' }],
    ] as const) {
      expect(nativeTypeOf({ ...type, ...stored })).toBe(spelt);
    }
  });
});
