import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { literal } from '../../../../src-main/connectors/mysql/dialect.ts';
import type { Session } from '../../../../src-main/ports/connector.ts';
import { describeType } from '../../../../src-shared/model/logical-type.ts';
import type { MariadbAddress } from '../../../servers/mariadb-client.ts';
import { startMariadb } from '../../../servers/mariadb.ts';
import { newMariadbDatabase, type TestDatabase } from '../../../servers/shared-servers.ts';
import { openMysql, queryRead, rowsOf, signal, tableRead } from './rig.ts';

/** Native type, value in SQL, logical type, canonical text (docs/spec/row-batch.md §4). */
const CASES: readonly (readonly [string, string, string, string])[] = [
  ['tinyint', '-128', 'int8', '-128'],
  ['tinyint(1)', '2', 'int8', '2'],
  ['tinyint unsigned', '255', 'unsigned int8', '255'],
  ['smallint', '-32768', 'int16', '-32768'],
  ['mediumint unsigned', '16777215', 'unsigned int24', '16777215'],
  ['int', '-2147483648', 'int32', '-2147483648'],
  ['int(6) zerofill', '42', 'unsigned int32', '42'],
  ['bigint', '-9223372036854775808', 'int64', '-9223372036854775808'],
  ['bigint unsigned', '18446744073709551615', 'unsigned int64', '18446744073709551615'],
  ['bigint(20) unsigned zerofill', '18446744073709551615', 'unsigned int64', '18446744073709551615'],
  [
    'decimal(65,30)',
    "'12345678901234567890123456789012345.123456789012345678901234567890'",
    'decimal(65,30)',
    '12345678901234567890123456789012345.123456789012345678901234567890',
  ],
  ['decimal(10,2)', '1.5', 'decimal(10,2)', '1.50'],
  ['decimal(10,2) zerofill', '1.5', 'decimal(10,2)', '1.50'],
  ['decimal(5,0)', '-0.4', 'decimal(5,0)', '0'],
  ['float', '0.1', 'float32', '0.1'],
  ['float', '16777217', 'float32', '16777216'],
  ['float', '3.4028234e38', 'float32', '3.4028235e38'],
  ['float', '1e-40', 'float32', '1e-40'],
  ['float(10,2)', '1234567.89', 'float32', '1234567.9'],
  ['double', '0.1', 'float64', '0.1'],
  ['double', '1.7976931348623157e308', 'float64', '1.7976931348623157e308'],
  ['double', '5e-324', 'float64', '5e-324'],
  ['double', '123456789.123456789', 'float64', '123456789.12345679'],
  ['double(10,2)', '1.5', 'float64', '1.5'],
  ['bit(1)', "b'1'", 'unsigned int8', '1'],
  ['bit(10)', "b'1000000001'", 'unsigned int16', '513'],
  [
    'bit(64)',
    "b'1111111111111111111111111111111111111111111111111111111111111111'",
    'unsigned int64',
    '18446744073709551615',
  ],
  ['date', "'9999-12-31'", 'date', '9999-12-31'],
  ['date', "'0000-00-00'", 'date', '0000-00-00'],
  ['datetime', "'2024-05-06 07:08:09'", 'timestamp(0)', '2024-05-06T07:08:09'],
  ['datetime(6)', "'2024-05-06 07:08:09.000001'", 'timestamp(6)', '2024-05-06T07:08:09.000001'],
  ['datetime(3)', "'0000-00-00 00:00:00'", 'timestamp(3)', '0000-00-00T00:00:00.000'],
  ['timestamp(6)', "'2024-05-06 07:08:09.1'", 'timestamp(6) utc', '2024-05-06T07:08:09.100000Z'],
  ['timestamp', "'2024-03-31 02:30:00'", 'timestamp(0) utc', '2024-03-31T02:30:00Z'],
  ['time', "'-838:59:59'", 'time(0)', '-838:59:59'],
  ['time(6)', "'12:34:56.000001'", 'time(6)', '12:34:56.000001'],
  ['year', '2024', 'unsigned int16', '2024'],
  ['year', '0', 'unsigned int16', '0'],
  ['char(10)', "'ab  '", 'text(10)', 'ab'],
  ['varchar(20)', "' é🐘 \\n\\t\\0\\\\ '", 'text(20)', ' é🐘 \n\t\0\\ '],
  ['varchar(20) character set latin1', "'Größe'", 'text(20)', 'Größe'],
  ['varchar(20) character set utf16', "'🐘x'", 'text(20)', '🐘x'],
  ['tinytext', "''", 'text(255)', ''],
  ['text', "repeat('é', 300)", 'text(65535)', 'é'.repeat(300)],
  ['mediumtext', "repeat('a', 70000)", 'text(16777215)', 'a'.repeat(70_000)],
  ['longtext', "'x'", 'text', 'x'],
  ['json', '\'{"b": 1.10, "a": 12345678901234567890}\'', 'text', '{"b": 1.10, "a": 12345678901234567890}'],
  ['binary(4)', "x'00ff'", 'bytes', '00ff0000'],
  ['varbinary(10)', "x'005c27220a1a'", 'bytes', '005c27220a1a'],
  ['blob', "x''", 'bytes', ''],
  ['longblob', "repeat(x'ff00', 200)", 'bytes', 'ff00'.repeat(200)],
  ["enum('a,b','it''s','')", "'it''s'", 'text', "it's"],
  ["set('a','b','c')", "'a,c'", 'text', 'a,c'],
  ['uuid', "'123e4567-e89b-12d3-a456-426614174000'", 'text(36)', '123e4567-e89b-12d3-a456-426614174000'],
  ['inet6', "'2001:db8::ff'", 'text(39)', '2001:db8::ff'],
  ['inet4', "'192.168.0.1'", 'text(15)', '192.168.0.1'],
  ['point', "st_geomfromtext('point(1 2)', 4326)", 'bytes', 'e61000000101000000000000000000f03f0000000000000040'],
];
const LENGTH = /\(\d+\)$/;

