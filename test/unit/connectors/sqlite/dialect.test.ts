import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literal, quoteName, sqliteDialect } from '../../../../src-main/connectors/sqlite/dialect.ts';
import { logicalType } from '../../../../src-main/connectors/sqlite/types.ts';
import type { ReadColumn, TableRead } from '../../../../src-shared/model/table-read.ts';

const column = (name: string, nativeType: string): ReadColumn => ({
  ...{ name, nativeType, nullable: true },
  type: logicalType(nativeType),
});

const TABLE: TableRead = {
  source: { kind: 'table', table: { namespace: 'main', name: 'odd "table' } },
  columns: ['INTEGER', 'BOOLEAN', 'REAL', 'DECIMAL(10,2)', 'VARCHAR(20)', 'DATE', 'JSON', 'BLOB', ''].map((type, i) =>
    column(`c${i} "x"`, type),
  ),
  where: `name = :name and "when" > :since -- the end`,
  orderBy: [
    { column: 'c4 "x"', descending: false },
    { column: 'c0 "x"', descending: true },
  ],
  limit: 10,
  params: { name: `O'Neil`, since: null },
};
const QUERY: TableRead = {
  ...TABLE,
  source: { kind: 'query', sql: `select * from t where a = :since and b = ':name' or [c:d] = :name` },
  columns: [column('id', 'BIGINT'), column('note', 'TEXT')],
  orderBy: [],
  limit: null,
};

describe('the SQL that runs', () => {
  it.each([
    ['table', sqliteDialect.select(TABLE)],
    ['table-count', sqliteDialect.count(TABLE)],
    ['query', sqliteDialect.select(QUERY)],
    ['query-count', sqliteDialect.count(QUERY)],
  ])('is the golden text for %s', (name, { text, values }) => {
    const golden = readFileSync(new URL(`../../../golden/sqlite/${name}.sql`, import.meta.url), 'utf8');
    expect(`${text}\n-- ${JSON.stringify(values)}\n`).toBe(golden);
  });

  it('orders by the column, not by what is selected for it', () => {
    const db = new DatabaseSync(':memory:');
    db.exec(`create table t (c TEXT collate nocase); insert into t values ('b'), ('A'), ('C')`);
    const read: TableRead = {
      ...{ source: { kind: 'table', table: { namespace: 'main', name: 't' } }, columns: [column('c', 'TEXT')] },
      ...{ where: null, orderBy: [{ column: 'c', descending: false }], limit: null, params: {} },
    };
    const rows = db.prepare(sqliteDialect.select(read).text).all();
    expect(rows.map((row) => new TextDecoder().decode(Object.values(row)[0] as Uint8Array))).toEqual(['A', 'b', 'C']);
    db.close();
  });

  it('quotes any name and any text so that they come back', () => {
    const db = new DatabaseSync(':memory:');
    const text = fc.string({ unit: 'binary', minLength: 1 }).filter((value) => !value.includes('\0'));
    fc.assert(
      fc.property(text, (value) => {
        const row = db.prepare(`select ${literal(value)} as ${quoteName(value)}`).get();
        expect(Object.entries(row ?? {})).toEqual([[value, value]]);
      }),
    );
    db.close();
    expect(() => quoteName('a\0b')).toThrow(expect.objectContaining({ code: 'PLAN/SQL_REFUSED' }));
  });
});

describe('declared types', () => {
  it.each([
    ['integer', 'int'],
    ['UNSIGNED  BIG INT', 'int'],
    ['NUMERIC', 'decimal'],
    ['Decimal ( 10 , 2 )', 'decimal'],
    ['double precision', 'float'],
    ['bool', 'boolean'],
    ['json', 'json'],
    ['BLOB', 'bytes'],
    ['timestamp', 'text'],
    ['POINT', 'text'],
    ['constructor', 'text'],
    ['', 'text'],
  ])('%s is %s', (declared, kind) => {
    expect(logicalType(declared).kind).toBe(kind);
  });

  it('keeps the length of character types only', () => {
    expect(logicalType('VARCHAR(30)')).toEqual({ kind: 'text', maxCharacters: 30 });
    expect(logicalType('DATETIME(6)')).toEqual({ kind: 'text', maxCharacters: null });
  });
});
