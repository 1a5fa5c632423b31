import { describe, expect, it } from 'vitest';
import { oracleTarget } from '../../../../../src-main/connectors/oracle/migration-target.ts';
import { stagedValue } from '../../../../../src-main/connectors/oracle/staged-value.ts';
import { targetType } from '../../../../../src-main/connectors/oracle/target-type.ts';
import type { LogicalType } from '../../../../../src-shared/model/logical-type.ts';
import type { DatabaseSchema } from '../../../../../src-shared/model/table-schema.ts';
import { index, INT, linkTo, schemaColumn, schemaOf, schemaTable, TEXT } from '../../schema-builder.ts';

const SHORT: LogicalType = { kind: 'text', maxCharacters: 40 };
const BYTES: LogicalType = { kind: 'bytes', maxBytes: null };

function written(schema: DatabaseSchema) {
  const { files, notes } = oracleTarget.write(schema);
  const textOf = (path: string): string => files.find((file) => file.path === path)?.text ?? '';
  return {
    ...{ files, textOf, ddl: textOf('ddl.sql').split("TIME_ZONE = '+00:00';")[1] ?? '', load: textOf('load.sql') },
    notes: notes.map(({ text }) => text).join('\n'),
  };
}

describe('types for Oracle', () => {
  it.each<[string, LogicalType]>([
    ['NUMBER(1)', { kind: 'boolean' }],
    ['NUMBER(3)', { kind: 'int', bits: 8, signed: false }],
    ['NUMBER(19)', { kind: 'int', bits: 64, signed: true }],
    ['NUMBER(20)', { kind: 'int', bits: 64, signed: false }],
    ['NUMBER(38,10)', { kind: 'decimal', precision: 38, scale: 10 }],
    ['NUMBER(5,-2)', { kind: 'decimal', precision: 5, scale: -2 }],
    ['NUMBER(3,5)', { kind: 'decimal', precision: 3, scale: 5 }],
    ['VARCHAR2(68 CHAR)', { kind: 'decimal', precision: 65, scale: 30 }],
    ['NUMBER', { kind: 'decimal', precision: null, scale: null }],
    ['TIMESTAMP(9)', { kind: 'timestamp', digits: 9, zone: 'none' }],
    ['TIMESTAMP(3) WITH TIME ZONE', { kind: 'timestamp', digits: 3, zone: 'utc' }],
    ['VARCHAR2(1000 CHAR)', { kind: 'text', maxCharacters: 1000 }],
    ['CLOB', { kind: 'text', maxCharacters: 1001 }],
    ['RAW(2000)', { kind: 'bytes', maxBytes: 2000 }],
    ['BLOB', { kind: 'bytes', maxBytes: 2001 }],
  ])('%s', (type, logical) => {
    expect(targetType({ type: logical, native: null }, { own: false, keyBytes: null })).toBe(type);
  });

  it.each([
    ['NUMBER(10,2)', 'NUMBER(10,2)'],
    ['VARCHAR2(40 BYTE)', 'VARCHAR2(40 BYTE)'],
    ['LONG', 'CLOB'],
    ['ROWID', 'VARCHAR2(18)'],
  ])('keeps the native type %s as %s where the source is Oracle', (native, type) => {
    expect(targetType({ type: TEXT, native }, { own: true, keyBytes: null })).toBe(type);
  });
});

describe('values for Oracle', () => {
  const value = (type: LogicalType, native: string | null = null): string =>
    stagedValue({ ...schemaColumn('x', type, { native }), as: 'x' }, 'C0', { own: native !== null, keyBytes: null });

  it('come from texts by masks of their own, whatever the session says', () => {
    expect(value({ kind: 'date' })).toContain("TO_DATE(C0, 'YYYY-MM-DD')");
    expect(value({ kind: 'timestamp', digits: 6, zone: 'none' })).toContain(
      "TO_TIMESTAMP(C0, 'YYYY-MM-DD HH24:MI:SS.FF')",
    );
    expect(value({ kind: 'timestamp', digits: 6, zone: 'offset' })).toContain(
      "TO_TIMESTAMP_TZ(C0, 'YYYY-MM-DD HH24:MI:SSTZH:TZM BC')",
    );
    expect(value({ kind: 'interval' }, 'INTERVAL DAY(2) TO SECOND(6)')).toContain(
      "TO_DSINTERVAL(CASE WHEN INSTR(C0, '-')",
    );
  });

  it('that would be rounded are an error instead', () => {
    expect(value({ kind: 'decimal', precision: null, scale: null })).toContain('> 38 OR (TO_NUMBER(C0) = 0 AND');
    expect(value({ kind: 'float', bits: 64 })).toContain("THEN TO_BINARY_DOUBLE('too small: ' || C0)");
  });

  it('tell NULL from an empty text where the product can', () => {
    expect(value(TEXT)).toBe("CASE WHEN DBMS_LOB.SUBSTR(C0, 7, 1) = '~NULL~' THEN NULL ELSE NVL(C0, EMPTY_CLOB()) END");
    expect(value(SHORT)).toBe("CASE WHEN C0 = '~NULL~' THEN NULL ELSE C0 END");
  });
});

