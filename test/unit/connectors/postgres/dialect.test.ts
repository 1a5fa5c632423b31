import { describe, expect, it } from 'vitest';
import { binaryStatement, literal, postgresDialect } from '../../../../src-main/connectors/postgres/dialect.ts';
import type { LogicalType } from '../../../../src-shared/model/logical-type.ts';
import type { TableRead } from '../../../../src-shared/model/table-read.ts';

const text: LogicalType = { kind: 'text', maxCharacters: null };
const column = (name: string, type: LogicalType = text) => ({ name, nativeType: 'text', nullable: true, type });

/** A column of every kind: PostgreSQL needs no conversion in the SELECT list, COPY's text is respelt while splitting. */
const everyKind: readonly LogicalType[] = [
  { kind: 'boolean' },
  { kind: 'int', bits: 64, signed: true },
  { kind: 'decimal', precision: 12, scale: 2 },
  { kind: 'float', bits: 64 },
  { kind: 'timestamp', digits: 6, zone: 'utc' },
  { kind: 'date' },
  { kind: 'time', digits: 6, zone: 'none' },
  { kind: 'interval' },
  { kind: 'bytes', maxBytes: null },
  { kind: 'json' },
  { kind: 'array', of: text },
  text,
];

/** Types whose canonical text is that of a text. */
const NATIVE = [
  'uuid',
  'character(4)',
  'character varying(20)',
  'character varying',
  'name',
  'inet',
  'public.mood',
  '"char"',
];

const table: TableRead = {
  source: { kind: 'table', table: { namespace: 'pub"lic', name: 'it; --' } },
  columns: [column('id'), column('a"b')],
  where: "created >= :since -- from then on\n and note <> ':since' and owner = :owner",
  orderBy: [
    { column: 'id', descending: false },
    { column: 'a"b', descending: true },
  ],
  limit: 10,
  params: { since: "20'24\\", owner: null },
};

const query: TableRead = {
  source: { kind: 'query', sql: 'select id, count(*) as n from t where at > :since group by 1 -- tail' },
  ...{ columns: [column('id'), column('n')], where: null, orderBy: [], limit: null, params: { since: '2024-01-01' } },
};

const CASES: Readonly<Record<string, string>> = {
  'table.select': postgresDialect.select(table).text,
  'table.count': postgresDialect.count(table).text,
  'query.select': postgresDialect.select(query).text,
  'query.count': postgresDialect.count(query).text,
  'table.binary': binaryStatement(table),
  'query.binary': binaryStatement({ ...query, orderBy: [{ column: 'n', descending: true }] }),
  'types.binary': binaryStatement({
    ...table,
    ...{ where: null, orderBy: [], limit: null },
    columns: [
      ...everyKind.map((type) => column(type.kind, type)),
      ...NATIVE.map((type) => ({ ...column(type), nativeType: type })),
    ],
  }),
  'types.select': postgresDialect.select({
    ...table,
    ...{ where: null, orderBy: [], limit: null },
    columns: everyKind.map((type) => column(type.kind, type)),
  }).text,
};

describe('PostgreSQL’s SQL', () => {
  it.each(Object.entries(CASES))('writes %s as the golden file says', async (name, sql) => {
    await expect(`${sql}\n`).toMatchFileSnapshot(`../../../golden/postgres/${name}.sql`);
  });

  it('offers COPY BINARY where the server then has less to write', () => {
    const bigint: LogicalType = { kind: 'int', bits: 64, signed: true };
    const interval: LogicalType = { kind: 'interval' };
    const uuid = { ...column('c'), nativeType: 'uuid' };
    expect(postgresDialect.leanWire?.([column('a', bigint), uuid, column('d', interval)])).toEqual({
      name: 'pg-copy-binary',
      encodings: ['int64', 'uuid', 'text'],
    });
    expect(postgresDialect.leanWire?.([uuid, column('d', interval), column('e', interval)])).toBeNull();
    expect(postgresDialect.leanWire?.([column('a', bigint), column('b')])).toBeNull();
  });

  it('binds no values beside the text, since COPY takes none', () => {
    expect(postgresDialect.select(table).values).toEqual([]);
  });

  it('names the parameters of a text in order of first use', () => {
    expect(postgresDialect.parametersOf("b = :two and a = :one or c = :two and ':no' <> d::text")).toEqual([
      'two',
      'one',
    ]);
  });

  it.each([
    ['', "''"],
    ["it's", "'it''s'"],
    ['a\\b', "E'a\\\\b'"],
    ["\\'", "E'\\\\'''"],
  ])('writes the literal %j', (value, sql) => {
    expect(literal(value)).toBe(sql);
  });

  it.each([['a\0b'], ['\ud800']])('refuses the literal %j', (value) => {
    expect(() => literal(value)).toThrow(expect.objectContaining({ code: 'PLAN/SQL_REFUSED' }));
  });
});
