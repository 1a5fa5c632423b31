// How tables are made, put together from what the system views say, and what a migration writes of it.
import { describe, expect, it } from 'vitest';
import { sqlserverTarget } from '../../../../src-main/connectors/sqlserver/migration-target.ts';
import { databaseSchema } from '../../../../src-main/engine/migrate/database-schema.ts';
import type { Catalog, CatalogTable } from '../../../../src-shared/model/catalog.ts';
import type { Rows } from '../../../servers/tds/scripted.ts';
import { typeColumns } from '../../../servers/tds/replies.ts';
import type { WireValue } from '../../../servers/tds/wire-types.ts';
import { migrated } from '../../../unit/connectors/migrated-table.ts';
import { openSqlserver, signal, standIn } from './rig.ts';

const column = (name: string, type: string, nullable = 1): readonly WireValue[] => [
  ...[10, name, ...typeColumns(type), nullable, 0, 0, 0],
];
/** default, identity, expression, persisted, uses others, collation, rowguidcol, comment */
const made = (name: string, ...facts: readonly WireValue[]): readonly WireValue[] => [
  'sales',
  'orders',
  name,
  ...facts,
];
const plain: readonly WireValue[] = [null, 0, null, 0, 0, null, 0, null];
const index = (name: string, ...facts: readonly WireValue[]): readonly WireValue[] => [
  'sales',
  'orders',
  name,
  ...facts,
];

const OWN: Readonly<Record<string, Rows>> = {
  namespaces: [['sales']],
  tables: [[10, 'sales', 'orders', 'U', 0, 0, 0, 0, 0, 1]],
  columns: [
    column('id', 'bigint', 0),
    column('note', 'nvarchar(40)'),
    column('code', 'varchar(20) as dbo.phone'),
    column('made', 'datetime2(3)', 0),
    column('key', 'uniqueidentifier'),
    column('total', 'decimal(9,2)'),
    column('twice', 'decimal(10,2)'),
    column('taxed', 'decimal(10,2)'),
    column('version', 'timestamp', 0),
  ],
  'primary-keys': [[10, 'id']],
  'foreign-keys': [[10, 'parent', 'total', 'sales', 'orders', 'id']],
  'column-definitions': [
    made('id', null, 1, null, 0, 0, null, 0, 'the number'),
    made('note', "(N'it''s (new)')", 0, null, 0, 0, 'Latin1_General_CI_AS', 0, null),
    made('code', ...plain.with(5, 'Latin1_General_BIN2')),
    made('made', '(sysdatetime())', ...plain.slice(1)),
    made('key', '(newid())', 0, null, 0, 0, null, 1, null),
    made('total', '((1.50))', ...plain.slice(1)),
    made('twice', null, 0, '([total]*(2))', 1, 0, null, 0, null),
    made('taxed', null, 0, '([dbo].[tax]([total]))', 0, 1, null, 0, null),
    made('version', 'not shown to this login', ...plain.slice(1)),
  ],
  'table-comments': [['sales', 'orders', "people's orders"]],
  indexes: [
    index('by note', 1, 2, 'NONCLUSTERED', null, 'note', 1, 0, 0),
    index('by note', 1, 2, 'NONCLUSTERED', null, 'total', 0, 1, 0),
    index('open', 1, 2, 'NONCLUSTERED', '([total] IS NULL)', 'note', 0, 0, 0),
    index('wide', 0, 5, 'CLUSTERED COLUMNSTORE', null, 'note', 0, 0, 0),
    index('off', 0, 2, 'NONCLUSTERED', null, 'note', 0, 0, 1),
  ],
  'key-rules': [['sales', 'orders', 'parent', 2, 1, 1]],
  checks: [
    ['sales', 'orders', 'positive', '([total]>(0))', 'total', 0, 0],
    ['sales', 'orders', 'all', "([id]>(0) AND [note]<>N'')", null, 0, 0],
    ['sales', 'orders', 'later', '([id]>(5))', 'id', 1, 0],
    ['sales', 'orders', 'hidden', 'not shown to this login', null, 0, 1],
    ['sales', 'orders', 'function', '([dbo].[ok]([id])=(1))', 'id', 0, 1],
  ],
  others: [['sales', 'orders', 'trigger log it']],
  views: [
    ['sales', 'open orders', 'create view sales.[open orders] as select 1 as x'],
    ['sales', 'secret', null],
  ],
};

