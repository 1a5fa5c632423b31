/** Tables written in parts, from PostgreSQL through the kernel and through cells, and from SQLite. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportResult } from '../../../src-main/app/export-result.ts';
import { verifyPath } from '../../../src-main/app/verify-path.ts';
import { newPostgresDatabase, type TestDatabase } from '../../servers/shared-servers.ts';
import type { PostgresAddress } from '../../servers/postgres-client.ts';
import { newHome, type Home } from '../targets/rig.ts';
import { homeOn, runSample, samplePlan } from './rig.ts';

let database: TestDatabase<PostgresAddress>;

beforeAll(async () => {
  database = await newPostgresDatabase();
  await database.sql(`
    create table lines (id int primary key, name text);
    insert into lines select n, 'name ' || n || E'\\n"' from generate_series(1, 25000) n;
    create table stamped (id timestamptz primary key, name text);
    insert into stamped select timestamp '2020-01-01' + id * interval '1.5 seconds', name from lines;
    create table long_stamped (id timestamp primary key, name text);
    create table empty (id int primary key, name text);
    create table long (id int primary key, name text);
    insert into long select n, repeat(chr(96 + n), 3000000) from generate_series(1, 4) n;
    insert into long_stamped select timestamp '2020-01-01' + id * interval '1 day', name from long`);
});
afterAll(() => database.drop());

const homeWithShop = (): Promise<Home> => homeOn(database);

function shopPlan(table: string, { chunk = '', format = '{ type: csv }', masks = '' } = {}): string {
  return `waybill: 1
name: parts
purpose: test
connection: shop
tables: [{ table: public.${table}, columns: [id, name], orderBy: [id]${masks} }]
format: ${format}
${chunk === '' ? '' : `package: { chunk: ${chunk} }\n`}`;
}

function filesOf({ package: folder, tables }: ExportResult): Buffer[] {
  return tables.flatMap(({ resources }) => resources.map(({ path }) => readFileSync(join(folder ?? '', path))));
}

const rowsOf = ({ tables }: ExportResult): readonly number[] =>
  tables.flatMap(({ resources }) => resources.map(({ rows }) => rows));

async function requireWhole(home: Home, result: ExportResult): Promise<void> {
  expect(result.tables.map(({ verdict }) => verdict)).toEqual(['complete']);
  const folder = result.package ?? '';
  const verified = await verifyPath({ path: folder, reader: home.core.store.read, cwd: folder, trusted: [] });
  expect(verified.verdict).toBe('CONSISTENT, NOT ANCHORED');
  execFileSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: folder });
}

/** Each part begins with the header; together they hold the lines of the whole file. */
function joined(files: readonly Buffer[], headerBytes: number): Buffer {
  const [first = Buffer.alloc(0), ...more] = files;
  for (const file of more) expect(file.subarray(0, headerBytes)).toEqual(first.subarray(0, headerBytes));
  return Buffer.concat([first, ...more.map((file) => file.subarray(headerBytes))]);
}

