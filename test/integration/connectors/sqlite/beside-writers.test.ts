import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { databaseOf, exec, openFile, pictureOf, rowsOf, signal, tableRead, tempFolder, Writer } from './rig.ts';

const ROWS = 'insert into t select value, value from generate_rows';
const FILL = `create table t (id INTEGER PRIMARY KEY, v INTEGER NOT NULL);
  with recursive generate_rows (value) as (values (1) union all select value + 1 from generate_rows where value < 5000)
  ${ROWS}`;
const WAL = `pragma journal_mode = wal; ${FILL}`;

/** Everything a session does. */
async function useAll(file: string): Promise<number> {
  await using session = await openFile(file);
  await session.facts(signal);
  const read = await tableRead(session, 't');
  await rowsOf(session.preview({ ...read, limit: 5 }, signal));
  await session.count(read, signal);
  await using snapshot = await session.snapshot([read], signal);
  const rows = await rowsOf(snapshot.read(read, { signal, wire: false }));
  expect(await snapshot.count(read, signal)).toBe(rows.length);
  return rows.length;
}

describe('beside a live WAL', () => {
  it('reads what the writer committed and changes nothing in the folder', async () => {
    const file = databaseOf(WAL, 'odd name?mode=rwc#%41.db');
    const writer = new Writer(file);
    await writer.run('pragma wal_autocheckpoint = 0');
    await writer.run('insert into t values (5001, 1)');
    const before = pictureOf(dirname(file));
    expect(before.files.map(({ name }) => name).filter((name) => /-(wal|shm)$/.test(name)).length).toBe(2);
    expect(await useAll(file)).toBe(5001);
    expect(pictureOf(dirname(file))).toEqual(before);
  });

  it('holds one snapshot for all reads and counts while another process commits', async () => {
    const file = databaseOf(WAL);
    const writer = new Writer(file);
    await writer.run('insert into t values (5001, 1)');
    await using session = await openFile(file);
    const read = await tableRead(session, 't');
    {
      await using snapshot = await session.snapshot([read], signal);
      expect(snapshot.facts.unproven).toEqual([null]);
      await writer.run('update t set v = -1; delete from t where id < 1000; pragma wal_checkpoint(truncate)');
      const rows = await rowsOf(snapshot.read(read, { signal, wire: false }));
      expect(rows.length).toBe(5001);
      expect(rows.filter(([, v]) => v === '-1')).toEqual([]);
      await writer.run('drop table t; create table t (other TEXT)');
      expect(await snapshot.count(read, signal)).toBe(5001);
    }
    await expect(session.snapshot([read], signal)).rejects.toMatchObject({ code: 'SOURCE/CATALOG_DRIFT' });
  });

  it('reads what a killed writer left behind, without tidying it up', async () => {
    const file = databaseOf(WAL);
    const writer = new Writer(file);
    await writer.run('pragma wal_autocheckpoint = 0');
    await writer.run('insert into t values (5001, 1)');
    await writer.kill();
    const before = pictureOf(dirname(file));
    expect(await useAll(file)).toBe(5001);
    expect(pictureOf(dirname(file))).toEqual(before);
  });

  it('refuses a WAL without shared memory, since rows may be missing, and makes no file', async () => {
    const file = databaseOf(WAL);
    const writer = new Writer(file);
    await writer.run('insert into t values (5001, 1)');
    await writer.kill();
    rmSync(`${file}-shm`);
    const before = pictureOf(dirname(file));
    await expect(openFile(file)).rejects.toMatchObject({ code: 'SOURCE/UNREACHABLE' });
    expect(pictureOf(dirname(file))).toEqual(before);
  });

  it('follows the file from WAL to none and back within one session', async () => {
    const file = databaseOf(WAL);
    await using session = await openFile(file);
    const read = await tableRead(session, 't');
    const writer = new Writer(file);
    await writer.run('insert into t values (5001, 1)');
    expect(await session.count(read, signal)).toBe(5001);
    await writer.run('delete from t where id > 10');
    await writer.run('pragma journal_mode = delete');
    await writer.kill();
    expect(await session.count(read, signal)).toBe(10);
  });
});