describe('scripts for Oracle', () => {
  it('make all tables for the user who is logged in, and no name has a double quote', () => {
    const columns = [
      schemaColumn('a"b', INT),
      schemaColumn('ROWID', INT),
      schemaColumn('A', INT),
      schemaColumn('a', INT),
    ];
    const { ddl, notes } = written(schemaOf([schemaTable('one.t', columns), schemaTable('two.t', columns)]));
    expect(ddl).toContain(
      'CREATE TABLE "t" (\n  "a_b" NUMBER(10),\n  "ROWID_" NUMBER(10),\n  "A" NUMBER(10),\n  "a" NUMBER(10)\n);',
    );
    expect(ddl).toContain('CREATE TABLE "two_t"');
    expect(notes).toContain('The column "a\\"b" is named "a_b".');
  });

  it('hold no line that SQL*Plus would take for one of its own, and none that is too long for it', () => {
    const hostile = "x\n/\n\n;\n#';\n@x.sql -";
    const columns = Array.from({ length: 900 }, (_, at) => schemaColumn(`${at} ${'é'.repeat(60)}`, BYTES));
    const table = schemaTable(`a.${hostile}`, [
      schemaColumn(hostile, BYTES, { nullable: false, definition: { comment: `${hostile}${'y'.repeat(3000)}` } }),
      schemaColumn('d', SHORT, { definition: { default: { kind: 'literal', text: hostile } } }),
    ]);
    const { files } = written(
      schemaOf(
        [{ ...table, paths: ['data/x.csv'], comment: hostile }, schemaTable('a.wide', columns, { primaryKey: [] })],
        {
          views: [{ namespace: 'a', name: 'v', text: `select 1 -\n${hostile}` }],
          notes: [{ table: null, text: 'ends in -' }],
        },
      ),
    );
    for (const { path, text } of files.filter((file) => file.path.endsWith('.sql'))) {
      const lines = text.split('\n');
      for (const [at, line] of lines.entries()) {
        if (/^\s*[#@]/.test(line) || /-\s*$/.test(line.replace(/^--$/, ''))) expect.fail(`${path}:${at + 1}: ${line}`);
        expect(line.length).toBeLessThan(2400);
        if (line === '/') expect(lines[at - 1], `${path}:${at + 1}`).toMatch(/^(?:.*END;|FROM .*)$/);
      }
    }
  });

  it('read each table by a control file of its own, with room for the longest value', () => {
    const table = schemaTable('a.t', [schemaColumn('x', SHORT), schemaColumn('y')], {
      ...{ paths: ['data/a.t.0001.csv', 'data/a.t.0002.csv'], rows: 3, bytes: 5_000_000 },
    });
    const { textOf } = written(schemaOf([table]));
    expect(textOf('a.t.ctl')).toContain('OPTIONS (SKIP=1, ERRORS=0, DIRECT=FALSE, READSIZE=5000000, BINDSIZE=5000000)');
    expect(textOf('a.t.ctl')).toContain('  C0 CHAR(4000),\n  C1 CHAR(5000000)\n)');
    expect(textOf('stage.sql')).toContain('  C0 VARCHAR2(4000),\n  C1 CLOB\n);');
    expect(textOf('load.sql')).toContain('IF found <> 3 THEN RAISE_APPLICATION_ERROR');
  });

  it('say of which columns an empty value is lost or stops the load', () => {
    const { notes } = written(
      schemaOf([
        schemaTable('a.t', [
          schemaColumn('x', SHORT),
          schemaColumn('y', SHORT, { nullable: false }),
          schemaColumn('z'),
        ]),
      ]),
    );
    expect(notes).toContain('x: an empty value becomes NULL.');
    expect(notes).toContain('y: an empty value is NULL and stops the load, unless NOT NULL goes.');
    expect(notes).not.toMatch(/\bz:/);
  });

  it('number a column, and go on behind what was loaded', () => {
    const id = schemaColumn('id', INT, { nullable: false, definition: { identity: { always: true } } });
    const { ddl, load } = written(schemaOf([schemaTable('a.t', [id])]));
    expect(ddl).toContain('"id" NUMBER(10) GENERATED BY DEFAULT AS IDENTITY NOT NULL');
    expect(load.indexOf('START WITH LIMIT VALUE')).toBeGreaterThan(load.indexOf('COMMIT;'));
  });

  it('leave a primary key out whose type no index takes, and say so', () => {
    const { ddl, notes } = written(
      schemaOf([schemaTable('a.t', [schemaColumn('x', { kind: 'json' }, { nullable: false })], { primaryKey: ['x'] })]),
    );
    expect(ddl).not.toContain('PRIMARY KEY');
    expect(notes).toContain('The primary key (x) is left out: no index takes its type.');
  });

  it('index a list of columns once, make unique keys that foreign keys can refer to, and list what stays behind', () => {
    const referred = schemaTable('a.t', [schemaColumn('x', INT), schemaColumn('y', INT), schemaColumn('z')], {
      indexes: [index('plain', ['x']), index('one', ['x'], true), index('two', ['x', 'y'], true), index('long', ['z'])],
    });
    const cascade = { onDelete: 'cascade', onUpdate: 'cascade' };
    const other = schemaTable('a.u', [schemaColumn('x', INT)], { foreignKeys: [linkTo('x', 't', ['x'], cascade)] });
    const { ddl, notes } = written(schemaOf([referred, other]));
    expect(ddl).toContain('CONSTRAINT "one" UNIQUE ("x")');
    expect(ddl).toContain('REFERENCES "t" ("x") ON DELETE CASCADE;');
    expect(ddl).not.toContain('CREATE INDEX');
    for (const left of [
      'plain is left out: its columns are indexed already',
      'long is left out',
      'goes without ON UPDATE CASCADE',
      'The unique key two takes rows with a NULL',
    ]) {
      expect(notes).toContain(left);
    }
  });
});
