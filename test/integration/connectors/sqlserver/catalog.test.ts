// The catalog, put together from what the system views say.
import { describe, expect, it } from 'vitest';
import type { CatalogTable } from '../../../../src-shared/model/catalog.ts';
import type { Answer, Rows } from '../../../servers/tds/scripted.ts';
import { table, typeColumns } from '../../../servers/tds/replies.ts';
import type { WireValue } from '../../../servers/tds/wire-types.ts';
import { openSqlserver, signal, standIn } from './rig.ts';

/** number, schema, name, type, temporal, external, memory-optimised, partitioned, filtered, readable */
const TABLES: Rows = [
  [10, 'sales', 'orders', 'U', 2, 0, 0, 1, 0, 1],
  [11, 'sales', 'orders_history', 'U', 1, 0, 0, 0, 0, 1],
  [12, 'dbo', 'people', 'U', 0, 0, 0, 0, 1, 1],
  [13, 'dbo', 'elsewhere', 'U', 0, 1, 0, 0, 0, 0],
  [14, 'dbo', 'hot', 'U', 0, 0, 1, 0, 0, 1],
  [15, 'dbo', 'a view', 'V', 0, 0, 0, 0, 0, 1],
];
const column = (table: number, name: string, type: string, ...flags: readonly WireValue[]): readonly WireValue[] => [
  ...[table, name, ...typeColumns(type)],
  ...(flags.length > 0 ? flags : [1, 0, 0, 0]),
];
const assembly = ['x', 0, 0, 0, 'dbo.Point', 1] as const;
const COLUMNS: Rows = [
  column(10, 'id', 'bigint', 0, 1, 0, 0),
  column(10, 'total', 'decimal(12,2)'),
  column(10, 'note', 'nvarchar(max)'),
  column(10, 'phone', 'varchar(20) as dbo.phone'),
  column(10, 'version', 'timestamp', 0, 0, 0, 0),
  [10, 'place', ...assembly, 1, 0, 0, 0],
  column(10, 'secret', 'varbinary(40)', 1, 0, 1, 0),
  column(12, 'name', 'nvarchar(40)', 0, 0, 0, 1),
  column(12, 'born', 'date'),
];
const SCRIPT = {
  own: {
    namespaces: [['sales'], ['dbo']],
    tables: TABLES,
    columns: COLUMNS,
    'primary-keys': [
      [10, 'id'],
      [10, 'total'],
    ],
    'foreign-keys': [
      [10, 'fk_a', 'id', 'dbo', 'people', 'p1'],
      [10, 'fk_a', 'total', 'dbo', 'people', 'p2'],
      [10, 'fk_b', 'note', 'dbo', 'people', 'name'],
    ],
    estimates: [[10, 1_000_000_000_000n, 81_920n]],
    'estimates-for-all': [[10, 7n, null]],
  },
} as const;

async function tables(more: Readonly<Record<string, Rows>> = {}): Promise<(name: string) => CatalogTable | undefined> {
  await using place = await standIn({ own: { ...SCRIPT.own, ...more } });
  await using session = await openSqlserver(place.peer);
  const { namespaces } = await session.catalog({}, signal);
  expect(namespaces.map(({ name }) => name)).toEqual(['dbo', 'sales']);
  const all = namespaces.flatMap((namespace) => namespace.tables);
  return (name) => all.find((table) => table.name === name);
}

