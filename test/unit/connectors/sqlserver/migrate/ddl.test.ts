import { describe, expect, it } from 'vitest';
import { sqlserverTarget } from '../../../../../src-main/connectors/sqlserver/migration-target.ts';
import { targetType } from '../../../../../src-main/connectors/sqlserver/target-type.ts';
import type { LogicalType } from '../../../../../src-shared/model/logical-type.ts';
import type { DatabaseSchema } from '../../../../../src-shared/model/table-schema.ts';
import { index, INT, linkTo, schemaColumn, schemaOf, schemaTable } from '../../schema-builder.ts';

const LONG: LogicalType = { kind: 'text', maxCharacters: 400 };

function written(schema: DatabaseSchema): { readonly ddl: string; readonly load: string; readonly notes: string } {
  const { files, notes } = sqlserverTarget.write(schema);
  const textOf = (path: string): string => files.find((file) => file.path === path)?.text ?? '';
  return {
    ddl: textOf('ddl.sql').split('BEGIN TRANSACTION;')[1] ?? '',
    load: textOf('load.sql'),
    notes: notes.map(({ text }) => text).join('\n'),
  };
}

describe('types for SQL Server', () => {
  it.each<[string, LogicalType]>([
    ['tinyint', { kind: 'int', bits: 8, signed: false }],
    ['smallint', { kind: 'int', bits: 8, signed: true }],
    ['int', { kind: 'int', bits: 16, signed: false }],
    ['int', { kind: 'int', bits: 24, signed: false }],
    ['bigint', { kind: 'int', bits: 32, signed: false }],
    ['decimal(20,0)', { kind: 'int', bits: 64, signed: false }],
    ['decimal(38,0)', { kind: 'decimal', precision: 38, scale: 0 }],
    ['nvarchar(42)', { kind: 'decimal', precision: 39, scale: 0 }],
    ['decimal(7,0)', { kind: 'decimal', precision: 5, scale: -2 }],
    ['decimal(5,5)', { kind: 'decimal', precision: 3, scale: 5 }],
    ['decimal(38,20)', { kind: 'decimal', precision: null, scale: null }],
    ['datetime2(3)', { kind: 'timestamp', digits: 3, zone: 'none' }],
    ['datetimeoffset(7)', { kind: 'timestamp', digits: 9, zone: 'offset' }],
    ['time(6)', { kind: 'time', digits: 6, zone: 'none' }],
    ['nvarchar(40)', { kind: 'time', digits: 6, zone: 'none', duration: true }],
    ['nvarchar(4000)', { kind: 'text', maxCharacters: 2000 }],
    ['nvarchar(max)', { kind: 'text', maxCharacters: 2001 }],
    ['varbinary(8000)', { kind: 'bytes', maxBytes: 8000 }],
    ['varbinary(max)', { kind: 'bytes', maxBytes: 8001 }],
    ['nvarchar(max)', { kind: 'json' }],
  ])('%s', (type, logical) => {
    expect(targetType({ type: logical, native: null }, { own: false, keyBytes: null })).toBe(type);
  });

  it.each([
    ['decimal(10,2)', 'decimal(10,2)'],
    ['varchar(20) as dbo.phone', 'varchar(20)'],
    ['timestamp', 'binary(8)'],
    ['sql_variant', 'nvarchar(max)'],
  ])('keeps the native type %s as %s where the source is SQL Server', (native, type) => {
    expect(targetType({ type: { kind: 'json' }, native }, { own: true, keyBytes: null })).toBe(type);
  });
});

