import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { isAppError } from '../../../../src-shared/errors/app-error.ts';
import { CELL_CUT, CELL_NULL, CELL_PLAIN } from '../../../../src-shared/model/row-batch.ts';
import { floatText } from '../../../../src-main/connectors/kit/number-text.ts';
import { databaseOf, exportTable, openFile, queryRead, rowsOf, signal, tableRead } from './rig.ts';

const column = (type: string, value: string): Promise<(string | null)[][]> =>
  exportTable(databaseOf(`create table t (c ${type}); insert into t values (${value})`), 't');

describe('values', () => {
  it.each([
    ['INTEGER', '9223372036854775807', '9223372036854775807'],
    ['BIGINT', '-9223372036854775808', '-9223372036854775808'],
    ['INTEGER', "'42'", '42'],
    ['REAL', '0.1', '0.1'],
    ['REAL', '1e20', '1e+20'],
    ['REAL', '1', '1'],
    ['REAL', '1.7976931348623157e308', '1.7976931348623157e+308'],
    ['DOUBLE PRECISION', '5e-324', '5e-324'],
    ['REAL', '9e999', 'Infinity'],
    ['REAL', '-9e999', '-Infinity'],
    ['DECIMAL(10,2)', "'19.90'", '19.9'],
    ['DECIMAL(10,2)', '12345678901234567', '12345678901234567'],
    ['NUMERIC', '1e-7', '0.0000001'],
    ['NUMERIC', '1.5e20', '150000000000000000000'],
    ['BOOLEAN', '1', 'true'],
    ['BOOLEAN', '0', 'false'],
    ['TEXT', "''", ''],
    ['TEXT', "'a' || char(0) || 'b'", 'a\0b'],
    ['VARCHAR(3)', "'naïve 🚚 שלום'", 'naïve 🚚 שלום'],
    ['TEXT', '0.5', '0.5'],
    ['', '9007199254740993', '9007199254740993'],
    ['', '0.30000000000000004', '0.30000000000000004'],
    ['DATE', "'2024-02-29'", '2024-02-29'],
    ['DATETIME', '1700000000', '1700000000'],
    ['JSON', `'{ "a": 1.50 }'`, '{ "a": 1.50 }'],
    ['JSON', "'12'", '12'],
    ['BLOB', "x'00ff41'", '00ff41'],
    ['BLOB', "x''", ''],
    ['POINT', "'1 2'", '1 2'],
    ['INTERVAL', "'P1D'", 'P1D'],
    ['TEXT', 'null', null],
    ['INTEGER', 'null', null],
  ])('carries %s of %s as %s', async (type, value, text) => {
    expect(await column(type, value)).toEqual([[text]]);
  });

  it.each([
    ['INTEGER', "'seven'", 'TEXT'],
    ['INTEGER', '1.5', 'REAL'],
    ['INTEGER', "x'01'", 'BLOB'],
    ['REAL', "'much'", 'TEXT'],
    ['BOOLEAN', '2', 'INTEGER'],
    ['BOOLEAN', "'true'", 'TEXT'],
    ['DECIMAL(10,2)', "'ten'", 'TEXT'],
    ['NUMERIC', "x'01'", 'BLOB'],
    ['TEXT', "x'01'", 'BLOB'],
    ['', "x'01'", 'BLOB'],
    ['TEXT', "cast(x'61ff' as text)", 'not valid'],
    ['BLOB', "'text'", 'TEXT'],
    ['JSON', "'{'", 'JSON'],
    ['JSON', '9e999', 'infinite'],
  ])('refuses %s that holds %s and says where', async (type, value, found) => {
    const file = databaseOf(`create table t (id INTEGER PRIMARY KEY, "odd ""name" ${type});
      insert into t values (1, null), (2, ${value})`);
    const error = await exportTable(file, 't').catch((thrown: unknown) => thrown);
    if (!isAppError(error, 'SOURCE/VALUE_UNREPRESENTABLE')) throw error;
    expect(error.context).toMatchObject({ table: 'main.t', column: 'odd "name', row: 2 });
    expect(String(error.context['found'])).toContain(found);
    expect(error.message).not.toMatch(/seven|much/);
  });

  it.each(['UTF-16le', 'UTF-16be'])(
    'reads a database in %s exactly and refuses half a pair in it',
    async (encoding) => {
      const make = (value: string) =>
        databaseOf(
          `pragma encoding = '${encoding}'; create table t (c TEXT, n INTEGER); insert into t values (${value}, 7)`,
        );
      expect(await exportTable(make("'é🚚' || char(0) || 'x'"), 't')).toEqual([['é🚚\0x', '7']]);
      const half = encoding === 'UTF-16le' ? "x'3dd8'" : "x'd83d'";
      await expect(exportTable(make(`cast(${half} as text)`), 't')).rejects.toMatchObject({
        code: 'SOURCE/VALUE_UNREPRESENTABLE',
      });
    },
  );

  it('keeps NULL, the empty text and the empty BLOB apart, and never calls raw bytes plain', async () => {
    const file = databaseOf(
      `create table t (a TEXT, b BLOB); insert into t values (null, x''), ('', null), ('x', x'41')`,
    );
    await using session = await openFile(file);
    const read = await tableRead(session, 't');
    await using snapshot = await session.snapshot([read], signal);
    for await (const batch of snapshot.read(read, { signal, wire: false })) {
      expect([...batch.flags.subarray(0, 6)]).toEqual([CELL_NULL, 0, 0, CELL_NULL, CELL_PLAIN, 0]);
      batch.release();
    }
  });

  it('cuts values over 1 MiB into fragments that join to the value, and leaves 1 MiB whole', async () => {
    const file = databaseOf(`create table t (a INTEGER, b BLOB, c TEXT, d TEXT);
      insert into t values (1, zeroblob(3000000), replace(hex(zeroblob(900000)), '00', 'é'), 'end'),
        (2, zeroblob(1048576), 'x', 'end')`);
    await using session = await openFile(file);
    const read = await tableRead(session, 't');
    await using snapshot = await session.snapshot([read], signal);
    const sizes = [0, 0, 0, 0];
    let [rows, cuts] = [0, 0];
    for await (const batch of snapshot.read(read, { signal, wire: false })) {
      const measured = rows === 0 ? batch.cells : 0;
      for (let cell = 0; cell < measured; cell++) {
        const at = (batch.firstColumn + cell) % 4;
        const [start, end] = [batch.starts[cell] ?? 0, batch.ends[cell] ?? 0];
        sizes[at] = (sizes[at] ?? 0) + end - start;
        if ((batch.flags[cell] ?? 0) & CELL_CUT) cuts++;
        if (at === 2) new TextDecoder('utf-8', { fatal: true }).decode(batch.bytes.subarray(start, end));
      }
      if (rows === 1) expect((batch.flags[0] ?? 0) & CELL_CUT).toBe(0);
      rows += batch.rows;
      batch.release();
    }
    expect({ sizes, rows, cuts }).toEqual({ sizes: [1, 3_000_000, 1_800_000, 3], rows: 2, cuts: 3 });
  });

  it('describes a query and reads what it described', async () => {
    const file = databaseOf(`create table t (id BIGINT, price DECIMAL(9,2)); insert into t values (7, 1.5), (8, 2.5)`);
    await using session = await openFile(file);
    const sql = 'select id, price * 2 as twice from t where id >= cast(:low as integer)';
    const columns = await session.describe(sql, { low: '8' }, signal);
    expect(columns.map(({ name, nativeType, type }) => [name, nativeType, type.kind])).toEqual([
      ['id', 'BIGINT', 'int'],
      ['twice', '', 'text'],
    ]);
    const read = queryRead(sql, columns, { params: { low: '8' } });
    expect(await rowsOf(session.preview(read, signal))).toEqual([['8', '5']]);
    expect(await session.count(read, signal)).toBe(1);
    await expect(session.describe('select id, 1 as ID from t', {}, signal)).rejects.toMatchObject({
      code: 'SOURCE/QUERY_INVALID',
    });
  });

  it('spells each REAL so that it reads back to the same bits', () => {
    for (const value of [0.1, 1e15, 123456789012345680, 1e-5, 0.0001, -0, 1e21, 2 ** -1074, 100, 999999999999999]) {
      expect(Number(floatText(value))).toBe(value);
    }
    expect([1e15, 1e-5, 123456, 0.0001, -0].map(floatText)).toEqual(['1e+15', '1e-05', '123456', '0.0001', '-0']);
  });
});

