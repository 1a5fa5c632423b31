// Values of hundreds of megabytes: exact to their last byte, and never twice in the reader's memory.
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { CELL_CUT, LONG_CELL_BYTES } from '../../../../src-shared/model/row-batch.ts';
import type { TableRead } from '../../../../src-shared/model/table-read.ts';
import { readersOf } from '../../../fakes/reader-processes.ts';
import { databaseOf, openFile, queryRead, signal, tableRead, tempFolder } from './rig.ts';

const MIB = 1024 * 1024;

/** Sizes and digests of all cells of a read, row by row; NULL is null. */
interface Cell {
  readonly bytes: number;
  readonly sha256: string;
}

const digest = (value: Uint8Array | string): string => createHash('sha256').update(value).digest('hex');
const cellOf = (value: Uint8Array | string): Cell => ({ bytes: Buffer.byteLength(value), sha256: digest(value) });

interface Found {
  readonly cells: readonly Cell[];
  readonly cuts: number;
  readonly largestBlock: number;
  /** Of the reader process, at its highest. */
  readonly residentBytes: number;
}

async function read(
  file: string,
  how: (session: Awaited<ReturnType<typeof openFile>>) => Promise<TableRead>,
): Promise<Found> {
  await using session = await openFile(file);
  const wanted = await how(session);
  await using snapshot = await session.snapshot([wanted], signal);
  const cells: Cell[] = [];
  let [cuts, largestBlock, size] = [0, 0, 0];
  let hash = createHash('sha256');
  for await (const batch of snapshot.read(wanted, { signal, wire: false })) {
    for (let cell = 0; cell < batch.cells; cell++) {
      const bytes = batch.bytes.subarray(batch.starts[cell], batch.ends[cell]);
      hash.update(bytes);
      size += bytes.length;
      if (((batch.flags[cell] ?? 0) & CELL_CUT) !== 0) {
        cuts++;
        continue;
      }
      cells.push({ bytes: size, sha256: hash.digest('hex') });
      [size, hash] = [0, createHash('sha256')];
    }
    largestBlock = Math.max(largestBlock, batch.bytes.length);
    batch.release();
  }
  return { cells, cuts, largestBlock, residentBytes: Math.max(...readersOf(process.pid).map(highestResident)) };
}

function highestResident(pid: number): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}

function databaseWith(sql: string, values: readonly (Uint8Array | string | number | null)[]): string {
  const file = join(tempFolder(), 'long.db');
  const db = new DatabaseSync(file);
  db.exec(`pragma journal_mode = off; pragma synchronous = off; ${sql}`);
  db.prepare(`insert into t values (${values.map(() => '?').join(', ')})`).run(...values);
  db.close();
  return file;
}

/** Not a multiple of any block or page, so that nothing can be exchanged unnoticed. */
function patterned(bytes: number): Buffer {
  return Buffer.alloc(bytes, randomBytes(1_000_003));
}