describe('names for SQL Server', () => {
  it('are cut at 128 units, told apart without case, and never make a table temporary', () => {
    const names = ['🦄'.repeat(70), '#temp', 'Name', 'näme', 'name '];
    const { ddl, notes } = written(schemaOf(names.map((name) => schemaTable(`a.${name}`, [schemaColumn('x', INT)]))));
    expect([...ddl.matchAll(/CREATE TABLE \[a\]\.\[(.*)\]/g)].map(([, name]) => name)).toEqual([
      ...['🦄'.repeat(64), '_#temp', 'Name', 'näme_2', 'name _2'],
    ]);
    expect(notes).toContain('The table is named "_#temp".');
  });

  it('leave the server its own schemas, and put what stands in public into dbo', () => {
    const { ddl } = written(
      schemaOf(['sys.t', 'public.t', '.q'].map((label) => schemaTable(label, [schemaColumn('x', INT)]))),
    );
    expect([...ddl.matchAll(/CREATE TABLE (\S+)/g)].map(([, name]) => name)).toEqual([
      ...['[_sys].[t]', '[dbo].[t]', '[dbo].[q]'],
    ]);
  });

  it('break no line of a script, nor does any other text', () => {
    const hostile = "x\nGO\n:r !!'";
    const table = schemaTable(`a.${hostile}`, [
      schemaColumn(hostile, INT, { definition: { comment: hostile, identity: { always: true } }, nullable: false }),
      schemaColumn('d', LONG, { definition: { default: { kind: 'literal', text: hostile } } }),
    ]);
    for (const { path, text } of sqlserverTarget.write(
      schemaOf([{ ...table, comment: hostile }], {
        views: [{ namespace: 'a', name: 'v', text: 'select 1\nGO\n:r x' }],
      }),
    ).files) {
      const lines = text.split(/\r?\n/).filter((line) => /^\s*(?:GO\b|:|!!)/i.test(line));
      if (path.endsWith('.sql')) expect(lines, path).toEqual(['GO']);
    }
  });
});

describe('indexes for SQL Server', () => {
  it('leave out those that are wider than 1,700 bytes, or of values without a length, and say so', () => {
    const { ddl, notes } = written(
      schemaOf([
        schemaTable('a.t', [schemaColumn('x', LONG), schemaColumn('y', LONG), schemaColumn('z')], {
          indexes: [index('one', ['x']), index('two', ['x', 'y']), index('three', ['z'])],
        }),
      ]),
    );
    expect(ddl).toContain('CREATE INDEX [one] ON [a].[t] ([x]);');
    expect(ddl).not.toMatch(/\[two\]|\[three\]/);
    expect(notes).toContain('The index two is left out: its values may be longer than the 1,700 bytes');
    expect(notes).toContain('The index three is left out');
  });

  it('give the columns of a key room in it, and do not sort the table by a wide one', () => {
    const { ddl, notes } = written(
      schemaOf([
        schemaTable('a.t', [schemaColumn('x', undefined, { nullable: false }), schemaColumn('y', INT)], {
          primaryKey: ['x', 'y'],
        }),
      ]),
    );
    expect(ddl).toContain('[x] nvarchar(830) COLLATE Latin1_General_100_BIN2 NOT NULL');
    expect(ddl).toContain('[y] int NOT NULL');
    expect(ddl).toContain('PRIMARY KEY NONCLUSTERED ([x], [y])');
    expect(notes).toContain('x is part of a key and holds at most 830: a longer value stops the load.');
  });

  it('leave a primary key out whose type no index takes, and say so', () => {
    const { ddl, notes } = written(
      schemaOf([schemaTable('a.t', [schemaColumn('x', { kind: 'json' }, { nullable: false })], { primaryKey: ['x'] })]),
    );
    expect(ddl).not.toContain('PRIMARY KEY');
    expect(notes).toContain('The primary key (x) is left out: no index takes its type.');
  });

  it('take any number of rows with NULL, as elsewhere, but where a foreign key refers to them', () => {
    const referred = schemaTable('a.t', [schemaColumn('x', INT), schemaColumn('y', INT)], {
      indexes: [index('free', ['y'], true), index('fixed', ['x'], true)],
    });
    const other = schemaTable('a.u', [schemaColumn('x', INT)], { foreignKeys: [linkTo('x', 't', ['x'])] });
    const { ddl, notes } = written(schemaOf([referred, other]));
    expect(ddl).toContain('CREATE UNIQUE INDEX [free] ON [a].[t] ([y]) WHERE [y] IS NOT NULL;');
    expect(ddl).toContain('CREATE UNIQUE INDEX [fixed] ON [a].[t] ([x]);');
    expect(notes).toContain('The unique index fixed takes one row with NULL only');
  });
});