describe('without a WAL', () => {
  it.each([FILL, WAL])('changes nothing in the folder', async (sql) => {
    const file = databaseOf(sql);
    const before = pictureOf(dirname(file));
    expect(await useAll(file)).toBe(5000);
    expect(pictureOf(dirname(file))).toEqual(before);
  });

  it.each([
    ['a commit', (file: string) => exec(file, 'update t set v = -1')],
    [
      'a commit in place of a journal mode that keeps the journal',
      (file: string) => exec(file, 'pragma journal_mode = persist; delete from t where id = 1'),
    ],
    ['a schema change', (file: string) => exec(file, 'alter table t add column extra TEXT')],
  ])('fails the read after %s by somebody else', async (_, write) => {
    const file = databaseOf(FILL);
    await using session = await openFile(file);
    const read = await tableRead(session, 't');
    await using snapshot = await session.snapshot([read], signal);
    write(file);
    const rows = rowsOf(snapshot.read(read, { signal, wire: false }));
    await expect(rows).rejects.toMatchObject({ code: 'SOURCE/CATALOG_DRIFT' });
    await expect(snapshot.count(read, signal)).rejects.toMatchObject({ code: 'SOURCE/CATALOG_DRIFT' });
  });

  it('fails the read when a WAL with frames or a hot journal appears', async () => {
    const file = databaseOf(FILL);
    await using session = await openFile(file);
    const read = await tableRead(session, 't');
    for (const suffix of ['-wal', '-journal']) {
      await using snapshot = await session.snapshot([read], signal);
      writeFileSync(file + suffix, 'frames');
      await expect(snapshot.count(read, signal)).rejects.toMatchObject({ code: 'SOURCE/CATALOG_DRIFT' });
      rmSync(file + suffix);
    }
  });

  it('goes on reading the old file when a new one takes its name', async () => {
    const file = databaseOf(FILL);
    const other = databaseOf('create table t (id INTEGER PRIMARY KEY, v INTEGER NOT NULL)');
    await using session = await openFile(file);
    const read = await tableRead(session, 't');
    await using snapshot = await session.snapshot([read], signal);
    renameSync(other, file);
    expect(await snapshot.count(read, signal)).toBe(5000);
  });

  it('refuses a hot journal and takes a finished one', async () => {
    const file = databaseOf(FILL);
    writeFileSync(`${file}-journal`, new Uint8Array(512));
    expect(await useAll(file)).toBe(5000);
    const writer = new Writer(file);
    await writer.run('pragma cache_size = 1');
    await writer.run('begin; update t set v = v + 1');
    await writer.kill();
    const before = pictureOf(dirname(file));
    await expect(openFile(file)).rejects.toMatchObject({ code: 'SOURCE/UNREACHABLE' });
    expect(pictureOf(dirname(file))).toEqual(before);
  });
});

describe('what is no database', () => {
  it('is refused with a code and never created', async () => {
    const folder = tempFolder();
    const text = join(folder, 'notes.db');
    writeFileSync(text, 'these are notes, and a good many of them. '.repeat(100));
    mkdirSync(join(folder, 'folder.db'));
    const before = pictureOf(folder);
    const code = (file: string): Promise<unknown> => openFile(file).catch((error: { code: unknown }) => error.code);
    expect(await code(join(folder, 'missing.db'))).toBe('SOURCE/DATABASE_ABSENT');
    expect(await code(join(text, 'below-a-file.db'))).toBe('SOURCE/DATABASE_ABSENT');
    expect(await code(join(folder, 'folder.db'))).toBe('SOURCE/DATABASE_ABSENT');
    expect(await code('/dev/null')).toBe('SOURCE/DATABASE_ABSENT');
    expect(await code(text)).toBe('SOURCE/DATABASE_ABSENT');
    expect(pictureOf(folder)).toEqual(before);
  });

  it('shows an empty file as a database without tables', async () => {
    const file = join(tempFolder(), 'empty.db');
    writeFileSync(file, '');
    await using session = await openFile(file);
    expect((await session.catalog({}, signal)).namespaces).toEqual([{ name: 'main', tables: [] }]);
  });
});
