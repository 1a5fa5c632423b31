import { describe, expect, it } from 'vitest';
import { readDefault } from '../../../../src-main/connectors/sqlite/column-default.ts';
import { parseTable } from '../../../../src-main/connectors/sqlite/parse-table.ts';
import { logicalType } from '../../../../src-main/connectors/sqlite/types.ts';

describe('what a CREATE TABLE says', () => {
  it('is found whatever brackets, commas, quotes and comments stand in it', () => {
    const table = parseTable(`CREATE TABLE "odd, ( name" ( -- a comment, with (
      id INTEGER PRIMARY KEY AUTOINCREMENT, [two words] VARCHAR(10, 2) DEFAULT 'it''s, (so)' COLLATE NOCASE CHECK ("two words" <> ')' and length([two words]) < 9),
      "q""x" TEXT CONSTRAINT 'c 1' CHECK (1) UNIQUE ON CONFLICT REPLACE, /* CHECK (no) */ g AS (upper("q""x") || ',') STORED,
      \`b\` GENERATED ALWAYS AS ((id + 1) * 2), collate_me "COLLATE x",
      CONSTRAINT "it's" CHECK (id > (1 + 2)) CHECK (b <> 7), FOREIGN KEY (id) REFERENCES t (x) DEFERRABLE INITIALLY DEFERRED,
      PRIMARY KEY (id COLLATE RTRIM))`);
    expect([...table.columns.values()]).toEqual([
      { name: 'id', expression: null, collation: null },
      { name: 'two words', expression: null, collation: 'NOCASE' },
      { name: 'q"x', expression: null, collation: null },
      { name: 'g', expression: `upper("q""x") || ','`, collation: null },
      { name: 'b', expression: '(id + 1) * 2', collation: null },
      { name: 'collate_me', expression: null, collation: null },
    ]);
    expect(table.checks).toEqual([
      { name: null, column: 'two words', clause: `CHECK ("two words" <> ')' and length([two words]) < 9)` },
      { name: 'c 1', column: 'q"x', clause: 'CHECK (1)' },
      { name: "it's", column: null, clause: 'CHECK (id > (1 + 2))' },
      { name: null, column: null, clause: 'CHECK (b <> 7)' },
    ]);
    expect(table.words).toEqual(['ON CONFLICT REPLACE', 'DEFERRABLE INITIALLY DEFERRED']);
    expect(table.autoincrement).toBe(true);
  });

  it.each(['', 'CREATE TABLE t', 'CREATE TABLE t (', "CREATE TABLE t (a 'x", 'CREATE TABLE t (a, (b'])(
    'ends whatever it is: %s',
    (sql) => {
      expect(parseTable(sql).checks).toEqual([]);
    },
  );
});

describe('a default', () => {
  it.each([
    ['INTEGER', '5', '5'],
    ['INTEGER', '(-7)', '-7'],
    ['INTEGER', '0x1F', '31'],
    ['INTEGER', "'42'", '42'],
    ['INTEGER', '1.0', '1'],
    ['INTEGER', 'true', '1'],
    ['REAL', '1', '1'],
    ['REAL', '1e20', '1e+20'],
    ['REAL', '-0.0', '0'],
    ['DECIMAL(9,2)', '1.50', '1.5'],
    ['DECIMAL(9,2)', "'3.00'", '3'],
    ['BOOLEAN', 'FALSE', 'false'],
    ['BOOLEAN', '1', 'true'],
    ['TEXT', "'it''s'", "it's"],
    ['TEXT', '"as a text"', 'as a text'],
    ['TEXT', "('none')", 'none'],
    ['TEXT', '5', '5'],
    ['VARCHAR(9)', "'007'", '007'],
    ['DATE', "'2024-02-29'", '2024-02-29'],
    ['BLOB', "X'00fF'", '00ff'],
    ['JSON', "'{}'", '{}'],
  ])('of %s: %s is the constant %s', (declared, text, value) => {
    expect(readDefault(text, logicalType(declared), declared)).toEqual({ kind: 'literal', text: value });
  });

  it.each([
    ['TEXT', 'CURRENT_TIMESTAMP'],
    ['TEXT', "(datetime('now'))"],
    ['TEXT', "('a' || 'b')"],
    ['TEXT', "x'00'"],
    ['TEXT', '0.5'],
    ['STRING', "'007'"],
    ['INTEGER', "'seven'"],
    ['INTEGER', '1.5'],
    ['BOOLEAN', '2'],
    ['BLOB', "'text'"],
    ['BLOB', '(randomblob(16))'],
  ])('of %s: %s is no constant that would be the same elsewhere', (declared, text) => {
    expect(readDefault(text, logicalType(declared), declared)).toEqual({ kind: 'other', text });
  });

  it('of NULL is none', () => {
    expect(readDefault('(NULL)', logicalType('TEXT'), 'TEXT')).toBeUndefined();
  });
});
