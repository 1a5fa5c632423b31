import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { literal } from '../../../../src-main/connectors/postgres/dialect.ts';
import type { Session } from '../../../../src-main/ports/connector.ts';
import { describeType } from '../../../../src-shared/model/logical-type.ts';
import { newPostgresDatabase, type TestDatabase } from '../../../servers/shared-servers.ts';
import type { PostgresAddress } from '../../../servers/postgres-client.ts';
import { openPostgres, queryRead, rowsOf, signal, tableRead } from './rig.ts';

/** Column definition, a value as SQL, its logical type, its canonical text. */
const CASES: readonly (readonly [type: string, value: string, logical: string, text: string])[] = [
  ['smallint', '-32768', 'int16', '-32768'],
  ['integer', '2147483647', 'int32', '2147483647'],
  ['bigint', '-9223372036854775808', 'int64', '-9223372036854775808'],
  ['oid', '4294967295', 'unsigned int32', '4294967295'],
  [
    'numeric',
    "'123456789012345678901234567890.12345678901234567890'",
    'decimal',
    '123456789012345678901234567890.12345678901234567890',
  ],
  ['numeric(12,2)', '1.5', 'decimal(12,2)', '1.50'],
  ['numeric(3,-2)', '12345', 'decimal(3,-2)', '12300'],
  ['numeric', "'NaN'", 'decimal', 'NaN'],
  ['real', '0.1', 'float32', '0.1'],
  ['double precision', "'0.1'::float8 + '0.2'::float8", 'float64', '0.30000000000000004'],
  ['double precision', "'-Infinity'", 'float64', '-Infinity'],
  ['double precision', "'-0'", 'float64', '-0'],
  ['boolean', 'true', 'boolean', 'true'],
  ['boolean', 'false', 'boolean', 'false'],
  ['text', 'E\'tab\\there, \\\\ \\n \\r "quoted" €😀\'', 'text', 'tab\there, \\ \n \r "quoted" €😀'],
  ['text', "'\\N'", 'text', '\\N'],
  ['text', "''", 'text', ''],
  ['varchar(20)', "'x'", 'text(20)', 'x'],
  ['character varying', "'x'", 'text', 'x'],
  ['char(4)', "'x'", 'text(4)', 'x   '],
  ['"char"', "'x'", 'text(1)', 'x'],
  ['name', "'x'", 'text(63)', 'x'],
  ['citext_like', "'x'", 'text', 'x'],
  ['bytea', "'\\x00ff5c0a09'", 'bytes', '00ff5c0a09'],
  ['bytea', "''", 'bytes', ''],
  ['date', "'2024-02-29'", 'date', '2024-02-29'],
  ['date', "'infinity'", 'date', 'infinity'],
  ['date', "'0044-03-15 BC'", 'date', '0044-03-15 BC'],
  ['time', "'12:34:56.123456'", 'time(6)', '12:34:56.123456'],
  ['time(0)', "'24:00:00'", 'time(0)', '24:00:00'],
  ['timetz', "'12:34:56+05:30'", 'time(6) offset', '12:34:56+05:30'],
  ['timestamp', "'2024-05-06 07:08:09.123456'", 'timestamp(6)', '2024-05-06T07:08:09.123456'],
  ['timestamp(3)', "'-infinity'", 'timestamp(3)', '-infinity'],
  ['timestamptz', "'2024-05-06 07:08:09.1+02'", 'timestamp(6) utc', '2024-05-06T05:08:09.1Z'],
  ['timestamptz', "'0044-03-15 12:00:00+00 BC'", 'timestamp(6) utc', '0044-03-15T12:00:00Z BC'],
  ['timestamptz', "'1800-01-01 00:00:00 Europe/Berlin'", 'timestamp(6) utc', '1799-12-31T23:06:32Z'],
  ['timestamptz', "'infinity'", 'timestamp(6) utc', 'infinity'],
  ['interval', "'1 year 2 months -3 days 04:05:06.5'", 'interval', 'P1Y2M-3DT4H5M6.5S'],
  ['uuid', "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'", 'text(36)', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
  ['json', `'{"b": 1.10, "a": 12345678901234567890}'`, 'json', '{"b": 1.10, "a": 12345678901234567890}'],
  ['jsonb', `'{"b": 1.10, "a": [1]}'`, 'json', '{"a": [1], "b": 1.10}'],
  ['integer[]', "'{1,NULL,3}'", 'array<int32>', '{1,NULL,3}'],
  ['text[]', `array['a,b','"q"','NULL',null]`, 'array<text>', `{"a,b","\\"q\\"","NULL",NULL}`],
  ['numeric(5,1)[]', "'{{1,2},{3,4}}'", 'array<decimal(5,1)>', '{{1.0,2.0},{3.0,4.0}}'],
  ['mood', "'so so'", 'text', 'so so'],
  ['mood[]', '\'{"so so"}\'', 'array<text>', '{"so so"}'],
  ['price', '9.999', 'decimal(10,2)', '10.00'],
  ['flag', 'true', 'boolean', 'true'],
  ['inet', "'192.168.0.1/24'", 'text', '192.168.0.1/24'],
  ['cidr', "'2001:db8::/32'", 'text', '2001:db8::/32'],
  ['macaddr', "'08:00:2b:01:02:03'", 'text', '08:00:2b:01:02:03'],
  ['bit(5)', "B'10101'", 'text(5)', '10101'],
  ['varbit(9)', "B'1010'", 'text(9)', '1010'],
  ['xml', '\'<a b="c">&amp;</a>\'', 'text', '<a b="c">&amp;</a>'],
  ['tsvector', "to_tsvector('simple', 'fat cat')", 'text', "'cat':2 'fat':1"],
  ['point', "'(1.5,-2)'", 'text', '(1.5,-2)'],
  ['polygon', "'((0,0),(1,1),(1,0))'", 'text', '((0,0),(1,1),(1,0))'],
  ['int4range', "'[1,5)'", 'text', '[1,5)'],
  ['tstzrange', "'[2024-01-01 00:00+00,)'", 'text', '["2024-01-01 00:00:00+00",)'],
  ['datemultirange', "'{[2024-01-01,2024-01-03)}'", 'text', '{[2024-01-01,2024-01-03)}'],
  ['own_range', "'[1.5,2.5]'", 'text', '[1.5,2.5]'],
  ['pair', '\'(1,"a b")\'', 'text', '(1,"a b")'],
  ['pair[]', '\'{"(,)",NULL}\'', 'array<text>', '{"(,)",NULL}'],
  ['money', "'1234.5'", 'text', '$1,234.50'],
  ['pg_lsn', "'16/B374D848'", 'text', '16/B374D848'],
];

describe('PostgreSQL types', () => {
  let database: TestDatabase<PostgresAddress>;
  let session: Session;

  beforeAll(async () => {
    database = await newPostgresDatabase();
    await database.sql(
      `create type mood as enum ('sad', 'so so'); create domain price as numeric(10,2) not null default 0;
       create domain flag as boolean; create domain citext_like as text;
       create type own_range as range (subtype = numeric); create type pair as (a int, b text);
       create table every (${CASES.map(([type], i) => `c${i} ${type}`).join(', ')});
       insert into every values (${CASES.map(([, value]) => value).join(', ')});
       create table composite (ok int, bad every)`,
    );
    session = await openPostgres(database.server, database.name);
  });

  afterAll(async () => {
    await session[Symbol.asyncDispose]();
    await database.drop();
  });

  it('carries every type exactly, in a table and through a query', async () => {
    const read = await tableRead(session, { namespace: 'public', name: 'every' });
    expect(read.columns.map(({ type }) => describeType(type))).toEqual(CASES.map(([, , logical]) => logical));
    const expected = [CASES.map(([, , , text]) => text)];
    expect(await rowsOf(session.preview(read, signal))).toEqual(expected);
    const described = await session.describe('select * from every', {}, signal);
    // A query sees through a domain only as far as its base type's name; meaning and text are the same.
    expect(described.map(({ type }) => describeType(type))).toEqual(CASES.map(([, , logical]) => logical));
    expect(await rowsOf(session.preview(queryRead('select * from every', described), signal))).toEqual(expected);
  });

  it('leaves an unknown type without a meaning in the catalog and refuses it in a query', async () => {
    const catalog = await session.catalog({}, signal);
    const table = catalog.namespaces[0]?.tables.find(({ name }) => name === 'composite');
    expect(table?.columns.map(({ type }) => type?.kind ?? null)).toEqual(['int', null]);
    await expect(session.describe('select bad from composite', {}, signal)).rejects.toMatchObject({
      code: 'SOURCE/TYPE_UNMAPPED',
      context: { column: 'bad' },
    });
  });

  it('writes literals that mean exactly their text', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 30 }).map((value) => value.replaceAll('\0', '\\'));
    const hostile = fc.constantFrom("'", "\\'", '\\', "''", "E'", '$$', '--', '\n', '";', ':x', '/*');
    const values = fc.array(
      fc.oneof(
        text,
        hostile,
        fc.array(hostile, { maxLength: 8 }).map((parts) => parts.join('')),
      ),
      {
        minLength: 40,
        maxLength: 40,
      },
    );
    const type = { kind: 'text', maxCharacters: null } as const;
    await fc.assert(
      fc.asyncProperty(values, async (list) => {
        const columns = list.map((_, i) => ({ name: `c${i}`, nativeType: 'text', nullable: true, type }));
        const sql = `select ${list.map((_, i) => `:p${i}::text as c${i}`).join(', ')}`;
        const params = Object.fromEntries(list.map((value, i) => [`p${i}`, value]));
        expect(await rowsOf(session.preview(queryRead(sql, columns, { params }), signal))).toEqual([list]);
      }),
      { numRuns: 25 },
    );
    expect(() => literal('a\0b')).toThrow(expect.objectContaining({ code: 'PLAN/SQL_REFUSED' }));
  });
});
