/** COPY BINARY through its kernel against COPY text through cells: byte for byte the same, whatever the types and rows. */
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { literal, quoteName } from '../../../../src-main/connectors/postgres/dialect.ts';
import { csv } from '../../../../src-main/formats/csv/index.ts';
import type { Session } from '../../../../src-main/ports/connector.ts';
import { isAppError } from '../../../../src-shared/errors/app-error.ts';
import { nullable, options, otherMask, text, textMask } from '../../../unit/engine/kernels/kernel-arbitraries.ts';
import type { Chosen } from '../../../unit/engine/kernels/kernel-case.ts';
import { newPostgresDatabase, type TestDatabase } from '../../../servers/shared-servers.ts';
import type { PostgresAddress } from '../../../servers/postgres-client.ts';
import { compareWires } from './binary-rig.ts';
import { openPostgres, queryRead, signal, tableRead } from './rig.ts';
import { TYPE_CASES, TYPE_CASES_SQL } from './type-cases.ts';

/** More of what a database can hold: what its own cast to text would spell in another way, and types of all kinds. */
const MORE: readonly (readonly [type: string, value: string])[] = [
  ...([
    ['"char"', "''"],
    ['"char"', "'\\200'"],
    ['name', `'it''s'`],
    ['char(3)', "' a'"],
    ['varchar(5)', "'a\tb'"],
  ] as const),
  ...([
    ['inet', "'10.0.0.1'"],
    ['inet', "'::1/128'"],
    ['cidr', "'10.0.0.0/8'"],
    ['xml', '\'<?xml version="1.0"?><a/>\''],
  ] as const),
  ...([
    ['xid', "'7'"],
    ['cid', "'8'"],
    ['xid8', "'18446744073709551615'"],
    ['regclass', "'pg_class'"],
  ] as const),
  ...([
    ['int2vector', "'1 2'"],
    ['oidvector', "'3 4'"],
    ['tid', "'(1,2)'"],
    ['refcursor', "'c'"],
  ] as const),
  ...([
    ['jsonpath', "'$.a'"],
    ['tsquery', "'a & b'"],
    ['macaddr8', "'08:00:2b:01:02:03:04:05'"],
  ] as const),
  ...([
    ['box', "'(1,1),(0,0)'"],
    ['circle', "'<(0,0),1>'"],
    ['line', "'{1,2,3}'"],
    ['lseg', "'[(0,0),(1,1)]'"],
  ] as const),
  ...([
    ['path', "'[(0,0),(1,1)]'"],
    ['real', "'NaN'"],
    ['real', '1e-45'],
    ['double precision', '1e308'],
  ] as const),
  ...([
    ['timetz', "'01:02:03.5-03:30:15'"],
    ['aclitem', "'postgres=r/postgres'"],
  ] as const),
  ...([
    ['numeric', "'Infinity'"],
    ['numeric', "'-Infinity'"],
    ['numeric', '1e131071'],
    ['numeric', '1e-16383'],
  ] as const),
  ...([
    ['numeric', '-0.000'],
    ['numeric(5,5)', '0.00001'],
    ['numeric', "'123456789012345678.00'"],
    ['uuid[]', "'{}'"],
  ] as const),
  ...([
    ['bytea[]', '\'{"\\\\\\\\x00"}\''],
    ['jsonb', '\'"\\n"\''],
    ['json', '\' {"a" :\n1}\''],
    ['boolean[]', "'{t,f}'"],
  ] as const),
  ...([
    ['email', "'a@b'"],
    ['code', "'7f'"],
    ['stamp', "'2020-01-01'"],
    ['moods', "'{sad}'"],
    ['pair', "'(,)'"],
  ] as const),
  ...([
    ['doc', "'{}'"],
    ['key', "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"],
    ['blob', "'\\xff'"],
    ['shape', "'(1,2)'"],
  ] as const),
];
const CASES = [...TYPE_CASES.map(([type, value]) => [type, value] as const), ...MORE];

let database: TestDatabase<PostgresAddress>;
let session: Session;

beforeAll(async () => {
  database = await newPostgresDatabase();
  await database.sql(`${TYPE_CASES_SQL}
    create domain email as varchar(40); create domain code as char(4); create domain stamp as timestamp(3);
    create domain moods as mood[]; create domain doc as jsonb; create domain key as uuid; create domain blob as bytea;
    create domain shape as point;
    create table every (${CASES.map(([type], i) => `c${i} ${type}`).join(', ')});
    insert into every values (${CASES.map(([, value]) => value).join(', ')}), (${CASES.map(([type]) => (type === 'price' ? '0' : 'null')).join(', ')});
    create table composite (a pair, b pair); insert into composite values (row(null, null), null)`);
  session = await openPostgres(database.server, database.name);
});

afterAll(async () => {
  await session[Symbol.asyncDispose]();
  await database.drop();
});