describe('long cells of SQLite', () => {
  it.each([
    ['256 MiB', 'BLOB', (): Buffer => patterned(256 * MIB)],
    ['256 MiB', 'TEXT', (): Buffer => Buffer.alloc(256 * MIB, 'aé€🚚')],
    [
      '64 MiB',
      'JSON',
      (): Buffer => Buffer.concat([Buffer.from('["'), Buffer.alloc(64 * MIB - 4, '😀 '), Buffer.from('"]')]),
    ],
  ] as const)(
    'of %s (%s) come in fragments to their last byte, and are in the reader’s memory once',
    async (_, type, make) => {
      const value = make();
      const isText = type !== 'BLOB';
      const file = databaseWith(`create table t (id INTEGER PRIMARY KEY, c ${type}, after TEXT)`, [1, null, 'behind']);
      const db = new DatabaseSync(file);
      db.prepare(`update t set c = ${isText ? 'cast(? as text)' : '?'}`).run(value);
      db.close();
      const found = await read(file, (session) => tableRead(session, 't'));
      expect(found.cells).toEqual([cellOf('1'), cellOf(value), cellOf('behind')]);
      expect(found.cuts).toBeGreaterThanOrEqual(value.length / MIB - 1);
      expect(found.largestBlock).toBe(MIB);
      // Node and the library take some 60 MiB, slices on their way as much again; another copy of the value does not fit.
      expect(found.residentBytes).toBeLessThan(value.length + 200 * MIB);
    },
    60_000,
  );

  it('keep their place among others, whichever way their rows are read', async () => {
    const [blob, text] = [patterned(5 * MIB + 1), 'é'.repeat(3 * MIB) + 'x'];
    const json = `{ "a": [1.50, "${'b€'.repeat(MIB)}"] }`;
    const exact = Buffer.alloc(LONG_CELL_BYTES, 'y');
    const row = [1, blob, 'between', text, json, exact];
    const columns = 'id INTEGER PRIMARY KEY, b BLOB, s TEXT, c TEXT, j JSON, e BLOB';
    const expected = [cellOf('1'), cellOf(blob), cellOf('between'), cellOf(text), cellOf(json), cellOf(exact)];
    const plain = databaseWith(`create table t (${columns}); create view v as select * from t`, row);
    const noRowid = databaseWith(`create table t (${columns}) without rowid`, row);
    const noName = databaseWith('create table t (rowid TEXT, oid TEXT, _rowid_ BLOB)', ['a', text, blob]);
    expect((await read(plain, (session) => tableRead(session, 't'))).cells).toEqual(expected);
    expect((await read(plain, (session) => tableRead(session, 'v'))).cells).toEqual(expected);
    expect((await read(noRowid, (session) => tableRead(session, 't'))).cells).toEqual(expected);
    expect((await read(noName, (session) => tableRead(session, 't'))).cells).toEqual([
      ...[cellOf('a'), cellOf(text), cellOf(blob)],
    ]);
    const sql = 'select c, b from t where id > 0';
    const found = await read(plain, async (session) => queryRead(sql, await session.describe(sql, {}, signal)));
    expect(found.cells).toEqual([cellOf(text), cellOf(blob)]);
  });

  it('are found among rows in another order, and among those that are read in groups', async () => {
    const file = databaseOf(`create table t (n INTEGER, c TEXT);
      insert into t select value, 'row ' || value from (with recursive v(value) as (select 1 union all select value + 1 from v
        where value < 3000) select value from v);
      update t set c = replace(hex(zeroblob(${6 * MIB})), '00', char(96 + n % 26)) where n in (7, 1500, 1501, 3000);
      create table u (id INTEGER PRIMARY KEY, c TEXT); insert into u select n, c from t`);
    const values = Array.from({ length: 3000 }, (_, i) =>
      [7, 1500, 1501, 3000].includes(i + 1)
        ? String.fromCodePoint(96 + ((i + 1) % 26)).repeat(6 * MIB)
        : `row ${i + 1}`,
    );
    const rows = values.map((text, i) => [cellOf(String(i + 1)), cellOf(text)]);
    const orderBy = [{ column: 'c', descending: true }];
    const sorted = await read(file, (session) => tableRead(session, 't', { orderBy }));
    const byText = [...rows.keys()].sort((a, b) => ((values[a] ?? '') < (values[b] ?? '') ? 1 : -1));
    expect(sorted.cells).toEqual(byText.flatMap((at) => rows[at] ?? []));

    await using session = await openFile(file);
    const wanted = await tableRead(session, 'u');
    await using snapshot = await session.snapshot([wanted], signal);
    let [inBlocks, count, long] = [0, 0, 0];
    for await (const batch of snapshot.read(wanted, { signal, wire: 'counted-text' })) {
      if (batch.cells === 0) inBlocks += batch.rows;
      for (let cell = 0; cell < batch.cells; cell++) {
        if ((batch.firstColumn + cell) % 2 === 1) long += (batch.ends[cell] ?? 0) - (batch.starts[cell] ?? 0);
      }
      count += batch.rows;
      batch.release();
    }
    expect(count).toBe(3000);
    expect(inBlocks).toBeGreaterThan(1500);
    expect(long).toBeGreaterThan(4 * 6 * MIB);
  });

  it.each([
    ['TEXT', Buffer.concat([Buffer.alloc(4 * MIB, 'z'), Buffer.from([0xe2, 0x82])]), 'not valid'],
    ['TEXT', Buffer.concat([Buffer.alloc(5 * MIB, 'z'), Buffer.from([0xff]), Buffer.alloc(MIB, 'z')]), 'not valid'],
    ['JSON', Buffer.concat([Buffer.from('"'), Buffer.alloc(5 * MIB, 'z')]), 'JSON'],
    ['BLOB', Buffer.alloc(5 * MIB, 'z'), 'TEXT'],
  ] as const)('of %s that cannot be carried are refused with their place', async (type, value, reason) => {
    const file = databaseOf(`create table t (id INTEGER, c ${type}); insert into t values (1, null);
      create view v as select * from t`);
    const db = new DatabaseSync(file);
    db.prepare('insert into t values (2, cast(? as text))').run(value);
    db.close();
    for (const name of ['t', 'v']) {
      await expect(read(file, (session) => tableRead(session, name))).rejects.toMatchObject({
        code: 'SOURCE/VALUE_UNREPRESENTABLE',
        context: { table: `main.${name}`, column: 'c', row: 2, found: expect.stringContaining(reason) as string },
      });
    }
  });

  it.each(['UTF-16le', 'UTF-16be'])(
    'of a database in %s become UTF-8, pairs across pieces included',
    async (encoding) => {
      const text = `x${'🚚é'.repeat(1_500_000)}`;
      const file = join(tempFolder(), 'wide.db');
      const db = new DatabaseSync(file);
      db.exec(`pragma encoding = '${encoding}'; create table t (c TEXT)`);
      db.prepare('insert into t values (?)').run(text);
      db.close();
      expect((await read(file, (session) => tableRead(session, 't'))).cells).toEqual([cellOf(text)]);
    },
  );
});