describe('MySQL types', () => {
  let database: TestDatabase<MariadbAddress>;
  let session: Session;

  beforeAll(async () => {
    database = await newMariadbDatabase();
    await database.sql(
      `set sql_mode = '', time_zone = '+00:00'; set names utf8mb4;
       create table every_type (${CASES.map(([type], i) => `c${i} ${type}${type.startsWith('timestamp') ? ' null' : ''}`).join(', ')});
       insert into every_type values (${CASES.map(([, value]) => value).join(', ')});
       create table numbers (id int primary key, f float, d double)`,
    );
    session = await openMysql(database.server, database.name);
  });

  afterAll(async () => {
    await session[Symbol.asyncDispose]();
    await database.drop();
  });

  it('carries every type exactly, in a table and through a query', async () => {
    const read = await tableRead(session, { namespace: database.name, name: 'every_type' });
    const types = read.columns.map(({ type }) => describeType(type));
    // Enumerations are as long as their longest label.
    expect(types.map((type, i) => (CASES[i]?.[0].match(/^(enum|set)/) ? type.replace(LENGTH, '') : type))).toEqual(
      CASES.map(([, , logical]) => logical),
    );
    const expected = [CASES.map(([, , , text]) => text)];
    expect(await rowsOf(session.preview(read, signal))).toEqual(expected);
    const described = await session.describe('select * from every_type', {}, signal);
    expect(described.map(({ type }) => describeType(type).replace(LENGTH, ''))).toEqual(
      CASES.map(([, , logical]) => logical.replace(LENGTH, '')),
    );
    expect(await rowsOf(session.preview(queryRead('select * from every_type', described), signal))).toEqual(expected);
  });

  it('prints floats and doubles so that they read back to the same value, at the shortest for floats', async () => {
    const float = fc.float({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value));
    const double = fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .map((value) => (Object.is(value, -0) ? 0 : value));
    const pairs = fc.sample(fc.tuple(float, double), { numRuns: 3000, seed: 4711 });
    await database.sql(
      `truncate numbers; insert into numbers values ${pairs.map(([f, d], i) => `(${i}, ${f.toExponential()}, ${d.toExponential()})`).join(', ')}`,
    );
    const read = await tableRead(session, { namespace: database.name, name: 'numbers' });
    const rows = await rowsOf(session.preview({ ...read, orderBy: [{ column: 'id', descending: false }] }, signal));
    for (const [i, [f, d]] of pairs.entries()) {
      const [, printedFloat, printedDouble] = rows[i] ?? [];
      expect(Math.fround(Number(printedFloat))).toBe(f);
      expect(Number(printedDouble)).toBe(d);
      expect(`${printedFloat} ${printedDouble}`).toMatch(/^-?\d+(\.\d+)?(e-?\d+)? -?\d+(\.\d+)?(e-?\d+)?$/);
      const digits = (printedFloat ?? '').replace(/e.*|[-.]/g, '').replace(/^0+|0+$/g, '');
      expect(digits.length).toBeLessThanOrEqual(9);
    }
  });

  it('writes literals that mean exactly their text', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 30 }).map((value) => value.replaceAll('\0', '\\'));
    const hostile = fc.constantFrom(
      "'",
      "\\'",
      '\\',
      "''",
      '"',
      '`',
      '--',
      '#',
      '\n',
      "';",
      ':x',
      '/*',
      '\u001a',
      '%',
      '_',
    );
    const values = fc.array(
      fc.oneof(
        text,
        hostile,
        fc.array(hostile, { maxLength: 8 }).map((parts) => parts.join('')),
      ),
      { minLength: 40, maxLength: 40 },
    );
    const type = { kind: 'text', maxCharacters: null } as const;
    await fc.assert(
      fc.asyncProperty(values, async (list) => {
        const columns = list.map((_, i) => ({ name: `c${i}`, nativeType: 'text', nullable: true, type }));
        const sql = `select ${list.map((_, i) => `:p${i} as c${i}`).join(', ')}`;
        const params = Object.fromEntries(list.map((value, i) => [`p${i}`, value]));
        expect(await rowsOf(session.preview(queryRead(sql, columns, { params }), signal))).toEqual([list]);
      }),
      { numRuns: 25 },
    );
    expect(() => literal('a\0b')).toThrow(expect.objectContaining({ code: 'PLAN/SQL_REFUSED' }));
    expect(() => literal('\ud800')).toThrow(expect.objectContaining({ code: 'PLAN/SQL_REFUSED' }));
  });
});

