import * as fc from 'fast-check';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openDatabase, type OpenDatabase } from '../../../../src-main/connectors/sqlite/open-database.ts';
import { readCatalog } from '../../../../src-main/connectors/sqlite/read-catalog.ts';
import { readRows } from '../../../../src-main/connectors/sqlite/read-rows.ts';
import { joinFragments } from '../../../../src-main/engine/run/join-fragments.ts';
import { isAppError } from '../../../../src-shared/errors/app-error.ts';
import { cellText, type RowBatch } from '../../../../src-shared/model/row-batch.ts';
import type { TableRead } from '../../../../src-shared/model/table-read.ts';
import { databaseOf, exec } from './rig.ts';

type Rows = (string | null)[][];

/** Rows of a block of counted cells (row-batch.md §7). */
function rowsOfBlock({ bytes, tail, rows, schema }: RowBatch): Rows {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, tail);
  let at = 0;
  const cell = (): string | null => {
    const first = view[at++] ?? 0;
    if (first === 0xfb) return null;
    const width = first < 0xfb ? 0 : first === 0xfc ? 2 : 3;
    const size = width === 0 ? first : view.readUIntLE(at, width);
    at += width + size;
    return view.toString('utf8', at - size, at);
  };
  const found = Array.from({ length: rows }, () => schema.columns.map(cell));
  expect(at).toBe(tail);
  return found;
}

interface Read {
  readonly rows: Rows;
  /** Of the rows, so many came in blocks. */
  readonly inBlocks: number;
}

/** The table t, without a process between. */
async function readFrom(
  file: string,
  { wire, ...more }: Partial<TableRead> & { readonly wire: boolean },
): Promise<Read> {
  using db = openDatabase(file);
  db.begin();
  const batches = readRows(db, readOf(db, more), { statementTimeoutMs: 0, wire });
  const rows: Rows = [];
  let inBlocks = 0;
  for await (const batch of joinFragments(asynchronous(batches), { cellBytes: 2 ** 26, table: 't' })) {
    if (batch.cells === 0) {
      inBlocks += batch.rows;
      rows.push(...rowsOfBlock(batch));
    } else rows.push(...rowsOfCells(batch));
    batch.release();
  }
  return { rows, inBlocks };
}

function readOf(db: OpenDatabase, more: Partial<TableRead>): TableRead {
  const found = readCatalog(db, null).namespaces[0]?.tables.find(({ name }) => name === 't');
  if (found === undefined) throw new Error('t is not in the catalog');
  const columns = found.columns.flatMap(({ type, ...column }) => (type === null ? [] : [{ ...column, type }]));
  const source = { kind: 'table', table: { namespace: 'main', name: 't' } } as const;
  return { source, columns, where: null, orderBy: [], limit: null, params: {}, ...more };
}

async function* asynchronous(batches: Iterable<RowBatch>): AsyncGenerator<RowBatch> {
  yield* batches;
}

function rowsOfCells(batch: RowBatch): Rows {
  const width = batch.schema.columns.length;
  return Array.from({ length: batch.rows }, (_row, row) =>
    batch.schema.columns.map((_column, column) => cellText(batch, row * width + column)),
  );
}