describe('the sample shop', () => {
  it('is exported exactly, every table', async () => {
    const sql = readFileSync(new URL('../../../../assets/sample/shop.sql', import.meta.url), 'utf8');
    const file = databaseOf(sql);
    await using session = await openFile(file);
    const tables = (await session.catalog({}, signal)).namespaces[0]?.tables ?? [];
    let total = 0;
    const reference = new DatabaseSync(file, { readOnly: true });
    for (const { name } of tables) {
      const read = await tableRead(session, name);
      // The reference goes another way: SQLite's own text of each value, in the same order.
      const wanted = read.columns.map(({ name: c, type }) => {
        if (type.kind === 'bytes') return `lower(hex("${c}"))`;
        if (type.kind === 'boolean') return `case "${c}" when 1 then 'true' when 0 then 'false' end`;
        return `cast("${c}" as text)`;
      });
      const nulls = read.columns.map(({ name: c }) => `"${c}" is null`);
      const statement = reference.prepare(`select ${[...wanted, ...nulls].join(', ')} from "${name}"`);
      statement.setReturnArrays(true);
      const expected = (statement.all() as unknown as (string | number)[][]).map((row) =>
        read.columns.map(({ type }, i) => {
          if (row[i + read.columns.length] === 1) return null;
          return type.kind === 'float' || type.kind === 'decimal' ? Number(row[i]) : row[i];
        }),
      );
      await using snapshot = await session.snapshot([read], signal);
      const rows = await rowsOf(snapshot.read(read, { signal, wire: false }));
      const got = rows.map((row) =>
        row.map((text, i) => {
          const kind = read.columns[i]?.type.kind;
          return text !== null && (kind === 'float' || kind === 'decimal') ? Number(text) : text;
        }),
      );
      expect(await snapshot.count(read, signal)).toBe(rows.length);
      expect(got).toEqual(expected);
      total += rows.length;
    }
    reference.close();
    expect(total).toBeGreaterThan(50_000);
  });
});