describe('foreign keys for SQL Server', () => {
  const id = schemaColumn('id', INT, { nullable: false });
  const table = (name: string, links: readonly string[], more = {}) =>
    schemaTable(`a.${name}`, [id, ...links.map((other) => schemaColumn(other, INT))], {
      primaryKey: ['id'],
      foreignKeys: links.map((other) => ({ ...linkTo(other, other, ['id'], more), name: `${name}_${other}` })),
    });

  it('follow changes along one way only, never in a circle; the rest say so', () => {
    const cascade = { onDelete: 'cascade', onUpdate: 'restrict' };
    const { ddl, notes } = written(
      schemaOf([table('top', []), table('left', ['top'], cascade), table('low', ['left', 'top'], cascade)]),
    );
    expect(ddl).toContain('[left_top] FOREIGN KEY ([top]) REFERENCES [a].[top] ([id]) ON DELETE CASCADE;');
    expect(ddl).toContain('[low_left] FOREIGN KEY ([left]) REFERENCES [a].[left] ([id]) ON DELETE CASCADE;');
    expect(ddl).toContain('[low_top] FOREIGN KEY ([top]) REFERENCES [a].[top] ([id]);');
    expect(notes).toContain('The foreign key low_top no longer follows changes of a.top');
  });

  it('are left out where both ends are of different types', () => {
    const wide = schemaTable('a.u', [schemaColumn('t', { kind: 'int', bits: 64, signed: true })], {
      foreignKeys: [linkTo('t', 't', ['id'])],
    });
    const { ddl, notes } = written(schemaOf([table('t', []), wide]));
    expect(ddl).not.toContain('FOREIGN KEY');
    expect(notes).toContain('its columns have other types than those it refers to (bigint, int)');
  });
});

describe('columns for SQL Server', () => {
  it('number one of them and keep its values; a second one goes on without', () => {
    const numbered = { nullable: false, definition: { identity: { always: true } } };
    const { ddl, load, notes } = written(
      schemaOf([schemaTable('a.t', [schemaColumn('x', INT, numbered), schemaColumn('y', INT, numbered)])]),
    );
    expect(ddl).toContain('[x] int IDENTITY(1,1) NOT NULL');
    expect(ddl).toContain('[y] int NOT NULL');
    expect(load).toMatch(/SET IDENTITY_INSERT \[a\]\.\[t\] ON;\nINSERT [^;]*;\nSET IDENTITY_INSERT \[a\]\.\[t\] OFF;/);
    expect(notes).toContain('y no longer numbers its rows');
  });

  it.each<[string, LogicalType, string]>([
    ['true', { kind: 'boolean' }, 'DEFAULT 1'],
    ['-1.50', { kind: 'decimal', precision: 5, scale: 2 }, 'DEFAULT -1.50'],
    ["it's", LONG, "DEFAULT (N'it''s')"],
    ['2024-02-29 12:00:00', { kind: 'timestamp', digits: 0, zone: 'none' }, "DEFAULT (N'2024-02-29T12:00:00')"],
  ])('have the default %s', (text, type, words) => {
    const column = schemaColumn('x', type, { definition: { default: { kind: 'literal', text } } });
    expect(written(schemaOf([schemaTable('a.t', [column])])).ddl).toContain(words);
  });

  it('that the server computes get no value where the source is SQL Server, and words of its own stay', () => {
    const generated = { expression: '([x]+(1))', stored: true, builtIn: true };
    const { ddl, load } = written(
      schemaOf(
        [
          schemaTable(
            'a.t',
            [
              schemaColumn('x', INT, { native: 'int' }),
              schemaColumn('y', INT, { native: 'int', definition: { generated } }),
              schemaColumn('place', { kind: 'bytes', maxBytes: null }, { native: 'geography' }),
            ],
            { checks: [{ name: 'positive', column: null, clause: 'CHECK ([x]>(0))', columns: ['x'] }] },
          ),
        ],
        { own: true },
      ),
    );
    expect(ddl).toContain('[y] AS ([x]+(1)) PERSISTED');
    expect(ddl).toContain('CONSTRAINT [positive] CHECK ([x]>(0))');
    expect(load).toContain('INSERT INTO [a].[t] ([x], [place])');
    expect(load).toContain('geography::STGeomFromWKB(SUBSTRING(CONVERT(varbinary(max), NULLIF(c2,');
  });

  it('of more than 1,024 are too many, which is said', () => {
    const columns = Array.from({ length: 1025 }, (_, at) => schemaColumn(`c${at}`, INT));
    expect(written(schemaOf([schemaTable('a.t', columns)])).notes).toContain('more than the 1,024 columns');
  });
});
