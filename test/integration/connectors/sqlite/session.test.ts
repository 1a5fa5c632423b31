import { chmodSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { batchSchema } from '../../../../src-main/connectors/sqlite/batch-schema.ts';
import { openDatabase } from '../../../../src-main/connectors/sqlite/open-database.ts';
import { databaseOf, exec, openFile, pictureOf, queryRead, rowsOf, signal, tableRead, tempFolder } from './rig.ts';

const SCHEMA = `
  create table parent (a INTEGER, b TEXT, primary key (a, b)) without rowid;
  create table child (id INTEGER PRIMARY KEY, pa INTEGER, pb TEXT, up INTEGER REFERENCES child,
    twice INTEGER generated always as (pa * 2) stored, foreign key (pb, pa) references PARENT (b, a));
  create table loose (k TEXT PRIMARY KEY, "x""; drop table t; --" TEXT);
  create view shown as select id, pb as name, pa + 1 as next from child;
  create view broken as select * from nowhere;
  create virtual table words using fts5 (body);
  insert into parent values (3, 'x'), (4, 'y');
  insert into child (id, pa, pb) values (1, 3, 'x'), (2, 4, 'y');
  insert into loose values ('k', 'v');
  analyze;`;

describe('the catalog', () => {
  it('lists tables, views and virtual tables with types, keys and estimates', async () => {
    await using session = await openFile(databaseOf(SCHEMA));
    const catalog = await session.catalog({}, signal);
    expect(catalog.product).toBe('SQLite');
    const tables = new Map(catalog.namespaces[0]?.tables.map((table) => [table.name, table]));
    expect([...tables.keys()]).toEqual(['broken', 'child', 'loose', 'parent', 'shown', 'words']);
    const child = tables.get('child');
    expect(child?.columns.map(({ name, nullable, generated }) => [name, nullable, generated ?? false])).toEqual([
      ['id', false, false],
      ['pa', true, false],
      ['pb', true, false],
      ['up', true, false],
      ['twice', true, true],
    ]);
    expect(child?.primaryKey).toEqual(['id']);
    expect(child?.foreignKeys.map(({ columns, references }) => [columns, references])).toEqual([
      [['pb', 'pa'], { namespace: 'main', name: 'parent', columns: ['b', 'a'] }],
      [['up'], { namespace: 'main', name: 'child', columns: ['id'] }],
    ]);
    expect(tables.get('parent')?.columns.map(({ nullable }) => nullable)).toEqual([false, false]);
    expect(tables.get('loose')?.columns[0]?.nullable).toBe(true);
    expect(tables.get('loose')?.estimatedRows).toBe(1);
    expect([...tables.values()].map(({ name, estimatedBytes }) => [name, estimatedBytes])).toEqual([
      ['broken', null],
      ['child', 4096],
      ['loose', 4096],
      ['parent', 4096],
      ['shown', null],
      ['words', null],
    ]);
    expect(tables.get('shown')?.columns.map(({ type }) => type?.kind)).toEqual(['int', 'text', 'text']);
    expect(tables.get('broken')?.columns).toEqual([]);
    expect(tables.get('broken')?.remarks?.length).toBe(1);
    expect(tables.get('words')?.columns.map(({ type }) => type)).toEqual([null]);
    expect((await session.catalog({ namespace: 'other' }, signal)).namespaces).toEqual([]);
  });

  it('reads views, generated columns, tables without rowid and hostile names', async () => {
    await using session = await openFile(databaseOf(SCHEMA));
    const rows = async (name: string) => rowsOf(session.preview(await tableRead(session, name), signal));
    expect(await rows('shown')).toEqual([
      ['1', 'x', '4'],
      ['2', 'y', '5'],
    ]);
    expect((await rows('child'))[0]).toEqual(['1', '3', 'x', null, '6']);
    expect(await rows('loose')).toEqual([['k', 'v']]);
    expect((await rows('parent')).length).toBe(2);
  });
});

describe('a session', () => {
  it('states what is true about the file', async () => {
    const file = databaseOf(SCHEMA);
    const link = join(tempFolder(), 'link.db');
    symlinkSync(file, link);
    await using session = await openFile(link);
    expect(await session.facts(signal)).toMatchObject({
      ...{ product: 'SQLite', user: '', database: 'link.db', tls: null, readOnly: 'enforced by the server' },
    });
  });

  it('says permission denied where the system denies, and otherwise still changes nothing', async () => {
    const file = databaseOf(SCHEMA);
    const before = pictureOf(dirname(file));
    chmodSync(file, 0);
    const code = await openFile(file).then(
      () => 'opened',
      (error: { code: string }) => error.code,
    );
    expect(code).toBe(process.getuid?.() === 0 ? 'opened' : 'SOURCE/PERMISSION_DENIED');
    chmodSync(file, 0o644);
    expect(pictureOf(dirname(file))).toEqual(before);
  });

  it('is cancelled within a second, by abort and by time limit, and can be used again', async () => {
    const file = databaseOf('create table t (a INTEGER)');
    await using session = await openFile(file, 300);
    const sql = `with recursive n (a) as (values (1) union all select a + 1 from n) select a from n where :x is null`;
    const read = queryRead(sql, await session.describe(sql, { x: null }, signal), { params: { x: null } });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    const started = performance.now();
    await expect(drain(session.preview(read, controller.signal))).rejects.toMatchObject({ code: 'RUN/CANCELLED' });
    expect(performance.now() - started).toBeLessThan(1000);
    await expect(drain(session.preview(read, signal))).rejects.toMatchObject({ code: 'SOURCE/TIMEOUT' });
    for await (const batch of session.preview(read, signal)) {
      batch.release();
      break;
    }
    expect((await session.facts(signal)).product).toBe('SQLite');
  });

  it('has a schema for an empty table', async () => {
    await using session = await openFile(databaseOf('create table t (a INTEGER, b BLOB)'));
    const read = await tableRead(session, 't');
    expect(batchSchema(read.columns).columns.map(({ name, form }) => [name, form])).toEqual([
      ['a', 'ascii'],
      ['b', 'raw'],
    ]);
    expect(await rowsOf(session.preview(read, signal))).toEqual([]);
  });

  it('refuses writing below the lexer too: by authorizer, query_only and the open mode', () => {
    const file = databaseOf('create table t (a INTEGER)');
    const before = pictureOf(dirname(file));
    using db = openDatabase(file);
    const beside = join(dirname(file), 'new.db');
    for (const sql of [
      'delete from t',
      'create temp table x (a)',
      `attach '${beside}' as b`,
      `vacuum into '${beside}'`,
      'pragma_nothing()',
    ]) {
      expect(() => db.ask(sql)).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/WRITE_REFUSED|QUERY/) }),
      );
    }
    expect(pictureOf(dirname(file))).toEqual(before);
  });
});