describe('a table in parts', { timeout: 60_000 }, () => {
  const MASKS = ', masks: { name: { mask: partial, keepLast: 2 } }';

  it.each([
    ['through the kernel', 'lines', '{ type: csv }', ''],
    ['through the kernel, masked', 'lines', '{ type: csv }', MASKS],
    ['through the kernel of binary rows', 'stamped', '{ type: csv }', ''],
    ['through the kernel of binary rows, masked', 'stamped', '{ type: csv }', MASKS],
    ['through cells', 'lines', '{ type: ndjson }', ''],
  ])('of so many rows holds no row more, and all of them (%s)', async (_way, table, format, masks) => {
    using home = await homeWithShop();
    const whole = await runSample(home, shopPlan(table, { format, masks }));
    const parts = await runSample(home, shopPlan(table, { format, masks, chunk: '{ rows: 7000 }' }));
    expect(rowsOf(parts)).toEqual([7000, 7000, 7000, 4000]);
    await requireWhole(home, parts);
    const [file = Buffer.alloc(0)] = filesOf(whole);
    const headerBytes = format.includes('csv') ? file.indexOf('\n') + 1 : 0;
    expect(joined(filesOf(parts), headerBytes).equals(file)).toBe(true);
    expect(readdirSync(join(parts.package ?? '', 'data')).sort()).toEqual(
      [1, 2, 3, 4].map((part) => `public.${table}.000${part}.${format.includes('csv') ? 'csv' : 'ndjson'}`),
    );
  });

  it('that ends where a part does has no empty one behind it', async () => {
    using home = await homeWithShop();
    const parts = await runSample(home, shopPlan('lines', { chunk: '{ rows: 12500 }' }));
    expect(rowsOf(parts)).toEqual([12500, 12500]);
    await requireWhole(home, parts);
  });

  it('without rows is one part with its header', async () => {
    using home = await homeWithShop();
    const parts = await runSample(home, shopPlan('empty', { chunk: '{ rows: 5 }' }));
    expect(rowsOf(parts)).toEqual([0]);
    expect(filesOf(parts).map(String)).toEqual(['id,name\r\n']);
    await requireWhole(home, parts);
  });

  it.each([
    ['lines', '{ type: csv }'],
    ['stamped', '{ type: csv }'],
    ['lines', '{ type: ndjson }'],
  ])('of a size comes near it and stays below (%s, %s)', async (table, format) => {
    using home = await homeWithShop();
    const parts = await runSample(home, shopPlan(table, { format, chunk: '{ bytes: 100KiB }' }));
    const sizes = parts.tables.flatMap(({ resources }) => resources.map(({ bytes }) => bytes));
    expect(sizes.length).toBeGreaterThan(4);
    for (const size of sizes) expect(size).toBeLessThanOrEqual(100 * 1024);
    for (const size of sizes.slice(0, -1)) expect(size).toBeGreaterThan(80 * 1024);
    await requireWhole(home, parts);
  });

  it('of a size holds the rows of a file in the order of its key, of SQLite too, and looks for no size twice', async () => {
    using home = await newHome();
    const table = (more = ''): string => `[{ table: main.order_lines${more} }]`;
    const whole = await runSample(home, samplePlan('', table(', orderBy: [order_id, line_no]')));
    let most = 0;
    const parts = await runSample(home, samplePlan('package: { chunk: { bytes: 64KiB } }\n', table()), {
      onEvent: (event) => {
        if (event.type === 'table.progress') most = Math.max(most, event.rows);
      },
    });
    await requireWhole(home, parts);
    const sizes = parts.tables.flatMap(({ resources }) => resources.map(({ bytes }) => bytes));
    expect(sizes.length).toBeGreaterThan(5);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(64 * 1024);
    expect(Math.min(...sizes.slice(0, -1))).toBeGreaterThan(0.7 * 64 * 1024);
    const [file = Buffer.alloc(0)] = filesOf(whole);
    expect(joined(filesOf(parts), file.indexOf('\n') + 1).equals(file)).toBe(true);
    // What was read to find a size is in no figure.
    expect(most).toBeLessThanOrEqual(parts.tables[0]?.writtenRows ?? 0);
  });

  it.each(['long', 'long_stamped'])('never cuts a row, however long its cells are (%s)', async (table) => {
    using home = await homeWithShop();
    const parts = await runSample(home, shopPlan(table, { chunk: '{ bytes: 1MiB }' }));
    expect(rowsOf(parts)).toEqual([1, 1, 1, 1]);
    await requireWhole(home, parts);
    const two = await runSample(home, shopPlan(table, { chunk: '{ rows: 3 }' }));
    expect(rowsOf(two)).toEqual([3, 1]);
    await requireWhole(home, two);
  });

  it('is told part by part in the descriptor, each with its own count and hash', async () => {
    using home = await newHome();
    const tables = '[{ table: main.products, orderBy: [id] }]';
    const parts = await runSample(home, samplePlan('package: { chunk: { rows: 250 } }\n', tables));
    await requireWhole(home, parts);
    const descriptor = JSON.parse(readFileSync(join(parts.package ?? '', 'datapackage.json'), 'utf8')) as {
      resources: {
        path: string[];
        bytes: number;
        hash?: string;
        waybill: { rows: number; parts: { path: string }[] };
      }[];
    };
    const [resource] = descriptor.resources;
    const files = parts.tables[0]?.resources ?? [];
    expect(resource?.path).toEqual(files.map(({ path }) => path));
    expect(resource?.hash).toBeUndefined();
    expect(resource?.waybill).toMatchObject({
      rows: 600,
      parts: files.map(({ path, rows, bytes, sha256 }) => ({ path, rows, bytes, hash: `sha256:${sha256}` })),
    });
  });

  it('leaves nothing of a table that failed in a later part', async () => {
    using home = await newHome();
    const failing =
      '[{ table: main.customers }, { query: "select id, case when id = 400 then abs(-9223372036854775808) else id end as n from products order by id", name: bad, columns: { id: { unmasked: ok }, n: { unmasked: ok } } }]';
    const result = await runSample(home, samplePlan('package: { chunk: { rows: 100 } }\n', failing));
    expect(result.state).toBe('partial');
    const left = readdirSync(join(result.package ?? '', 'data'));
    expect(left.filter((name) => name.startsWith('bad'))).toEqual([]);
    expect(left.length).toBe(50);
  });
});