describe('MySQL session on a server with other settings', () => {
  it('reads the same text, all rows, with the same lexical rules', async () => {
    const modes = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PAD_CHAR_TO_FULL_LENGTH,PIPES_AS_CONCAT,NO_ZERO_DATE';
    const args = [`--sql-mode=${modes}`, '--default-time-zone=+05:00', '--autocommit=0', '--group-concat-max-len=10'];
    const init = '--init-connect=set sql_select_limit = 1, sql_auto_is_null = 1';
    const server = await startMariadb({
      args: [
        ...args,
        init,
        '--performance-schema=ON',
        '--transaction-isolation=READ-COMMITTED',
        '--character-set-server=latin1',
      ],
    });
    try {
      await server.sql(
        `create database shop; create user plain identified by '${server.password}'; grant select on shop.* to plain;`,
      );
      await server.sql(
        `set sql_mode = '', time_zone = '+00:00', autocommit = 1; create table t (id int, c char(10), at timestamp null, s varchar(9) character set utf8mb4);
         insert into t values (1, 'a', '2024-05-06 07:08:09', 'é🐘'), (2, 'b', null, null), (3, '', null, '')`,
        'shop',
      );
      await using session = await openMysql(server, 'shop', { options: { user: 'plain' } });
      const named = `attr_name = 'program_name' and attr_value = 'waybill test'`;
      const names = `select count(*) from performance_schema.session_connect_attrs where ${named}`;
      expect(await server.sql(names)).toBe('1');
      const read = await tableRead(session, { namespace: 'shop', name: 't' });
      const rows = [
        ['1', 'a', '2024-05-06T07:08:09Z', 'é🐘'],
        ['2', 'b', null, null],
        ['3', '', null, ''],
      ];
      expect(await rowsOf(session.preview(read, signal))).toEqual(rows);
      expect(await session.count({ ...read, where: 'id is null' }, signal)).toBe(0);
      const sql = `select "a\\"b" as a, :p as p, length(group_concat(repeat('x', 1000) separator '')) as g, 1 || 0 as o from t`;
      const params = { p: "\\'\\" };
      const query = queryRead(sql, await session.describe(sql, params, signal), { params });
      expect(await rowsOf(session.preview(query, signal))).toEqual([['a"b', "\\'\\", '3000', '1']]);
      await using snapshot = await session.snapshot([read], signal);
      await server.sql('set autocommit = 1; delete from t', 'shop');
      expect(await rowsOf(snapshot.read(read, { signal, wire: false }))).toEqual(rows);
      expect(await snapshot.count(read, signal)).toBe(3);
    } finally {
      await server.stop();
    }
  });
});
