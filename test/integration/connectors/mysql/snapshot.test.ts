import type { Connection } from 'mysql2/promise';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../../../../src-main/ports/connector.ts';
import type { TableName } from '../../../../src-shared/model/catalog.ts';
import { payloadsOf } from '../../../fakes/mysql-packets.ts';
import type { MariadbAddress } from '../../../servers/mariadb-client.ts';
import { newMariadbDatabase, type TestDatabase } from '../../../servers/shared-servers.ts';
import {
  measure,
  openLink,
  openMysql,
  openOther,
  openTransactions,
  queryRead,
  rowsOf,
  signal,
  startProxy,
  tableRead,
} from './rig.ts';

const ROWS = 50_000;

describe('MySQL snapshot', () => {
  let database: TestDatabase<MariadbAddress>;
  let session: Session;
  let other: Connection;
  let table: (name: string) => TableName;

  beforeAll(async () => {
    database = await newMariadbDatabase();
    table = (name) => ({ namespace: database.name, name });
    await database.sql(`
      create table items (id int primary key, name varchar(40) not null);
      create table parts (id int);
      create table aria (id int) engine = Aria; insert into aria values (1);
      create table isam (id int) engine = MyISAM; insert into isam values (1);
      create view shown as select id from items;
      create view mixed as select isam.id from items join isam using (id);
      delimiter //
      create function peek() returns bigint reads sql data return (select count(*) from aria)//
    `);
  });

  beforeEach(async () => {
    await database.sql(
      `truncate items; insert into items select seq, concat('item ', seq) from seq_1_to_${ROWS}; truncate parts; insert into parts values (1)`,
    );
    session = await openMysql(database.server, database.name);
    other = await openOther(database.server, database.name);
    await other.query('set session lock_wait_timeout = 1');
    return async () => {
      await session[Symbol.asyncDispose]();
      await other.end();
    };
  });

  afterAll(() => database.drop());

  it('reads and counts one moment, whatever others commit meanwhile', async () => {
    const read = await tableRead(session, table('items'), { orderBy: [{ column: 'id', descending: false }] });
    const parts = await tableRead(session, table('parts'));
    await using snapshot = await session.snapshot([read, parts], signal);
    expect(snapshot.facts.id).toMatch(/^connection \d+, \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    expect(snapshot.facts.unproven).toEqual([null, null]);
    await other.query('delete from items where id % 2 = 0; insert into parts values (2), (3)');
    const rows = await rowsOf(snapshot.read(read, { signal, wire: false }));
    expect(rows).toHaveLength(ROWS);
    expect(rows[0]).toEqual(['1', 'item 1']);
    expect(await snapshot.count(read, signal)).toBe(ROWS);
    expect(await snapshot.count(parts, signal)).toBe(1);
    expect(await snapshot.count({ ...read, where: 'id <= :n', params: { n: '10' } }, signal)).toBe(10);
  });

  it('fixes one moment for views and queries too, with the first that is read', async () => {
    const shown = await tableRead(session, table('shown'));
    const sql = 'select id from parts';
    const query = queryRead(sql, await session.describe(sql, {}, signal));
    await using snapshot = await session.snapshot([shown, query], signal);
    expect(await snapshot.count(shown, signal)).toBe(ROWS);
    await other.query('delete from items; insert into parts values (2)');
    expect(await measure(snapshot.read(shown, { signal, wire: false }))).toMatchObject({ fragments: 0 });
    expect(await snapshot.count(shown, signal)).toBe(ROWS);
    expect(await rowsOf(snapshot.read(query, { signal, wire: false }))).toEqual([['1']]);
  });

  it('opens its view after the locks: what was committed before the first read row is seen, a change of the table never', async () => {
    const link = await openLink(database.server, database.name);
    try {
      await link.rows('set session transaction isolation level repeatable read, read only', signal);
      await link.rows('start transaction read only', signal);
      await link.rows('select 1 from items limit 0', signal);
      await other.query('insert into items values (0, "late")');
      await expect(other.query('truncate items')).rejects.toMatchObject({ errno: 1205 });
      expect(await link.rows('select count(*) from items', signal)).toEqual([[String(ROWS + 1)]]);
    } finally {
      await link.close();
    }
  });

  it('takes error 1412, a table changed after an older snapshot, for drift', async () => {
    const link = await openLink(database.server, database.name);
    try {
      await link.rows('start transaction with consistent snapshot, read only', signal);
      await other.query('truncate parts');
      await expect(link.rows('select count(*) from parts', signal)).rejects.toMatchObject({
        code: 'SOURCE/CATALOG_DRIFT',
        context: { errno: 1412 },
      });
    } finally {
      await link.close();
    }
  });

  it('gives unsplit blocks of whole rows where they are asked for', async () => {
    const read = await tableRead(session, table('items'), { orderBy: [{ column: 'id', descending: false }] });
    await using snapshot = await session.snapshot([read], signal);
    let rows = 0;
    const blocks: Buffer[] = [];
    for await (const batch of snapshot.read(read, { signal, wire: 'counted-packets' })) {
      expect(batch.cells).toBe(0);
      rows += batch.rows;
      blocks.push(Buffer.from(batch.bytes.slice(0, batch.tail)));
      batch.release();
    }
    expect(rows).toBe(ROWS);
    const cell = (text: string): string => `${String.fromCharCode(text.length)}${text}`;
    const expected = Array.from({ length: ROWS }, (_, i) => cell(`${i + 1}`) + cell(`item ${i + 1}`)).join('');
    expect(Buffer.concat(payloadsOf(Buffer.concat(blocks))).toString('latin1')).toBe(expected);
  });

  it.each([
    'truncate items',
    'alter table items add extra int',
    'drop table items',
    'rename table items to gone',
    'optimize table items',
    'create or replace table items (id int)',
  ])('keeps %s out until it is disposed', async (statement) => {
    const read = await tableRead(session, table('items'));
    const snapshot = await session.snapshot([read], signal);
    const refused = async (): Promise<void> => {
      const outcome = await other.query(statement).then(
        (rows) => JSON.stringify(rows),
        (error: unknown) => String((error as { errno?: number }).errno),
      );
      expect(outcome).toMatch(/^1205$|Lock wait timeout exceeded/);
    };
    await refused();
    expect(await rowsOf(snapshot.read(read, { signal, wire: false }))).toHaveLength(ROWS);
    expect(await snapshot.count(read, signal)).toBe(ROWS);
    await snapshot[Symbol.asyncDispose]();
    // The server's own list is up to a tenth of a second old.
    await expect.poll(() => openTransactions(database.server, database.name)).toBe('0');
    expect(await session.count(read, signal)).toBe(ROWS);
  });

  it('locks what a view, a query and a subquery read, too', async () => {
    const sql = 'select id from items';
    const parts = await tableRead(session, table('parts'));
    const reads = [
      await tableRead(session, table('shown')),
      queryRead(sql, await session.describe(sql, {}, signal)),
      { ...parts, where: 'id in (select id from items)' },
    ];
    for (const read of reads) {
      await using snapshot = await session.snapshot([read], signal);
      expect(snapshot.facts.unproven).toEqual([null]);
      await expect(other.query('truncate items')).rejects.toMatchObject({ errno: 1205 });
    }
    await other.query('truncate items');
  });

  it('says which reads prove nothing, and why', async () => {
    const parts = await tableRead(session, table('parts'));
    const described = async (sql: string) => queryRead(sql, await session.describe(sql, {}, signal));
    const reads = [
      await tableRead(session, table('aria')),
      await tableRead(session, table('isam')),
      await tableRead(session, table('mixed')),
      await described('select peek() as n'),
      await described('select `id` from `isam`'),
      await described('select count(*) as n from information_schema.tables'),
      { ...parts, where: 'id in (select id from aria)' },
      { ...parts, where: 'id > 0' },
      parts,
    ];
    await using snapshot = await session.snapshot(reads, signal);
    const [aria, isam, state] = ['engine Aria', 'engine MyISAM', 'information_schema'].map((part) =>
      expect.stringContaining(part),
    );
    expect(snapshot.facts.unproven).toEqual([aria, isam, isam, aria, isam, state, aria, null, null]);
  });

  it('gives up, with no lock left, when one table cannot be had in time', async () => {
    const reads = [await tableRead(session, table('parts')), await tableRead(session, table('items'))];
    await other.query('lock tables items write');
    await expect(session.snapshot(reads, signal)).rejects.toMatchObject({ code: 'SOURCE/TIMEOUT' });
    expect(await openTransactions(database.server, database.name)).toBe('0');
    await other.query('unlock tables; truncate parts');
  });

  it.each([
    ['alter table items modify name varchar(40)', 'alter table items modify name varchar(40) not null'],
    ['alter table items modify id bigint', 'alter table items modify id int'],
    ['alter table items rename column name to title', 'alter table items rename column title to name'],
  ])('notices %s since the plan was compiled', async (change, back) => {
    const read = await tableRead(session, table('items'));
    const sql = 'select id as n, name from items';
    const query = queryRead(sql, await session.describe(sql, {}, signal));
    await other.query(change);
    try {
      await expect(session.snapshot([read], signal)).rejects.toMatchObject({ code: 'SOURCE/CATALOG_DRIFT' });
      if (!change.includes('rename')) {
        await expect(session.snapshot([query], signal)).rejects.toMatchObject({ code: 'SOURCE/CATALOG_DRIFT' });
      }
      expect(await openTransactions(database.server, database.name)).toBe('0');
    } finally {
      await other.query(back);
    }
  });

  it('notices a table that was dropped', async () => {
    await other.query('create table short (id int)');
    const read = await tableRead(session, table('short'));
    await other.query('drop table short');
    await expect(session.snapshot([read], signal)).rejects.toMatchObject({ code: 'SOURCE/TABLE_GONE' });
  });

  it('stops the server while nobody pulls, and goes on when somebody does', async () => {
    const sql = "select repeat('x', 10000) as t from seq_1_to_20000";
    const read = queryRead(sql, await session.describe(sql, {}, signal));
    await using snapshot = await session.snapshot([read], signal);
    const batches = snapshot.read(read, { signal, wire: false })[Symbol.asyncIterator]();
    const first = await batches.next();
    first.value?.release();
    const state = () =>
      database.sql(
        `select state from information_schema.processlist where db = '${database.name}' and command = 'Query' and user = 'waybill'`,
      );
    await expect.poll(state, { timeout: 5000 }).toMatch(/^(Writing to net|Sending data)$/);
    let rows = first.value?.rows ?? 0;
    for (let next = await batches.next(); next.done !== true; next = await batches.next()) {
      rows += next.value.rows;
      next.value.release();
    }
    expect(rows).toBe(20_000);
  });

  it('carries a cell of 40 MiB in fragments, in bounded memory', async () => {
    await other.query('create table long_cells (id int, body longtext, raw longblob, after int)');
    const usual = await database.sql('select @@global.max_allowed_packet');
    await database.sql('set global max_allowed_packet = 1073741824');
    // A session keeps the limit it began with.
    await using wide = await openMysql(database.server, database.name);
    const writer = await openOther(database.server, database.name);
    await database.sql(`set global max_allowed_packet = ${usual}`);
    await writer.query(
      `insert into long_cells select 1, repeat('é🐘\\\\\\n', 5 * 1024 * 1024), repeat(x'00ff', 9 * 1024 * 1024), 7`,
    );
    await writer.query("insert into long_cells select 2, 'short', null, 8");
    await writer.end();
    const read = await tableRead(wide, table('long_cells'));
    await using snapshot = await wide.snapshot([read], signal);
    const before = process.memoryUsage().arrayBuffers;
    const got = await measure(snapshot.read(read, { signal, wire: false }));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(60e6);
    expect(got.fragments).toBeGreaterThan(50);
    expect(got.cutCells).toBeGreaterThan(50);
    expect(got.largestBlock).toBeLessThan(1.2 * 1024 * 1024);
    expect(got.bytes).toBe(1 + 5 * 1024 * 1024 * 8 + 9 * 1024 * 1024 * 2 + 1 + 1 + 5 + 1);
    expect(await measure(snapshot.read(read, { signal, wire: 'counted-packets' }))).toMatchObject({
      fragments: got.fragments,
    });
  });

  it('keeps memory flat over a long read', async () => {
    const sql = 'select seq as id, md5(seq) as a, md5(seq) as b from seq_1_to_1500000';
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

  it('survives a consumer that leaves a long read early: the next read is of the same moment', async () => {
    const items = await tableRead(session, table('items'));
    const sql = "select repeat('x', 1000) as t from seq_1_to_100000000";
    const endless = queryRead(sql, await session.describe(sql, {}, signal));
    await using snapshot = await session.snapshot([items, endless], signal);
    for await (const batch of snapshot.read(endless, { signal, wire: false })) {
      batch.release();
      break;
    }
    await other.query('delete from items');
    expect(await snapshot.count(items, signal)).toBe(ROWS);
    expect(await rowsOf(snapshot.read(items, { signal, wire: false }))).toHaveLength(ROWS);
  });

  const endless = 'select a.seq as n from seq_1_to_100000000 a join seq_1_to_100000000 b';

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
    const counting = session.count(queryRead(endless, []), abort.signal);
    const running = () => openTransactions(database.server, database.name);
    await expect.poll(running, { timeout: 5000 }).not.toBe('0');
    const started = performance.now();
    abort.abort();
    await expect(counting).rejects.toMatchObject({ code: 'RUN/CANCELLED' });
    expect(performance.now() - started).toBeLessThan(1000);
    await expect.poll(running, { timeout: 5000 }).toBe('0');
  });

  it('ends within a second on a wire that went dead', async () => {
    const proxy = await startProxy(database.server);
    try {
      const through = await openMysql(database.server, database.name, { options: { port: proxy.port } });
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
      const opening = openMysql(database.server, database.name, {
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

  it('fails a read whose connection the server kills, and never ends it as if it were whole', async () => {
    const read = queryRead(endless, await session.describe(endless, {}, signal));
    const snapshot = await session.snapshot([read], signal);
    const reading = measure(snapshot.read(read, { signal, wire: false }));
    const failed = expect(reading).rejects.toMatchObject({ code: 'SOURCE/CONNECTION_LOST' });
    const [id] = /\d+/.exec(snapshot.facts.id) ?? [];
    await database.sql(`kill connection ${id}`);
    await failed;
    await snapshot[Symbol.asyncDispose]();
  });

  it('says that somebody else cancelled, when somebody else did', async () => {
    const read = queryRead(endless, await session.describe(endless, {}, signal));
    await using snapshot = await session.snapshot([read], signal);
    const counting = expect(snapshot.count(read, signal)).rejects.toMatchObject({ code: 'RUN/CANCELLED' });
    const [id] = /\d+/.exec(snapshot.facts.id) ?? [];
    await expect.poll(() => openTransactions(database.server, database.name), { timeout: 5000 }).not.toBe('0');
    await database.sql(`kill query ${id}`);
    await counting;
  });

  it('keeps the statement time limit it was opened with', async () => {
    await using hasty = await openMysql(database.server, database.name, { statementTimeoutMs: 200 });
    await expect(hasty.count(queryRead(endless, []), signal)).rejects.toMatchObject({ code: 'SOURCE/TIMEOUT' });
  });
});
