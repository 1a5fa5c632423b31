import { describe, expect, it } from 'vitest';
import { foldCaseAndAccents, NamePool, utf8Length } from '../../../../src-main/connectors/kit/migrate/name-pool.ts';
import { orderTables } from '../../../../src-main/connectors/kit/migrate/order-tables.ts';
import { placeTables } from '../../../../src-main/connectors/kit/migrate/place-tables.ts';
import { commentLine, commentLines } from '../../../../src-main/connectors/kit/migrate/script-comments.ts';
import { collationReason } from '../../../../src-main/connectors/kit/migrate/type-notes.ts';
import type { DatabaseSchema, TableSchema } from '../../../../src-shared/model/table-schema.ts';

const rules = { room: 8, measure: utf8Length, fold: foldCaseAndAccents, clean: (name: string) => name };

function schemaOf(links: Readonly<Record<string, readonly string[]>>): DatabaseSchema {
  const tables = Object.entries(links).map(([name, others]): TableSchema => {
    const [namespace = '', short = ''] = name.split('.');
    return {
      ...{ name, table: [namespace, short], paths: [`data/${name}.csv`], columns: [], primaryKey: [], indexes: [] },
      ...{ comment: null, checks: [] },
      foreignKeys: others.map((other) => {
        const [space = '', target = ''] = other.split('.');
        return { name: `${short}_${target}`, columns: [], references: { namespace: space, name: target, columns: [] } };
      }),
    };
  });
  return { ...{ source: 'Fake 1', own: false, types: [], views: [], settings: {}, notes: [] }, tables };
}

const place = (links: Readonly<Record<string, readonly string[]>>) =>
  placeTables(schemaOf(links), { names: { ...rules, room: 64 }, namespaceOf: () => null });

describe('names elsewhere', () => {
  it('are cut at a character and told apart, the first one keeping its own', () => {
    const pool = new NamePool(rules);
    expect(['Name', 'name', 'näme', 'a long name', 'a long nose', 'ééééé'].map((name) => pool.claim(name))).toEqual([
      'Name',
      'name_2',
      'näme_3',
      'a long n',
      'a long_2',
      'éééé',
    ]);
  });

  it('say the namespace only where two tables would have one name', () => {
    const { tables, notes } = place({ 'a.t': [], 'b.t': [], 'b.u': [] });
    expect(tables.map(({ as }) => as)).toEqual(['t', 'b_t', 'u']);
    expect(notes).toEqual([{ table: 'b.t', text: 'The table is named "b_t".' }]);
  });
});

describe('the order of a load', () => {
  const order = (links: Readonly<Record<string, readonly string[]>>) => {
    const { tables, before, after } = orderTables(place(links));
    return {
      tables: tables.map(({ schema }) => schema.name),
      before: before.map(({ key }) => key.name),
      after: after.map(({ key }) => key.name),
    };
  };

  it('puts each table behind those it refers to', () => {
    expect(order({ 'a.lines': ['a.orders'], 'a.orders': ['a.people'], 'a.people': [] })).toEqual({
      ...{ tables: ['a.people', 'a.orders', 'a.lines'], after: [] },
      before: ['lines_orders', 'orders_people'],
    });
  });

  it('leaves foreign keys of circles and of tables to themselves for the end', () => {
    expect(order({ 'a.x': ['a.y'], 'a.y': ['a.x', 'a.z'], 'a.z': ['a.z'] })).toEqual({
      ...{ tables: ['a.z', 'a.y', 'a.x'], before: ['x_y', 'y_z'] },
      after: ['y_x', 'z_z'],
    });
  });

  it('takes a chain longer than the stack', () => {
    const links = Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`a.t${at}`, [`a.t${at + 1}`]]));
    expect(order(links).tables[0]).toBe('a.t19999');
  });
});

describe('collations', () => {
  it.each([
    ['COLLATE utf8mb4_0900_ai_ci', true],
    ['CHARACTER SET latin1 COLLATE latin1_german2_ci', true],
    ['COLLATE Latin1_General_100_CI_AS_SC', true],
    ['COLLATE Latin1_General_CS_AS', false],
    ['COLLATE Latin1_General_100_BIN2', false],
    ['COLLATE utf8mb4_bin', false],
  ])('%s: case counts for nothing: %s', (collation, isSaid) => {
    const type = { kind: 'text', maxCharacters: 9 } as const;
    const column = { name: 'x', as: 'x', type, nullable: true, native: 'varchar(9)', definition: { collation } };
    expect(collationReason(column) !== null).toBe(isSaid);
  });
});

describe('comments of scripts', () => {
  it('cannot be ended by what they hold', () => {
    expect(commentLines("a\r\n; drop table x\rb\u2028c\u0000'")).toEqual([
      '-- a',
      '-- ; drop table x',
      '-- b',
      "-- c\\u0000'",
    ]);
    expect(commentLine('a\nb\u202ec')).toBe('-- a\\nb\\u202ec');
  });
});