async function outcome(read: Promise<Read>): Promise<Rows | string> {
  try {
    return (await read).rows;
  } catch (error) {
    if (isAppError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
}

/** The same rows, or the same refusal, whichever way they are read; gives how many came in blocks. */
async function sameBothWays(file: string, more: Partial<TableRead> = {}): Promise<number> {
  const oneByOne = await outcome(readFrom(file, { ...more, wire: false }));
  const inGroups = readFrom(file, { ...more, wire: true });
  expect(await outcome(inGroups)).toEqual(oneByOne);
  return typeof oneByOne === 'string' ? 0 : (await inGroups).inBlocks;
}

const hostile = fc.string({
  unit: fc.constantFrom(
    ...['\u0001', '\u0002', '\0', ',', '"', "'", '\n', '\r', '\t', 'é', '🦄', 'n', 'r', ' ', '0', '-', '.', 'x'],
  ),
  maxLength: 30,
});
const plain = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', 'é', '🦄', '\u0002', '\0', '0', ' '), maxLength: 20 }),
  fc.constantFrom('', '0', '-', '1e5', 'x'.repeat(250), 'y'.repeat(251), 'é'.repeat(40_000)),
);
const integer = fc.oneof(
  fc.constantFrom<bigint>(0n, 1n, -1n, 2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n + 1n),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
);
const real = fc.oneof(
  fc.constantFrom(0.1, -0, 1e20, 5e-324, 1.5, 0.30000000000000004, 1e300, -Infinity),
  fc.double({ noNaN: true }),
);
const json = fc.oneof(
  fc.constantFrom('{"a":1.50}', ' [1, 2]', '"x"', 'null', '7'),
  fc.constantFrom('[1', '', '00123456789012345678901'),
);
type Stored = fc.Arbitrary<string | number | bigint | Uint8Array | null>;
/** What is declared, and values that fit it. */
const DECLARED: readonly (readonly [string, Stored])[] = [
  ['integer', integer],
  ['bigint unsigned', integer],
  ['text', plain],
  ['varchar(20)', plain],
  ['date', fc.oneof(plain, real, integer)],
  ['', fc.oneof(plain, real, integer)],
  ['boolean', fc.constantFrom(0n, 1n)],
  ['decimal(10,2)', fc.oneof(real, integer, fc.constantFrom('12345678901234567890.5', '1.50'))],
  ['real', real],
  ['json', json],
  ['serial', integer],
  ['point', plain],
];
const odd: Stored = fc.oneof(hostile, integer, real, fc.uint8Array({ maxLength: 3 }));
const column = fc.constantFrom(...DECLARED).chain(([declared, fitting]) =>
  fc.tuple(
    fc.constant(declared),
    fc.array(fc.option(fc.oneof({ arbitrary: fitting, weight: 60 }, { arbitrary: odd, weight: 1 }), { freq: 6 }), {
      ...{ minLength: 1, maxLength: 40 },
    }),
  ),
);
const LONG = { timeout: 240_000 };

describe('rows in groups', () => {
  it('are those that are read one by one, whatever is declared and stored', LONG, async () => {
    let inBlocks = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(column, { minLength: 1, maxLength: 4 }), async (columns) => {
        const file = databaseOf(`create table t (${columns.map(([type], i) => `c${i} ${type}`).join(', ')})`);
        const db = new DatabaseSync(file);
        const insert = db.prepare(`insert into t values (${columns.map(() => '?').join(', ')})`);
        const rows = Math.min(...columns.map(([, values]) => values.length));
        for (let row = 0; row < rows; row++) insert.run(...columns.map(([, values]) => values[row] ?? null));
        db.close();
        inBlocks += await sameBothWays(file);
      }),
      { numRuns: 300 },
    );
    expect(inBlocks).toBeGreaterThan(500);
  });

  it('come whole from both ends of the rowids, and over gaps', async () => {
    const ids = [-(2n ** 63n), -5n, 0n, 1n, 2n ** 40n, 2n ** 63n - 1n];
    const values = ids.map((id) => `(${id}, 'row')`).join(', ');
    expect(
      await sameBothWays(databaseOf(`create table t (id integer primary key, v text); insert into t values ${values}`)),
    ).toBe(6);
  });

  const MANY = `create table t (id integer primary key, kind text, n integer, v real);
    insert into t with recursive s (i) as (select 1 union all select i + 1 from s where i < 30000)
      select i * 3, case i % 3 when 0 then 'a' else 'b' end, i % 7, i / 8.0 from s;
    create index by_kind on t (kind, n);`;

  it('keep the order of the rowid', LONG, async () => {
    const file = databaseOf(MANY);
    expect(await sameBothWays(file)).toBe(30_000);
    expect(await sameBothWays(file, { orderBy: [{ column: 'id', descending: false }] })).toBe(30_000);
  });

  it('leave a condition to one statement: it may mean another row each time, and an index may serve it', async () => {
    const file = databaseOf(MANY);
    expect(await sameBothWays(file, { where: 'kind = :kind and n > 2', params: { kind: 'a' } })).toBe(0);
    const { rows } = await readFrom(file, { where: 'abs(random()) % 2 = 0', wire: true });
    expect(rows.length).toBeGreaterThan(10_000);
    for (const [id, , , real] of rows) expect(Number(real)).toBe(Number(id) / 3 / 8);
  });

  it('leave every other order and limit to the library', async () => {
    const file = databaseOf(MANY);
    expect(await sameBothWays(file, { orderBy: [{ column: 'id', descending: true }] })).toBe(0);
    expect(await sameBothWays(file, { orderBy: [{ column: 'n', descending: false }] })).toBe(0);
    expect(await sameBothWays(file, { limit: 10 })).toBe(0);
  });

  it.each([
    ['a table without rowid', 'create table t (id text primary key, v text) without rowid'],
    ['a table whose columns have taken all names of the rowid', 'create table t (rowid text, oid text, _rowid_ text)'],
    ['a table of bytes', 'create table t (id integer, v blob)'],
    ['a table with a computed column', 'create table t (id integer, v text as (id + 1))'],
    ['a view', "create table u (a text, b text); create view t as select * from u; insert into u values ('x', 'y')"],
    ['a database in UTF-16', "pragma encoding = 'UTF-16le'; create table t (a text, b text)"],
  ])('leave %s to be read one by one', async (_, sql) => {
    expect(await sameBothWays(databaseOf(sql))).toBe(0);
  });

  it('find a rowid that a column has hidden under one of its names', async () => {
    expect(
      await sameBothWays(
        databaseOf("create table t (rowid text, v text); insert into t values ('z', '1'), ('a', '2')"),
      ),
    ).toBe(2);
  });

  it('name the row of a value that cannot be carried, as always', async () => {
    const file = databaseOf(MANY);
    exec(file, "update t set n = 'seven' where id = 60006");
    await sameBothWays(file);
    const told = await outcome(readFrom(file, { wire: true }));
    expect(told).toMatch(/^SOURCE\/VALUE_UNREPRESENTABLE: .* row 20002 holds TEXT/);
  });

  it('name the row of a text that is not valid in its encoding', async () => {
    const file = databaseOf(MANY);
    exec(file, "update t set kind = cast(x'61ff62' as text) where id = 30000");
    expect(await outcome(readFrom(file, { wire: true }))).toMatch(/row 10000 holds TEXT that is not valid/);
    await sameBothWays(file);
  });

  it('go on in groups behind a row that holds the separator', async () => {
    const file = databaseOf(MANY);
    exec(file, "update t set kind = 'x' || char(1) || 'y' where id = 45000");
    const inBlocks = await sameBothWays(file);
    expect(inBlocks).toBeGreaterThan(25_000);
    expect(inBlocks).toBeLessThan(30_000);
  });

  it('take long values as they are, without much memory', LONG, async () => {
    const file = databaseOf(`create table t (id integer primary key, v text);
      insert into t values (1, 'short'), (2, cast(zeroblob(3000000) as text)), (3, 'short'),
        (4, replace(hex(zeroblob(600000)), '0', 'é')), (5, 'end')`);
    await sameBothWays(file);
  });
});
