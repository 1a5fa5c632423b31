import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../../../../src-main/ports/connector.ts';
import type { TableName } from '../../../../src-shared/model/catalog.ts';
import type { PostgresAddress } from '../../../servers/postgres-client.ts';
import { newPostgresDatabase, type TestDatabase } from '../../../servers/shared-servers.ts';
import { measure, openPostgres, openTransactions, queryRead, rowsOf, signal, startProxy, tableRead } from './rig.ts';

const TABLE: TableName = { namespace: 'public', name: 'items' };

describe('PostgreSQL snapshot', () => {
  let database: TestDatabase<PostgresAddress>;
  let session: Session;
  let other: Client;

  beforeAll(async () => {
    database = await newPostgresDatabase();
    await database.sql(`
      create table items (id int primary key, name text not null);
      create table parts (id int) partition by range (id);
      create table parts_1 partition of parts for values from (0) to (100);
      create materialized view kept as select 1 as id;
      create view shown as select id from items;
      create function peek() returns bigint language plpgsql stable as 'begin return (select count(*) from items); end';
      create extension file_fdw; create server files foreign data wrapper file_fdw;
      create foreign table outside (line text) server files options (filename '/etc/hostname');
    `);
  });

  beforeEach(async () => {
    await database.sql("truncate items; insert into items select i, 'item ' || i from generate_series(1, 50000) i");
    session = await openPostgres(database.server, database.name);
    other = new Client({
      host: database.server.socketFolder,
      port: database.server.port,
      user: 'postgres',
      database: database.name,
    });
    await other.connect();
    return async () => {
      await session[Symbol.asyncDispose]();
      await other.end();
    };
  });

  afterAll(() => database.drop());

  it('reads and counts one moment, whatever others commit meanwhile', async () => {
    const read = await tableRead(session, TABLE);
    await using snapshot = await session.snapshot([read], signal);
    expect(snapshot.facts.id).toMatch(/^[0-9A-F]+-[0-9A-F]+-\d+$/);
    expect(snapshot.facts.unproven).toEqual([null]);
    await other.query('delete from items where id % 2 = 0');
    const rows = await rowsOf(snapshot.read(read, { signal, wire: false }));
    expect(rows).toHaveLength(50_000);
    expect(rows[0]).toEqual(['1', 'item 1']);
    expect(await snapshot.count(read, signal)).toBe(50_000);
    expect(await snapshot.count({ ...read, where: 'id <= :n', params: { n: '10' } }, signal)).toBe(10);
  });

  it('gives unsplit blocks of whole rows where they are asked for', async () => {
    const read = await tableRead(session, TABLE);
    await using snapshot = await session.snapshot([read], signal);
    let [rows, text] = [0, ''];
    for await (const batch of snapshot.read(read, { signal, wire: 'pg-copy-text' })) {
      expect(batch.cells).toBe(0);
      rows += batch.rows;
      text += Buffer.from(batch.bytes.subarray(0, batch.tail)).toString();
      batch.release();
    }
    expect(rows).toBe(50_000);
    expect(text).toBe(Array.from({ length: 50_000 }, (_, i) => `${i + 1}\titem ${i + 1}\n`).join(''));
  });

  it.each(['truncate items', 'alter table items add extra int', 'drop table items cascade', 'vacuum full items'])(
    'keeps %s out until it is disposed',
    async (statement) => {
      const read = await tableRead(session, TABLE);
      await other.query("set lock_timeout = '150ms'");
      const snapshot = await session.snapshot([read], signal);
      await expect(other.query(statement)).rejects.toMatchObject({ code: '55P03' });
      expect(await rowsOf(snapshot.read(read, { signal, wire: false }))).toHaveLength(50_000);
      await expect(other.query(statement)).rejects.toMatchObject({ code: '55P03' });
      expect(await snapshot.count(read, signal)).toBe(50_000);
      await snapshot[Symbol.asyncDispose]();
      expect(await openTransactions(database.server, database.name)).toBe('0');
    },
  );

  it('keeps its locks after reads that failed or were left early', async () => {
    const items = await tableRead(session, TABLE);
    const failing = { ...items, where: '1 / (id - 40000) is not null' };
    await other.query("set lock_timeout = '150ms'");
    await using snapshot = await session.snapshot([failing, items], signal);
    await expect(rowsOf(snapshot.read(failing, { signal, wire: false }))).rejects.toMatchObject({
      code: 'SOURCE/QUERY_FAILED',
    });
    await expect(other.query('truncate items')).rejects.toMatchObject({ code: '55P03' });
    for await (const batch of snapshot.read(items, { signal, wire: 'pg-copy-text' })) {
      batch.release();
      break;
    }
    await expect(other.query('truncate items')).rejects.toMatchObject({ code: '55P03' });
    expect(await rowsOf(snapshot.read(items, { signal, wire: false }))).toHaveLength(50_000);
    expect(await snapshot.count(items, signal)).toBe(50_000);
  });

  it('is not older than its locks', async () => {
    const read = await tableRead(session, TABLE);
    await other.query('begin; lock table items in access exclusive mode; delete from items where id > 1000');
    const opening = session.snapshot([read], signal);
    const waiting = `select count(*) from pg_stat_activity where datname = '${database.name}' and wait_event_type = 'Lock'`;
    await expect.poll(() => database.sql(waiting), { timeout: 4000 }).toBe('1');
    await other.query('commit');
    await using snapshot = await opening;
    expect(await snapshot.count(read, signal)).toBe(1000);
  });

  it('locks what a view, a query and a subquery read, too', async () => {
    const sql = 'select id from items';
    const shown = await tableRead(session, { namespace: 'public', name: 'shown' });
    const parts = await tableRead(session, { namespace: 'public', name: 'parts' });
    const reads = [
      shown,
      queryRead(sql, await session.describe(sql, {}, signal)),
      { ...parts, where: 'id in (select id from items)' },
    ];
    await other.query("set lock_timeout = '150ms'");
    for (const read of reads) {
      await using snapshot = await session.snapshot([read], signal);
      expect(snapshot.facts.unproven).toEqual([null]);
      await expect(other.query('truncate items')).rejects.toMatchObject({ code: '55P03' });
    }
    await using snapshot = await session.snapshot([parts], signal);
    expect(snapshot.facts.unproven).toEqual([null]);
    await expect(other.query('truncate parts_1')).rejects.toMatchObject({ code: '55P03' });
  });

  it('says which reads prove nothing, and why', async () => {
    const named = async (name: string) => tableRead(session, { namespace: 'public', name });
    const sql = 'select peek() as n';
    const reads = [
      await named('kept'),
      await named('outside'),
      queryRead(sql, await session.describe(sql, {}, signal)),
      await named('items'),
    ];
    await using snapshot = await session.snapshot(reads, signal);
    expect(snapshot.facts.unproven).toEqual([
      expect.stringContaining('public.kept'),
      expect.stringContaining('public.outside'),
      expect.stringContaining('peek'),
      null,
    ]);
  });

  it('gives up, with no lock left, when one table cannot be had in time', async () => {
    const reads = [await tableRead(session, { namespace: 'public', name: 'parts' }), await tableRead(session, TABLE)];
    await other.query('begin; lock table items in access exclusive mode');
    await expect(session.snapshot(reads, signal)).rejects.toMatchObject({ code: 'SOURCE/TIMEOUT' });
    expect(await openTransactions(database.server, database.name)).toBe('0');
    await other.query('rollback');
    await other.query("set lock_timeout = '150ms'; truncate parts");
  });

  it.each([
    ['alter table items alter name drop not null', 'alter table items alter name set not null'],
    ['alter table items alter id type bigint', 'alter table items alter id type int'],
    ['alter table items rename name to title', 'alter table items rename title to name'],
  ])('notices %s since the plan was compiled', async (change, back) => {
    const read = await tableRead(session, TABLE);
    const sql = 'select id as n, name from items';
    await other.query('drop view shown');
    const query = queryRead(sql, await session.describe(sql, {}, signal));
    await other.query(change);
    try {
      await expect(session.snapshot([read], signal)).rejects.toMatchObject({ code: 'SOURCE/CATALOG_DRIFT' });
      if (change.includes('type')) {
        await expect(session.snapshot([query], signal)).rejects.toMatchObject({ code: 'SOURCE/CATALOG_DRIFT' });
      }
      expect(await openTransactions(database.server, database.name)).toBe('0');
    } finally {
      await other.query(back);
      await other.query('create view shown as select id from items');
    }
  });

  it('notices a table that was dropped', async () => {
    await other.query('create table short (id int)');
    const read = await tableRead(session, { namespace: 'public', name: 'short' });
    await other.query('drop table short');
    await expect(session.snapshot([read], signal)).rejects.toMatchObject({ code: 'SOURCE/TABLE_GONE' });
  });

  it('stops the server while nobody pulls, and goes on when somebody does', async () => {
    const sql = "select repeat('x', 10000) as t from generate_series(1, 20000)";
    const read = queryRead(sql, await session.describe(sql, {}, signal));
    await using snapshot = await session.snapshot([read], signal);
    const batches = snapshot.read(read, { signal, wire: false })[Symbol.asyncIterator]();
    const first = await batches.next();
    first.value?.release();
    const waiting = async (): Promise<string> => {
      const where = `datname = '${database.name}' and application_name = 'waybill test' and state = 'active'`;
      return database.sql(`select wait_event from pg_stat_activity where ${where}`);
    };
    await expect.poll(waiting, { timeout: 5000 }).toBe('ClientWrite');
    let rows = first.value?.rows ?? 0;
    for (let next = await batches.next(); next.done !== true; next = await batches.next()) {
      rows += next.value.rows;
      next.value.release();
    }
    expect(rows).toBe(20_000);
  });

  it('carries a cell of 40 MiB in fragments, in bounded memory', async () => {
    await other.query(`create table long (id int, body text, raw bytea, after boolean)`);
    await other.query(
      `insert into long select 1, repeat(E'é\\\\\\n', 8 * 1024 * 1024), decode(repeat('00ff', 2 * 1024 * 1024), 'hex'), true`,
    );
    await other.query("insert into long select 2, 'short', null, false");
    const read = await tableRead(session, { namespace: 'public', name: 'long' });
    await using snapshot = await session.snapshot([read], signal);
    const got = await measure(snapshot.read(read, { signal, wire: false }));
    expect(got.fragments).toBeGreaterThan(40);
    expect(got.cutCells).toBeGreaterThan(40);
    expect(got.largestBlock).toBeLessThan(3 * 1024 * 1024);
    // é is two bytes, backslash and line break two each while escaped; four hex digits per pair.
    expect(got.bytes).toBe(1 + 8 * 1024 * 1024 * 6 + 2 * 1024 * 1024 * 4 + 4 + 1 + 5 + 5);
    expect(await measure(snapshot.read(read, { signal, wire: 'pg-copy-text' }))).toMatchObject({
      fragments: got.fragments,
    });
    const binary = await measure(snapshot.read(read, { signal, wire: 'pg-copy-binary' }));
    expect(binary.fragments).toBeGreaterThan(40);
    expect(binary.largestBlock).toBeLessThan(3 * 1024 * 1024);
    // The short row stays in a block and has no cells.
    expect(binary.bytes).toBe(got.bytes - 1 - 5 - 5);
  });

  it('keeps memory flat over a long read', async () => {
    const sql = 'select i as id, md5(i::text) as a, md5(i::text) as b from generate_series(1, 1500000) i';
    const read = queryRead(sql, await session.describe(sql, {}, signal));
    await using snapshot = await session.snapshot([read], signal);
    const before = process.memoryUsage.rss();
    let [rows, peak] = [0, 0];
    for await (const batch of snapshot.read(read, { signal, wire: false })) {
      rows += batch.rows;
      batch.release();
      peak = Math.max(peak, process.memoryUsage.rss());
    }
    expect(rows).toBe(1_500_000);
    expect(peak - before).toBeLessThan(80e6);
  });

  const endless = 'select generate_series(1, 1000000000000) as n';

  it('ends a read within a second when it is cancelled, on the server too', async () => {
    const read = queryRead(endless, await session.describe(endless, {}, signal));
    const abort = new AbortController();
    const snapshot = await session.snapshot([read], signal);
    const reading = measure(snapshot.read(read, { signal: abort.signal, wire: false }));
    const started = performance.now();
    abort.abort();
    await expect(reading).rejects.toMatchObject({ code: 'RUN/CANCELLED' });
    expect(performance.now() - started).toBeLessThan(1000);
    await expect.poll(() => openTransactions(database.server, database.name), { timeout: 5000 }).toBe('0');
    await snapshot[Symbol.asyncDispose]();
    await expect(session.count(read, signal)).rejects.toMatchObject({ code: 'SOURCE/CONNECTION_LOST' });
  });

  it('cancels a statement that has sent nothing yet', async () => {
    const abort = new AbortController();
    const sleeping = session.count(queryRead('select pg_sleep(60) as s', []), abort.signal);
    const running = () => openTransactions(database.server, database.name);
    await expect.poll(running, { timeout: 5000 }).toBe('1');
    const started = performance.now();
    abort.abort();
    await expect(sleeping).rejects.toMatchObject({ code: 'RUN/CANCELLED' });
    expect(performance.now() - started).toBeLessThan(1000);
    await expect.poll(running, { timeout: 5000 }).toBe('0');
  });

  it('ends within a second on a wire that went dead', async () => {
    const proxy = await startProxy(database.server);
    try {
      const through = await openPostgres(database.server, database.name, { options: { port: proxy.port } });
      const read = queryRead(endless, await through.describe(endless, {}, signal));
      const snapshot = await through.snapshot([read], signal);
      const abort = new AbortController();
      const batches = snapshot.read(read, { signal: abort.signal, wire: false })[Symbol.asyncIterator]();
      (await batches.next()).value?.release();
      proxy.goSilent();
      const drained = (async () => {
        for (let next = await batches.next(); next.done !== true; next = await batches.next()) next.value.release();
      })();
      const started = performance.now();
      abort.abort();
      await expect(drained).rejects.toMatchObject({ code: 'RUN/CANCELLED' });
      await snapshot[Symbol.asyncDispose]();
      await through[Symbol.asyncDispose]();
      expect(performance.now() - started).toBeLessThan(1000);
    } finally {
      proxy.close();
    }
  });

  it('gives up connecting within a second when it is cancelled', async () => {
    const proxy = await startProxy(database.server);
    proxy.goSilent();
    try {
      const abort = new AbortController();
      const opening = openPostgres(database.server, database.name, {
        options: { port: proxy.port },
        signal: abort.signal,
      });
      const started = performance.now();
      abort.abort();
      await expect(opening).rejects.toMatchObject({ code: 'RUN/CANCELLED' });
      expect(performance.now() - started).toBeLessThan(1000);
    } finally {
      proxy.close();
    }
  });

  it('fails a read whose server process dies, and never ends it as if it were whole', async () => {
    const read = queryRead(endless, await session.describe(endless, {}, signal));
    const snapshot = await session.snapshot([read], signal);
    const reading = measure(snapshot.read(read, { signal, wire: false }));
    const failed = expect(reading).rejects.toMatchObject({ code: 'SOURCE/CONNECTION_LOST' });
    const where = `datname = '${database.name}' and application_name = 'waybill test'`;
    await database.sql(`select pg_terminate_backend(pid) from pg_stat_activity where ${where}`);
    await failed;
    await snapshot[Symbol.asyncDispose]();
  });

  it('fails a read whose server process dies while nobody pulls', async () => {
    const read = queryRead(endless, await session.describe(endless, {}, signal));
    const snapshot = await session.snapshot([read], signal);
    const rows = snapshot.read(read, { signal, wire: false })[Symbol.asyncIterator]();
    (await rows.next()).value?.release();
    await endSessions();
    // Blocks that had arrived whole may come first; the loss is told in the end, and by nothing else.
    const drain = async (): Promise<void> => {
      for (let next = await rows.next(); next.done !== true; next = await rows.next()) next.value.release();
    };
    await expect(drain()).rejects.toMatchObject({ code: 'SOURCE/CONNECTION_LOST' });
    await snapshot[Symbol.asyncDispose]();
  });

  it('gives out all rows of a read that had arrived before the connection ended', async () => {
    const sql = "select i, repeat('x', 1000) as note from generate_series(1, 1800) as s(i)";
    const read = queryRead(sql, await session.describe(sql, {}, signal));
    const snapshot = await session.snapshot([read], signal);
    const rows = snapshot.read(read, { signal, wire: false })[Symbol.asyncIterator]();
    const first = await rows.next();
    let count = first.value?.rows ?? 0;
    first.value?.release();
    expect(count).toBeLessThan(1800);
    // All of it is here before the connection ends: the rest is less than what waits unread.
    await new Promise((resolve) => setTimeout(resolve, 300));
    await endSessions();
    for (let next = await rows.next(); next.done !== true; next = await rows.next()) {
      count += next.value.rows;
      next.value.release();
    }
    expect(count).toBe(1800);
    await snapshot[Symbol.asyncDispose]();
  });

  /** Ends the server's processes of the suite's sessions, and gives the news time to arrive. */
  async function endSessions(): Promise<void> {
    const where = `datname = '${database.name}' and application_name = 'waybill test'`;
    await database.sql(`select pg_terminate_backend(pid) from pg_stat_activity where ${where}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }

  it('keeps the statement time limit it was opened with', async () => {
    await using hasty = await openPostgres(database.server, database.name, { statementTimeoutMs: 200 });
    await expect(hasty.count(queryRead('select pg_sleep(5) as s', []), signal)).rejects.toMatchObject({
      code: 'SOURCE/TIMEOUT',
    });
  });
});
