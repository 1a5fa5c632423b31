// What every connector promises of its rows (docs/spec/row-batch.md), tried on real servers and files.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Session, Snapshot } from '../../src-main/ports/connector.ts';
import { LONG_CELL_BYTES, type RowBatch } from '../../src-shared/model/row-batch.ts';
import type { TableRead } from '../../src-shared/model/table-read.ts';
import { LegalRows, legalRows } from './connectors/legal-rows.ts';
import { catalogTable, openSession, signal, stored, tableRead } from './connectors/reads.ts';
import type { ConnectorPlace } from './connectors/rig.ts';
import { RIGGED } from './connectors/rigs.ts';

const TEXTS = [
  ...['', ' ', 'NULL', '\\N', '\\.', 'a\tb', 'a\nb', 'a\r\nb', 'a\\b', '\\', '"', "'", 'a"b\'c', '\u0001\u001f\u007f'],
  ...['🦄 Größe', 'שלום', '配送先', 'é', '=1+1', '0012', 'null', '{}', '\b\f\v'],
];
const WIDE = 300;

describe.each(RIGGED)('the rows of $title', ({ connector, rig }) => {
  const literal = (text: string): string => connector.dialect.literal(text);
  const empty = rig.emptyIsNull === true ? null : '';
  let place: ConnectorPlace;
  let session: Session;

  beforeAll(async () => {
    place = await rig.start();
    const { integer, bigint, text, longText = text, bytes } = rig.types;
    await place.sql(`create table exact (id ${integer} not null primary key, big ${bigint}, name ${text})`);
    const rows = [
      `(-1, 9223372036854775807, null)`,
      `(0, -9223372036854775808, '')`,
      ...TEXTS.map((value, i) => `(${i + 1}, ${1000000000000000000n + BigInt(i)}, ${literal(value)})`),
    ];
    await place.sql(`insert into exact values ${rows.join(', ')}`);
    await place.sql(`create table no_rows (id ${integer}, name ${text})`);
    const wide = Array.from({ length: WIDE }, (_, i) => `c${i} ${integer}`).join(', ');
    await place.sql(`create table wide (${wide})`);
    await place.sql(
      `insert into wide select ${Array.from({ length: WIDE }, (_, i) => `i + ${i}`).join(', ')} from ${rig.series(40)}`,
    );
    await place.sql(
      `create table long_cells (id ${integer} not null primary key, name ${longText}, data ${bytes}, more ${longText})`,
    );
    const longs = [
      [1, rig.repeat('x', LONG_CELL_BYTES), 'null', "'after'"],
      [2, rig.repeat('a\tb\ncä', 400_000), rig.bytes(1_500_000), "'after'"],
      [3, "''", 'null', 'null'],
      [4, rig.repeat('y', 700_000), rig.bytes(350_000), rig.repeat('z', 700_000)],
    ];
    for (const values of longs) await place.sql(`insert into long_cells values (${values.join(', ')})`);
    await place.sql(`create table many (id ${integer} not null primary key, name ${text})`);
    await place.sql(
      `insert into many select i, 'a name of some length, for blocks to fill' from ${rig.series(60_000)}`,
    );
  });
  beforeEach(async () => {
    session = await openSession(connector, place);
    return () => session[Symbol.asyncDispose]();
  });
  afterAll(() => place.stop());

  async function readOf(table: string): Promise<TableRead> {
    const found = await catalogTable(session, place, table);
    const id = stored(place, 'id');
    return tableRead(
      found,
      !found.columns.some(({ name }) => name === id) ? {} : { orderBy: [{ column: id, descending: false }] },
    );
  }

  async function withSnapshot<T>(read: TableRead, use: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    await using snapshot = await session.snapshot([read], signal);
    return await use(snapshot);
  }

  it('keep NULL apart from the empty string, all digits of 64-bit numbers, and every character', async () => {
    const read = await readOf('exact');
    const rows = await withSnapshot(read, (snapshot) => legalRows(snapshot.read(read, { signal, wire: false })));
    expect(rows).toEqual([
      ['-1', '9223372036854775807', null],
      ['0', '-9223372036854775808', empty],
      ...TEXTS.map((value, i) => [`${i + 1}`, `${1000000000000000000n + BigInt(i)}`, value === '' ? empty : value]),
    ]);
  });

  it('are in a preview what they are in a run', async () => {
    for (const table of ['exact', 'wide', 'long_cells']) {
      const read = await readOf(table);
      const previewed = await legalRows(session.preview(read, signal));
      const run = await withSnapshot(read, (snapshot) => legalRows(snapshot.read(read, { signal, wire: false })));
      expect(previewed).toEqual(run);
    }
  });

  it('are none in an empty table, whose schema is known all the same', async () => {
    const read = await readOf('no_rows');
    expect(connector.batchSchema(read.columns).columns.map(({ name }) => name)).toEqual(
      ['id', 'name'].map((name) => stored(place, name)),
    );
    expect(await withSnapshot(read, (snapshot) => legalRows(snapshot.read(read, { signal, wire: false })))).toEqual([]);
    expect(await session.count(read, signal)).toBe(0);
  });

  it(`may have ${WIDE} columns`, async () => {
    const rows = await legalRows(session.preview(await readOf('wide'), signal));
    expect(rows).toHaveLength(40);
    const sums = rows.map((row) => row.reduce((sum, value) => sum + Number(value), 0)).sort((a, b) => a - b);
    const expected = (i: number): number => WIDE * i + (WIDE * (WIDE - 1)) / 2;
    expect(sums).toEqual(Array.from({ length: 40 }, (_, i) => expected(i + 1)));
  });

  it('carry cells of more than 1 MiB in legal pieces, and none of 1 MiB', async () => {
    const read = await readOf('long_cells');
    const legal = new LegalRows();
    const cutsAfterRow: number[] = [];
    await withSnapshot(read, async (snapshot) => {
      for await (const batch of snapshot.read(read, { signal, wire: false })) {
        legal.add(batch);
        for (let i = 0; i < batch.rows; i++) cutsAfterRow.push(legal.cuts);
        batch.release();
      }
    });
    expect(legal.finish()).toEqual([
      ['1', 'x'.repeat(LONG_CELL_BYTES), null, 'after'],
      ['2', 'a\tb\ncä'.repeat(400_000), 'ab'.repeat(1_500_000), 'after'],
      ['3', empty, null, null],
      ['4', 'y'.repeat(700_000), 'ab'.repeat(350_000), 'z'.repeat(700_000)],
    ]);
    expect(cutsAfterRow[0]).toBe(0);
    expect(cutsAfterRow[1]).toBeGreaterThan(1);
    expect(cutsAfterRow[3]).toBe(cutsAfterRow[1]);
  });

  it('stay what they are while other batches come and go', async () => {
    const read = await readOf('many');
    const kept: RowBatch[] = [];
    const legal = new LegalRows();
    await withSnapshot(read, async (snapshot) => {
      for await (const batch of snapshot.read(read, { signal, wire: false })) {
        kept.push(batch);
        if (kept.length < 2) continue;
        const oldest = kept.shift();
        if (oldest !== undefined) legal.add(oldest);
        oldest?.release();
      }
      for (const batch of kept) {
        legal.add(batch);
        batch.release();
      }
    });
    const rows = legal.finish();
    expect(rows).toHaveLength(60_000);
    expect(
      rows.every(([id, name], i) => id === `${i + 1}` && name === 'a name of some length, for blocks to fill'),
    ).toBe(true);
  });

  if (connector.traits.wire !== 'none') {
    it('come as unsplit blocks where these are asked for, and in pieces where they are long', async () => {
      const read = await readOf('many');
      let rows = 0;
      await withSnapshot(read, async (snapshot) => {
        for await (const block of snapshot.read(read, { signal, wire: connector.traits.wire })) {
          expect([block.fragment, block.cells]).toEqual([false, 0]);
          expect(block.tail).toBeGreaterThan(0);
          rows += block.rows;
          block.release();
        }
      });
      expect(rows).toBe(60_000);
      const long = await readOf('long_cells');
      let fragments = 0;
      await withSnapshot(long, async (snapshot) => {
        for await (const block of snapshot.read(long, { signal, wire: connector.traits.wire })) {
          if (block.fragment) fragments++;
          block.release();
        }
      });
      expect(fragments).toBeGreaterThan(2);
    });
  }
});