describe('the catalog of SQL Server on the TDS stand-in', () => {
  it('shows columns in their own types, what cannot be carried as unknown, keys in their order', async () => {
    const orders = (await tables())('orders');
    expect(
      orders?.columns.map(({ name, nativeType, nullable, type, generated }) => [
        name,
        nativeType,
        nullable,
        type?.kind ?? null,
        generated ?? false,
      ]),
    ).toEqual([
      ['id', 'bigint', false, 'int', true],
      ['total', 'decimal(12,2)', true, 'decimal', false],
      ['note', 'nvarchar(max)', true, 'text', false],
      ['phone', 'varchar(20) as dbo.phone', true, 'text', false],
      ['version', 'timestamp', false, 'bytes', true],
      ['place', 'dbo.Point', true, null, false],
      ['secret', 'varbinary(40)', true, null, false],
    ]);
    expect(orders).toMatchObject({ kind: 'partitioned table', primaryKey: ['id', 'total'] });
    expect(orders?.foreignKeys).toEqual([
      {
        name: 'fk_a',
        columns: ['id', 'total'],
        references: { namespace: 'dbo', name: 'people', columns: ['p1', 'p2'] },
      },
      { name: 'fk_b', columns: ['note'], references: { namespace: 'dbo', name: 'people', columns: ['name'] } },
    ]);
  });

  it('estimates rows and bytes where the login may see them, else rows alone', async () => {
    expect((await tables())('orders')).toMatchObject({ estimatedRows: 1e12, estimatedBytes: 81_920 });
    expect((await tables({ 'may-see-state': [[0]] }))('orders')).toMatchObject({
      estimatedRows: 7,
      estimatedBytes: null,
    });
    expect((await tables())('hot')).toMatchObject({ estimatedRows: null, estimatedBytes: null });
  });

  it('says what is to be known before a table is read', async () => {
    const of = await tables();
    const remarks = (name: string): readonly string[] => of(name)?.remarks ?? [];
    expect(remarks('orders')).toEqual(['Only the current rows are read, not their history.']);
    expect(remarks('orders_history')).toEqual(['It holds the history of another table.']);
    expect(remarks('people')).toEqual([
      'Row security is in force: this login may see only some of the rows.',
      'The server masks name for this login: what is read is not what is stored.',
    ]);
    expect(of('people')?.withheld).toEqual([
      { words: 'Row security is in force: this login may see only some of the rows.' },
      { words: 'The server masks name for this login: what is read is not what is stored.', columns: ['name'] },
    ]);
    expect(remarks('elsewhere')).toEqual([
      'This login has no right to read all of it.',
      'An external table: its rows lie outside this database and outside any snapshot.',
    ]);
    expect(remarks('hot')).toEqual(['A memory-optimised table: it takes no part in a snapshot with others.']);
    expect([of('elsewhere')?.kind, of('a view')?.kind]).toEqual(['foreign table', 'view']);
  });

  it.each([
    ['3', 'Microsoft SQL Server'],
    ['5', 'Azure SQL Database'],
    ['8', 'Azure SQL Managed Instance'],
  ])('names the product by its edition (%s)', async (edition, product) => {
    await using place = await standIn({
      own: { ...SCRIPT.own, facts: [['12.0.2000.8', Number(edition), 'u', 'shop']] },
    });
    await using session = await openSqlserver(place.peer);
    expect(await session.catalog({}, signal)).toMatchObject({ product, version: '12.0.2000.8' });
  });

  it('describes a query in the server’s own types, parameters included, and refuses what it cannot carry', async () => {
    const rows: Rows = [
      ['n', 'decimal(9,2)', 0, null, null, null, 0, null, null],
      ['hidden', 'int', 1, null, null, null, 1, null, null],
      ['phone', 'varchar(20)', 1, 'dbo', 'phone', null, 0, null, null],
      ['tree', 'hierarchyid', 1, 'sys', 'hierarchyid', 'Microsoft.SqlServer.Types', 0, null, null],
    ];
    const given: unknown[] = [];
    const answer: Answer = function* (_session, { parameters }) {
      given.push(Object.fromEntries(parameters));
      yield* table(rows, 9);
    };
    await using place = await standIn({ own: { describe: answer } });
    await using session = await openSqlserver(place.peer);
    const columns = await session.describe(
      'select * from t where a = :a and b = :b',
      { a: null, b: 'x'.repeat(5000) },
      signal,
    );
    expect(columns.map(({ name, nativeType, nullable, type }) => [name, nativeType, nullable, type.kind])).toEqual([
      ['n', 'decimal(9,2)', false, 'decimal'],
      ['phone', 'varchar(20) as dbo.phone', true, 'text'],
      ['tree', 'hierarchyid', true, 'text'],
    ]);
    expect(given).toEqual([
      {
        p1: 'select *\nfrom (\nselect * from t where a =  @p1  and b =  @p2 \n) as [waybill query]',
        p2: '@p1 nvarchar(4000), @p2 nvarchar(max)',
      },
    ]);
    await using odd = await standIn({
      own: { describe: [['odd', null, 1, 'dbo', 'Point', 'Points, Version=1', 0, null, null]] },
    });
    await using other = await openSqlserver(odd.peer);
    await expect(other.describe('select odd from t', {}, signal)).rejects.toMatchObject({
      code: 'SOURCE/TYPE_UNMAPPED',
      message: 'The type dbo.Point of the column odd is not one that can be carried exactly.',
      context: { column: 'odd', type: 'dbo.Point' },
    });
  });
});
