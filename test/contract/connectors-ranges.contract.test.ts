// Tables that are cut by their key: the ranges hold every row, once, in the order of the key (ports/connector.ts, KeyCuts).
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nextRange } from '../../src-main/engine/run/key-ranges.ts';
import type { Session, Snapshot } from '../../src-main/ports/connector.ts';
import type { KeyRange, ReadColumn, TableRead } from '../../src-shared/model/table-read.ts';
import { legalRows } from './connectors/legal-rows.ts';
import { catalogTable, openSession, signal, tableRead } from './connectors/reads.ts';
import type { ConnectorPlace } from './connectors/rig.ts';
import { RIGGED } from './connectors/rigs.ts';

const CUTTING = RIGGED.filter(({ connector }) => connector.dialect.keyCuts !== undefined);

interface Cutting {
  readonly read: TableRead;
  readonly key: readonly ReadColumn[];
  readonly rows: number;
}

/** All ranges as a run comes to them, and the rows that each was said to have. */
async function cutAll(snapshot: Snapshot, cutting: Cutting): Promise<{ range: KeyRange; rows: number }[]> {
  const all: { range: KeyRange; rows: number }[] = [];
  for (;;) {
    const after = all.at(-1)?.range.upTo ?? null;
    if (all.length > 0 && after === null) return all;
    const next = await nextRange(snapshot, { ...cutting, after, signal });
    if (next.rows === 0 && all.length > 0) return all;
    all.push(next);
  }
}

describe.each(CUTTING)('ranges of a key in $title', ({ connector, rig }) => {
  let place: ConnectorPlace;
  let session: Session;

  beforeEach(async () => {
    place = await rig.start();
    session = await openSession(connector, place);
  });
  afterEach(async () => {
    await session[Symbol.asyncDispose]();
    await place.stop();
  });

  /** All rows in the order of the key, the rows of each range, and what was counted of each. */
  async function cut(table: string, rows: number, change: Partial<TableRead> = {}) {
    const found = await catalogTable(session, place, table);
    const bare = tableRead(found);
    const key = found.primaryKey.flatMap((name) => bare.columns.filter((column) => column.name === name));
    expect(key.every((column) => connector.dialect.keyCuts?.canCutBy(column))).toBe(true);
    const orderBy = key.map(({ name }) => ({ column: name, descending: false }));
    const read = { ...bare, ...change, orderBy };
    await using snapshot = await session.snapshot([read], signal);
    const whole = await legalRows(snapshot.read(read, { signal, wire: false }));
    const parts = [];
    for (const { range, rows: counted } of await cutAll(snapshot, { read, key, rows })) {
      const part = { ...read, range };
      const own = await legalRows(snapshot.read(part, { signal, wire: false }));
      expect(await snapshot.count(part, signal)).toBe(own.length);
      expect(counted).toBe(own.length);
      parts.push(own);
    }
    return { whole, parts };
  }

  it('hold every row once, so many in each but the last', async () => {
    const { integer, text } = rig.types;
    await place.sql(`create table numbers (id ${integer} not null primary key, name ${text})`);
    await place.sql(`insert into numbers select 3 * i, 'row' from ${rig.series(999)}`);
    await place.sql(`insert into numbers values (-7, 'row')`);
    const { whole, parts } = await cut('numbers', 300);
    expect(whole).toHaveLength(1000);
    expect(parts.map(({ length }) => length)).toEqual([300, 300, 300, 100]);
    expect(parts.flat()).toEqual(whole);
  });

  it('have no empty one at the end, and are one where there is nothing', async () => {
    const { integer } = rig.types;
    await place.sql(`create table numbers (id ${integer} not null primary key)`);
    expect((await cut('numbers', 5)).parts).toEqual([[]]);
    await place.sql(`insert into numbers select i from ${rig.series(10)}`);
    expect((await cut('numbers', 5)).parts.map(({ length }) => length)).toEqual([5, 5]);
    expect((await cut('numbers', 10)).parts.map(({ length }) => length)).toEqual([10]);
  });

  it('tell keys apart that are one as floating-point numbers, in a key of several columns', async () => {
    const { bigint, integer } = rig.types;
    await place.sql(
      `create table order_lines (doc ${bigint} not null, line ${integer} not null, primary key (doc, line))`,
    );
    await place.sql(`insert into order_lines select 9007199254740992 + i, 7 from ${rig.series(40)}`);
    await place.sql(`insert into order_lines select 9007199254740992 + i, 9 from ${rig.series(40)}`);
    await place.sql(`insert into order_lines select -9007199254740993, i from ${rig.series(20)}`);
    const { whole, parts } = await cut('order_lines', 7);
    expect(parts.slice(0, -1).every(({ length }) => length === 7)).toBe(true);
    expect(parts.flat()).toEqual(whole);
    expect(new Set(whole.map((row) => row.join())).size).toBe(100);
  });

  it('keep to the condition of the read', async () => {
    const { integer } = rig.types;
    await place.sql(`create table numbers (id ${integer} not null primary key, other ${integer})`);
    for (const other of [0, 1]) {
      await place.sql(`insert into numbers select 2 * i - ${other}, ${other} from ${rig.series(50)}`);
    }
    const { whole, parts } = await cut('numbers', 20, { where: 'other = 1 or other = 7 -- odd ones' });
    expect(whole).toHaveLength(50);
    expect(parts.map(({ length }) => length)).toEqual([20, 20, 10]);
    expect(parts.flat()).toEqual(whole);
  });

  it('name columns whatever they are called', async () => {
    const { integer } = rig.types;
    const quote = (name: string): string => connector.dialect.quoteName(name);
    const names = ['se"l\'ect', 'ord`er] by', '行 ; --'].filter((name) => !rig.refusedNames.includes(name));
    await place.sql(
      `create table odd (${names.map((name) => `${quote(name)} ${integer} not null`).join(', ')}, primary key (${names.map(quote).join(', ')}))`,
    );
    const others = ['i', '5 - i'].slice(0, names.length - 1).join(', ');
    for (const first of [1, 2, 3]) {
      await place.sql(`insert into odd select ${first}, ${others} from ${rig.series(4)}`);
    }
    const { whole, parts } = await cut('odd', 5);
    expect(whole).toHaveLength(12);
    expect(parts.flat()).toEqual(whole);
  });
});
