import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literal, oracleDialect, quoteName } from '../../../../src-main/connectors/oracle/dialect.ts';
import { nativeTypeOf } from '../../../../src-main/connectors/oracle/native-type.ts';
import { logicalType } from '../../../../src-main/connectors/oracle/types.ts';
import type { TableRead } from '../../../../src-shared/model/table-read.ts';
import { column } from './all-types.ts';
import { OWN, READS } from './golden-statements.ts';

const golden = new URL('../../../golden/oracle/', import.meta.url);
const read = (more: Partial<TableRead>): TableRead => ({
  source: { kind: 'table', table: { namespace: 'S', name: 'T' } },
  ...{ columns: [column('A', 'NUMBER(9)')], where: null, orderBy: [], limit: null, params: {}, ...more },
});
const query = (sql: string): TableRead => read({ source: { kind: 'query', sql } });

describe('Oracle dialect', () => {
  it.each(Object.entries(READS))('writes the statement of the golden file %s.sql', (name, { text, values }) => {
    const bound = values.map((value, i) => `-- :p${i + 1} = ${JSON.stringify(value)}\n`).join('');
    expect(`${text}\n${bound}`).toBe(readFileSync(new URL(`${name}.sql`, golden), 'utf8'));
  });

  it.each(Object.entries(OWN))('asks the server by the statement of the golden file own/%s.sql', (name, text) => {
    expect(`${text.trim()}\n`).toBe(readFileSync(new URL(`own/${name}.sql`, golden), 'utf8'));
  });

  it('has a golden file for nothing else', () => {
    const files = readdirSync(golden, { recursive: true }).filter((name) => String(name).endsWith('.sql'));
    const written = [...Object.keys(READS), ...Object.keys(OWN).map((name) => `own/${name}`)];
    expect(files.map(String).sort()).toEqual(written.map((name) => `${name}.sql`).sort());
  });

  it('quotes any name and text so that it ends where it should, and refuses a name with a double quote', () => {
    const sendable = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0') && text.isWellFormed());
    fc.assert(
      fc.property(sendable, (text) => {
        if (text.includes('"')) expect(() => quoteName(text)).toThrow(/double quote/);
        else expect(quoteName(text)).toBe(`"${text}"`);
        expect(literal(text).slice(1, -1).replaceAll("''", '')).not.toContain("'");
      }),
    );
    for (const broken of ['a\0b', '\ud800']) expect(() => literal(broken)).toThrow(/NUL/);
  });

  it.each([
    ['1 = 1; delete from t', /semicolon/],
    ['1 = 1) delete from t where (1 = 1', /partner|DELETE/],
    ['a = :1', /without a name/],
    ['a = ?', /\?/],
    ['a in (select a from t@other)', /@/],
    ["a = q'[it's'", /quote without end/],
    ["a = q'[x]'; delete from t --]'", /semicolon/],
    ["a = N'x", /quote without end/],
    ['a = 1 /* /* */ */', /comment inside a comment/],
    ["utl_http.request('http://example.net') is null", /UTL_HTTP/],
  ])('refuses the condition %s', (where, why) => {
    expect(() => oracleDialect.select(read({ where }))).toThrow(why);
  });

  it.each([
    ['select a from t for update', /UPDATE/],
    ['begin null end', /BEGIN|begin/],
    ['with function f return number is begin return 1 end select f from dual', /FUNCTION/],
    ['select s.nextval from dual', /NEXTVAL/],
  ])('refuses the query %s', (sql, why) => {
    expect(() => oracleDialect.select(query(sql))).toThrow(why);
  });

  it.each([
    `a = q'[it's; :x]' and b = Nq'!/*!'`,
    `a = N'it''s' and "b c" = 'd'`,
    "a like 'x!%' escape '!'",
    'a$b#c is null',
  ])('takes the condition %s', (where) => {
    expect(oracleDialect.select(read({ where })).text).toContain(`where (\n${where}\n)`);
  });

  it('knows no type that it cannot carry', () => {
    for (const type of [
      'BFILE',
      'SYS.ANYDATA',
      'MDSYS.SDO_GEOMETRY',
      'REF',
      'object A.B',
      '',
      'number',
      'constructor',
    ]) {
      expect([type, logicalType(type)]).toEqual([type, null]);
    }
  });

  it.each([
    ['NUMBER(9)', { kind: 'int', bits: 32, signed: true }],
    ['NUMBER(18)', { kind: 'int', bits: 64, signed: true }],
    ['NUMBER(19)', { kind: 'decimal', precision: 19, scale: 0 }],
    ['NUMBER(*,0)', { kind: 'decimal', precision: 38, scale: 0 }],
    ['NUMBER', { kind: 'decimal', precision: null, scale: null }],
    ['NUMBER(3,5)', { kind: 'decimal', precision: null, scale: null }],
    ['NUMBER(3,-2)', { kind: 'decimal', precision: null, scale: null }],
    ['TIMESTAMP(9) WITH TIME ZONE', { kind: 'timestamp', digits: 9, zone: 'offset' }],
    ['TIMESTAMP(0) WITH LOCAL TIME ZONE', { kind: 'timestamp', digits: 0, zone: 'utc' }],
    ['VARCHAR2(40 CHAR)', { kind: 'text', maxCharacters: 40 }],
    ['RAW(16)', { kind: 'bytes', maxBytes: 16 }],
  ])('takes %s for %j', (native, type) => {
    expect(logicalType(native)).toEqual(type);
  });

  it('spells native types as a declaration does', () => {
    const none = { owner: null, length: 22, precision: null, scale: null, characters: 0, unit: null };
    for (const [spelt, stored] of [
      ['NUMBER', { name: 'NUMBER' }],
      ['NUMBER(*,0)', { name: 'NUMBER', scale: 0 }],
      ['NUMBER(10,2)', { name: 'NUMBER', precision: 10, scale: 2 }],
      ['NUMBER(10)', { name: 'NUMBER', precision: 10, scale: 0 }],
      ['VARCHAR2(40 CHAR)', { name: 'VARCHAR2', length: 160, characters: 40, unit: 'C' }],
      ['VARCHAR2(40 BYTE)', { name: 'VARCHAR2', length: 40, characters: 40, unit: 'B' }],
      ['NVARCHAR2(20)', { name: 'NVARCHAR2', length: 40, characters: 20, unit: 'C' }],
      ['TIMESTAMP(6) WITH TIME ZONE', { name: 'TIMESTAMP(6) WITH TIME ZONE', scale: 6 }],
      ['XMLTYPE', { name: 'XMLTYPE', owner: 'PUBLIC' }],
      ['MDSYS.SDO_GEOMETRY', { name: 'SDO_GEOMETRY', owner: 'MDSYS' }],
    ] as const) {
      expect(nativeTypeOf({ ...none, ...stored })).toBe(spelt);
    }
  });
});