async function catalogOf(): Promise<Catalog> {
  await using place = await standIn({ own: OWN });
  await using session = await openSqlserver(place.peer);
  return await session.catalog({ definitions: true }, signal);
}

function ordersOf({ namespaces }: Catalog): CatalogTable {
  const found = namespaces[0]?.tables[0];
  if (found === undefined) throw new Error('the catalog is empty');
  return found;
}

describe('definitions of SQL Server on the TDS stand-in', () => {
  it('say defaults, numbering, computed columns, collations and comments', async () => {
    const catalog = await catalogOf();
    const orders = ordersOf(catalog);
    expect(Object.fromEntries(orders.columns.map(({ name, definition }) => [name, definition]))).toEqual({
      id: { identity: { always: false }, comment: 'the number' },
      note: { default: { kind: 'literal', text: "it's (new)" }, collation: 'COLLATE Latin1_General_CI_AS' },
      code: { collation: 'COLLATE Latin1_General_BIN2' },
      made: { default: { kind: 'now' } },
      key: { default: { kind: 'uuid' }, own: 'ROWGUIDCOL' },
      total: { default: { kind: 'literal', text: '1.50' } },
      twice: { generated: { expression: '([total]*(2))', stored: true, builtIn: true } },
      taxed: { generated: { expression: '([dbo].[tax]([total]))', stored: false, builtIn: false } },
      version: { default: { kind: 'other', text: 'not shown to this login' } },
    });
    expect(orders.foreignKeys).toMatchObject([{ name: 'parent', onDelete: 'set null', onUpdate: 'cascade' }]);
    expect(orders.definition).toMatchObject({
      comment: "people's orders",
      indexes: [{ name: 'by note', columns: [{ name: 'note', descending: true }], unique: true, method: 'btree' }],
      checks: [
        { name: 'positive', columns: ['total'] },
        { name: 'all', columns: null },
      ],
    });
  });

  it('list what a migration cannot carry, and write the rest in the product’s own words', async () => {
    const catalog = await catalogOf();
    const orders = ordersOf(catalog);
    const schema = databaseSchema({ tables: [migrated(orders)], catalog, own: true });
    const { files, notes } = sqlserverTarget.write(schema);
    const listed = notes.map(({ text }) => text).join('\n');
    for (const left of [
      ...['later, which does not hold for every row', 'check function: ([dbo].[ok]([id])=(1))', 'trigger log it'],
      ...['check hidden: not shown to this login', 'The default of version is left out: not shown to this login'],
      ...[
        'unique index open (note) where ([total] IS NULL)',
        'clustered columnstore index wide',
        'off (note), which is',
      ],
      ...['the index by note includes: total', 'the foreign key parent does not hold', 'taxed is an ordinary column'],
      ...['version (timestamp): a rowversion takes no value', 'code (varchar(20) as dbo.phone): made as the type'],
    ]) {
      expect(listed).toContain(left);
    }
    const ddl = files.find(({ path }) => path === 'ddl.sql')?.text ?? '';
    for (const written of [
      '[id] bigint IDENTITY(1,1) NOT NULL',
      "[note] nvarchar(40) COLLATE Latin1_General_CI_AS DEFAULT (N'it''s (new)') NULL",
      '[code] varchar(20) COLLATE Latin1_General_BIN2 NULL',
      '[made] datetime2(3) DEFAULT SYSDATETIME() NOT NULL',
      '[key] uniqueidentifier ROWGUIDCOL DEFAULT NEWID() NULL',
      '[twice] AS ([total]*(2)) PERSISTED',
      '[version] binary(8) NOT NULL',
      'CONSTRAINT [positive] CHECK ([total]>(0))',
      'CREATE UNIQUE INDEX [by note] ON [sales].[orders] ([note] DESC);',
      'The view sales.secret of the source is not made here. It was:\n-- encrypted, and not given',
    ]) {
      expect(ddl).toContain(written);
    }
  });
});