async function drain(batches: AsyncIterable<{ release(): void }>): Promise<void> {
  for await (const batch of batches) batch.release();
}

const BREAK_OUTS = [
  '1=1; delete from t',
  '1=1); delete from t; --',
  '1) union select 1, 2 --',
  "1=1 or ''; drop table t; --",
  "a = 'x''; delete from t; --",
  '1=1 /* ',
  '1=1 */ delete from t',
  '1=1 /* /* */',
  '1 in (delete from t returning 1)',
  '1 in (with x as (select 1) insert into t values (9, 9) returning 1)',
  '1 in (update t set a = 9 returning 1)',
  "load_extension('/tmp/x.so') is null",
  '"load_extension"(\'/tmp/x.so\') is null',
  "writefile('/tmp/x', 'y') > 0",
  "[writefile]('/tmp/x', 'y') > 0",
  "`readfile`('/etc/passwd') is not null",
  "edit('x') is null",
  "fts3_tokenizer('x', x'00') is null",
  "attach 'x.db' as x",
  'pragma writable_schema = 1',
  "vacuum into 'x.db'",
  'a = ?',
  'a = ?1',
  'a = @a',
  'a = $a',
  'a = #1',
  'a = :1',
  'a = :é',
  'a = ::b',
  'a = :missing',
  '"unclosed',
  '[unclosed',
  '`unclosed',
  "'unclosed",
  '[a]]; delete from t',
  '1=1\0; delete from t',
  '1=1 --\r; delete from t',
  'a = {x}',
  '(a = 1',
  'a = 1)',
  '',
  '-- only',
];

describe('break-outs', () => {
  it('covers at least thirty', () => {
    expect(BREAK_OUTS.length).toBeGreaterThanOrEqual(30);
  });

  it.each(BREAK_OUTS)('are refused as a condition and as a query: %j', async (sql) => {
    const file = databaseOf('create table t (a INTEGER, b INTEGER); insert into t values (1, 2)');
    const before = pictureOf(dirname(file));
    await using session = await openFile(file);
    const read = await tableRead(session, 't');
    const reads = [
      { ...read, where: sql },
      queryRead(`select a, b from t where ${sql}`, read.columns),
      queryRead(sql, read.columns),
    ];
    for (const hostile of reads) {
      const codeOf = (error: { code: string }): string => error.code;
      const outcomes = [await rowsOf(session.preview(hostile, signal)).then(String, codeOf)];
      outcomes.push(await session.count(hostile, signal).then(String, codeOf));
      // `select … where` without a condition is the one that is merely wrong SQL.
      for (const outcome of outcomes) expect(outcome).toMatch(/^(PLAN|SOURCE)\//);
    }
    await using snapshot = await session.snapshot([read], signal);
    expect(await rowsOf(snapshot.read(read, { signal, wire: false }))).toEqual([['1', '2']]);
    expect(pictureOf(dirname(file))).toEqual(before);
  });

  it.each(["'; delete from t; --", "x' or '1'='1", '") or (1=1', ':other', '?', '1) --', "');drop table t;--"])(
    'stay a value as a parameter: %j',
    async (value) => {
      const file = databaseOf('create table t (a TEXT)');
      exec(file, `insert into t values ('${value.replaceAll("'", "''")}'), ('other')`);
      await using session = await openFile(file);
      const read = await tableRead(session, 't', { where: 'a = :v or a = :v', params: { v: value } });
      const before = pictureOf(dirname(file));
      expect(await rowsOf(session.preview(read, signal))).toEqual([[value]]);
      expect(await session.count(read, signal)).toBe(1);
      await using snapshot = await session.snapshot([read], signal);
      expect(await rowsOf(snapshot.read(read, { signal, wire: false }))).toEqual([[value]]);
      expect(pictureOf(dirname(file))).toEqual(before);
    },
  );
});