describe('rows in COPY BINARY', () => {
  it('are the same for every type, in a table and through a query', async () => {
    const read = await tableRead(session, { namespace: 'public', name: 'every' });
    expect(read.columns).toHaveLength(CASES.length);
    const query = queryRead('select * from every', await session.describe('select * from every', {}, signal));
    for (const each of [read, query]) {
      await using snapshot = await session.snapshot([each], signal);
      for (const column of each.columns) {
        const made = await compareWires(snapshot, { ...each, columns: [column] });
        expect([column.nativeType, made?.binary]).toEqual([column.nativeType, made?.cells ?? 'nothing']);
      }
      const all = await compareWires(snapshot, each);
      expect(all?.binary).toBe(all?.cells ?? 'nothing');
    }
  });

  it('know a composite of NULLs from NULL', async () => {
    const read = await tableRead(session, { namespace: 'public', name: 'composite' });
    await using snapshot = await session.snapshot([read], signal);
    expect(await compareWires(snapshot, read)).toMatchObject({ cells: '"(,)",\r\n', binary: '"(,)",\r\n' });
  });

  it('come in the order that is asked for, whatever the columns are named', async () => {
    await database.sql(`create table named ("format" mood, textin double precision, "case" text, id int);
      insert into named values ('so so', 10, 'x', 1), ('sad', 9, 'y', 2), (null, 100, 'z', 3)`);
    const read = await tableRead(session, { namespace: 'public', name: 'named' });
    const query = queryRead('select * from named', read.columns);
    for (const source of [read, query]) {
      for (const column of read.columns) {
        const ordered = { ...source, orderBy: [{ column: column.name, descending: true }], limit: 2 };
        await using snapshot = await session.snapshot([ordered], signal);
        const made = await compareWires(snapshot, ordered);
        expect(made?.binary).toBe(made?.cells ?? 'nothing');
      }
    }
  });

  it('may be none', async () => {
    const read = await tableRead(session, { namespace: 'public', name: 'every' }, { where: 'false' });
    await using snapshot = await session.snapshot([read], signal);
    expect(await compareWires(snapshot, read)).toMatchObject({ cells: '', binary: '' });
  });

  it('may be longer than a block, with cells that are and cells that are not', { timeout: 120_000 }, async () => {
    await database.sql(`create table long (id bigint, body text, raw bytea, doc jsonb, n numeric, at timestamptz, "on" date,
        ok boolean, key uuid, plain json, t time);
      insert into long select i, repeat(E'é\\\\\\n"x', i * 40000), decode(repeat('00ff', i * 20000), 'hex'),
          to_jsonb(repeat('a"', i * 30000)), case when i % 2 = 0 then repeat('9', i * 1000)::numeric / 7 end,
          '2024-05-06 07:08:09.5Z', '0044-03-15 BC', i % 2 = 0, md5(i::text)::uuid, to_json(repeat('x', i * 50000)), '01:02:03'
        from generate_series(1, 24, 8) i;
      insert into long (id, body) values (100, repeat('y', 524288 - 60)), (101, repeat(E'\\n', 524288 - 60)), (102, repeat('z', 1048576)),
        (103, repeat('z', 1048577)), (104, repeat('\\', 524289)), (105, '');
      insert into long (id, raw) values (106, decode(repeat('ab', 524289), 'hex')), (107, decode(repeat('ab', 523000), 'hex'))`);
    const read = await tableRead(session, { namespace: 'public', name: 'long' });
    await using snapshot = await session.snapshot([read], signal);
    const made = await compareWires(snapshot, read);
    expect(made?.fragments).toBeGreaterThan(10);
    // Not toBe: a difference of megabytes is nothing to print.
    expect(made !== null && made.binary === made.cells).toBe(true);
  });

  it('are the same on random values of every type that has a formatter of its own', { timeout: 120_000 }, async () => {
    await database.sql(
      `create table fuzz (${FUZZED.map(({ type }, i) => `c${i} ${type}`).join(', ')}, n int generated always as identity)`,
    );
    const columns = FUZZED.map((_, i) => quoteName(`c${i}`));
    const rows = fc.array(fc.tuple(...FUZZED.map(({ value }) => nullable(value))), { minLength: 60, maxLength: 60 });
    const masks = fc.tuple(...FUZZED.map(({ mask }) => mask));
    const read = await tableRead(session, { namespace: 'public', name: 'fuzz' });
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(rows, masks, options, async (values, chosen, given) => {
        const parsed = csv.options.safeParse(given);
        if (!parsed.success) return;
        const lists = values.map((row) => `(${row.map((v) => (v === null ? 'null' : literal(v))).join(', ')})`);
        await database.sql(`truncate fuzz; insert into fuzz (${columns.join(', ')}) values ${lists.join(', ')}`);
        const fuzzed = { ...read, columns: read.columns.slice(0, -1), orderBy: [{ column: 'n', descending: false }] };
        await using snapshot = await session.snapshot([fuzzed], signal);
        try {
          const made = await compareWires(snapshot, fuzzed, { masks: chosen, options: parsed.data });
          if (made === null) return;
          compared++;
          expect(made.binary).toBe(made.cells);
        } catch (error) {
          if (!isAppError(error, 'FORMAT/OPTION_INVALID')) throw error;
        }
      }),
      { numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(10);
  });
});

const intOf = (bits: number) =>
  fc.oneof(
    fc.bigInt({ min: -(2n ** BigInt(bits - 1)), max: 2n ** BigInt(bits - 1) - 1n }),
    fc.bigInt({ min: -200n, max: 200n }),
  );
const pad = (n: number, size: number): string => String(n).padStart(size, '0');
const day = fc
  .tuple(
    fc.oneof(fc.integer({ min: -4712, max: 20_000 }), fc.integer({ min: 1900, max: 2100 })),
    fc.nat(11),
    fc.nat(27),
  )
  .map(([year, month, of]) => ({
    text: `${pad(year > 0 ? year : 1 - year, 4)}-${pad(month + 1, 2)}-${pad(of + 1, 2)}`,
    end: year > 0 ? '' : ' BC',
  }));
const clock = fc
  .tuple(fc.nat(23), fc.nat(59), fc.nat(59), fc.oneof(fc.nat(999_999), fc.constantFrom(0, 500_000, 100, 10)))
  .map(([h, m, s, f]) => `${pad(h, 2)}:${pad(m, 2)}:${pad(s, 2)}.${pad(f, 6)}`);
const infinite = fc.constantFrom('infinity', '-infinity');
const moment = fc.oneof(
  { weight: 9, arbitrary: fc.tuple(day, clock).map(([date, time]) => `${date.text} ${time}${date.end}`) },
  { weight: 1, arbitrary: infinite },
);
const decimal = fc.oneof(
  fc
    .tuple(fc.bigInt({ min: -(10n ** 45n), max: 10n ** 45n }), fc.integer({ min: -60, max: 20 }))
    .map(([digits, exponent]) => `${digits}e${exponent}`),
  fc.tuple(fc.integer(), fc.nat(9999)).map(([whole, part]) => `${whole}.${part}`),
  fc.constantFrom('NaN', 'Infinity', '-Infinity', '0', '0.000', '1e2000', '1e-2000', '-1e-10'),
);
const noNul = text.map((value) => value.replaceAll('\0', ''));
const none = fc.constant<Chosen | null>(null);
const FUZZED: readonly { type: string; value: fc.Arbitrary<string>; mask: fc.Arbitrary<Chosen | null> }[] = [
  { type: 'smallint', value: intOf(16).map(String), mask: otherMask('1') },
  { type: 'integer', value: intOf(32).map(String), mask: otherMask('1') },
  { type: 'bigint', value: intOf(64).map(String), mask: otherMask('1') },
  { type: 'oid', value: fc.nat(2 ** 31 - 1).map(String), mask: none },
  { type: 'numeric', value: decimal, mask: otherMask('1.5') },
  { type: 'numeric(12,2)', value: fc.integer().map((n) => `${n}e-2`), mask: none },
  { type: 'boolean', value: fc.constantFrom('t', 'f'), mask: otherMask('true') },
  {
    type: 'date',
    value: fc.oneof(
      day.map(({ text: date, end }) => `${date}${end}`),
      infinite,
    ),
    mask: none,
  },
  { type: 'time', value: clock, mask: none },
  { type: 'timestamp', value: moment, mask: none },
  { type: 'timestamp(3)', value: moment, mask: none },
  { type: 'timestamptz', value: moment, mask: none },
  { type: 'uuid', value: fc.uuid(), mask: textMask },
  { type: 'text', value: noNul, mask: textMask },
  { type: 'char(6)', value: noNul.map((value) => Array.from(value).slice(0, 6).join('')), mask: none },
  { type: 'email', value: fc.emailAddress().map((value) => value.slice(0, 40)), mask: textMask },
  { type: 'json', value: noNul.map((value) => JSON.stringify(value).replaceAll('\\u0000', '')), mask: none },
  { type: 'jsonb', value: fc.json().map((value) => value.replaceAll('\\u0000', '')), mask: none },
  { type: 'bytea', value: fc.uint8Array().map((raw) => `\\x${Buffer.from(raw).toString('hex')}`), mask: none },
  { type: 'double precision', value: fc.double({ noNaN: true }).map(String), mask: none },
  { type: 'interval', value: fc.integer().map((n) => `${n} seconds`), mask: none },
  { type: 'mood', value: fc.constantFrom('sad', 'so so'), mask: textMask },
  { type: 'int[]', value: fc.array(fc.nat(9)).map((items) => `{${items.join(',')}}`), mask: none },
];
