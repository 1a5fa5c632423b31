import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../../../../src-main/ports/connector.ts';
import { freePort } from '../../../servers/free-port.ts';
import type { MariadbAddress } from '../../../servers/mariadb-client.ts';
import { startMariadb } from '../../../servers/mariadb.ts';
import { newMariadbDatabase, type TestDatabase } from '../../../servers/shared-servers.ts';
import { openMysql, openTransactions, queryRead, rowsOf, signal, tableRead, type Opened } from './rig.ts';

const HOSTILE = [
  'a`b',
  `a'b`,
  'a"b',
  'a\\b',
  '$$',
  '; drop table x; --',
  '%s',
  'Größe',
  '`; select 1',
  ':name',
  'select',
  '/*',
  '/*! x',
  '#',
  '-- x',
  'a\nb',
  '?',
];
const HOSTILE_TABLE = 'ho`stile\';--"\\';
const quote = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

describe('MySQL session', () => {
  let database: TestDatabase<MariadbAddress>;
  let session: Session;
  let reader: string;
  let second: string;

  beforeAll(async () => {
    database = await newMariadbDatabase();
    reader = `reader_${database.name.slice(-6)}`;
    second = `${database.name}_second`;
    await database.sql(`
      create database ${second};
      create table customers (id bigint auto_increment primary key, email varchar(100) not null, total decimal(10,2),
        doubled decimal(12,2) generated always as (total * 2) virtual);
      create table orders (n int, customer bigint, at date, primary key (at, n),
        constraint fk_customer foreign key (customer) references customers (id));
      insert into customers (email, total) select concat('user', seq), seq from seq_1_to_1000;
      create table measured (id int, at date not null) partition by range (year(at))
        (partition p24 values less than (2025), partition p25 values less than (2026));
      create view seen as select id, email from customers;
      create table kept (id int) engine = Aria;
      create table past (id int) with system versioning;
      create sequence counter;
      create table never (id int);
      analyze table customers;
      create table ${quote(HOSTILE_TABLE)} (${HOSTILE.map((name) => `${quote(name)} text`).join(', ')});
      set sql_mode = 'NO_BACKSLASH_ESCAPES';
      insert into ${quote(HOSTILE_TABLE)} values (${HOSTILE.map((name) => `'${name.replaceAll("'", "''")}'`).join(', ')});
      create user ${reader} identified by '${database.server.password}';
      grant select on customers to ${reader}; grant select (n) on orders to ${reader}; grant insert on past to ${reader};
    `);
  });

  beforeEach(async () => {
    session = await openMysql(database.server, database.name);
    return () => session[Symbol.asyncDispose]();
  });

  afterAll(async () => {
    await database.sql(`drop user ${reader}; drop database ${second}`);
    await database.drop();
  });

  const asReader = (how: Opened = {}) =>
    openMysql(database.server, database.name, { ...how, options: { user: reader, ...how.options } });

  it('lists namespaces, tables, columns and keys, and leaves the server’s own out', async () => {
    const catalog = await session.catalog({}, signal);
    expect(catalog.product).toBe('MariaDB');
    const names = catalog.namespaces.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([database.name, second]));
    for (const system of ['mysql', 'information_schema', 'performance_schema', 'sys'])
      expect(names).not.toContain(system);
    expect(await session.catalog({ namespace: second }, signal)).toMatchObject({
      namespaces: [{ name: second, tables: [] }],
    });
    expect((await session.catalog({ namespace: 'nowhere' }, signal)).namespaces).toEqual([]);
    const tables = (await session.catalog({ namespace: database.name }, signal)).namespaces[0]?.tables ?? [];
    expect(tables.map(({ name, kind }) => `${name}: ${kind}`)).toEqual([
      'customers: table',
      `${HOSTILE_TABLE}: table`,
      'kept: table',
      'measured: partitioned table',
      'never: table',
      'orders: table',
      'past: table',
      'seen: view',
    ]);
    const found = new Map(tables.map((table) => [table.name, table]));
    expect(found.get('customers')?.columns).toEqual([
      {
        name: 'id',
        nativeType: 'bigint(20)',
        nullable: false,
        type: { kind: 'int', bits: 64, signed: true },
        generated: true,
      },
      { name: 'email', nativeType: 'varchar(100)', nullable: false, type: { kind: 'text', maxCharacters: 100 } },
      {
        name: 'total',
        nativeType: 'decimal(10,2)',
        nullable: true,
        type: { kind: 'decimal', precision: 10, scale: 2 },
      },
      {
        name: 'doubled',
        nativeType: 'decimal(12,2)',
        nullable: true,
        type: { kind: 'decimal', precision: 12, scale: 2 },
        generated: true,
      },
    ]);
    expect(found.get('customers')?.primaryKey).toEqual(['id']);
    expect(found.get('orders')?.primaryKey).toEqual(['at', 'n']);
    expect(found.get('orders')?.foreignKeys).toEqual([
      {
        name: 'fk_customer',
        columns: ['customer'],
        references: { namespace: database.name, name: 'customers', columns: ['id'] },
      },
    ]);
    expect(found.get('customers')?.estimatedRows).toBeGreaterThan(900);
    expect(found.get('customers')?.estimatedBytes).toBeGreaterThan(16_000);
    expect(found.get('seen')?.estimatedRows).toBeNull();
    expect(found.get('kept')?.remarks?.join()).toContain('Aria');
    expect(found.get('past')?.remarks?.join()).toContain('history');
    expect(found.get('customers')?.remarks).toBeUndefined();
  });

  it('remarks on missing rights, and lists them among the facts', async () => {
    await using narrow = await asReader();
    const [own] = (await narrow.catalog({ namespace: database.name }, signal)).namespaces;
    const remarks = new Map(own?.tables.map(({ name, remarks }) => [name, remarks?.join() ?? '']));
    expect([...remarks.keys()]).toEqual(['customers', 'orders', 'past']);
    expect(remarks.get('past')).toContain('no right');
    expect(remarks.get('customers')).toBe('');
    const facts = await narrow.facts(signal);
    expect(facts.user).toBe(`${reader}@%`);
    expect(facts.missingPrivileges).toEqual([`SELECT on 1 of 3 tables of ${database.name}`]);
  });

  it('says what the server is, and proves that the session is read-only', async () => {
    const facts = await session.facts(signal);
    expect(facts).toMatchObject({ product: 'MariaDB', user: 'waybill@%', database: database.name, tls: null });
    expect(facts.version).toMatch(/^\d+\.\d+/);
    expect(facts.readOnly).toBe('enforced by the server');
    expect(facts.missingPrivileges).toEqual([]);
    expect(facts.latencyMs).toBeGreaterThan(0);
  });

  it('reads a table of which the login may read one column, in every door', async () => {
    const read = await tableRead(session, { namespace: database.name, name: 'orders' });
    const narrow = { ...read, columns: read.columns.slice(0, 1) };
    await using few = await asReader();
    expect(await few.count(narrow, signal)).toBe(0);
    await using snapshot = await few.snapshot([narrow], signal);
    expect(snapshot.facts.unproven).toEqual([null]);
    expect(await rowsOf(snapshot.read(narrow, { signal, wire: false }))).toEqual([]);
    await expect(rowsOf(snapshot.read(read, { signal, wire: false }))).rejects.toMatchObject({
      code: 'SOURCE/PERMISSION_DENIED',
    });
  });

  it('reads tables and columns of hostile names', async () => {
    const read = await tableRead(session, { namespace: database.name, name: HOSTILE_TABLE });
    expect(read.columns.map(({ name }) => name)).toEqual(HOSTILE);
    const ordered = { ...read, orderBy: HOSTILE.map((column) => ({ column, descending: true })), limit: 5 };
    expect(await rowsOf(session.preview(ordered, signal))).toEqual([HOSTILE]);
    expect(await session.count(ordered, signal)).toBe(1);
    await using snapshot = await session.snapshot([read], signal);
    expect(await rowsOf(snapshot.read(read, { signal, wire: false }))).toEqual([HOSTILE]);
  });

  it('filters, orders and limits, with parameters bound as literals', async () => {
    const read = await tableRead(session, { namespace: database.name, name: 'customers' });
    const narrowed = {
      ...read,
      columns: read.columns.slice(1, 2),
      where: "total >= :least and email <> ':least' # and a comment",
      orderBy: [{ column: 'total', descending: true }],
      limit: 2,
      params: { least: '999' },
    };
    expect(await rowsOf(session.preview(narrowed, signal))).toEqual([['user1000'], ['user999']]);
    expect(await session.count({ ...narrowed, limit: null }, signal)).toBe(2);
    expect(await session.count({ ...narrowed, limit: 1 }, signal)).toBe(1);
    const none = { ...narrowed, where: 'total <=> :least', params: { least: null } };
    expect(await session.count(none, signal)).toBe(0);
  });

  it('describes a query without running it and reads it', async () => {
    const sql =
      'select email as who, (select id from customers c where c.id <= :id) as boom from customers where id = :id';
    const columns = await session.describe(sql, { id: '2' }, signal);
    expect(columns.map(({ name, nativeType, nullable }) => [name, nativeType, nullable])).toEqual([
      ['who', 'varchar(100)', false],
      ['boom', 'bigint', true],
    ]);
    const failing = session.preview(queryRead(sql, columns, { params: { id: '2' } }), signal);
    await expect(rowsOf(failing)).rejects.toMatchObject({ code: 'SOURCE/QUERY_INVALID' });
    await expect(session.describe('select 1 as a, 2 as a', {}, signal)).rejects.toMatchObject({
      code: 'SOURCE/QUERY_INVALID',
    });
    expect(await session.count(queryRead('select 1 as x', []), signal)).toBe(1);
  });

  it('leaves no transaction open after preview, count, catalog, describe, and after each of their failures', async () => {
    const read = await tableRead(session, { namespace: database.name, name: 'customers' });
    await rowsOf(session.preview({ ...read, limit: 10 }, signal));
    expect(await openTransactions(database.server, database.name)).toBe('0');
    await session.count(read, signal);
    await session.describe('select 1 as a', {}, signal);
    expect(await openTransactions(database.server, database.name)).toBe('0');
    const broken = { ...read, where: 'id = (select c.id from customers c)' };
    await expect(session.count(broken, signal)).rejects.toMatchObject({ code: 'SOURCE/QUERY_INVALID' });
    await expect(rowsOf(session.preview(broken, signal))).rejects.toMatchObject({ code: 'SOURCE/QUERY_INVALID' });
    await expect(session.describe('select nothing', {}, signal)).rejects.toMatchObject({
      code: 'SOURCE/QUERY_INVALID',
    });
    expect(await openTransactions(database.server, database.name)).toBe('0');
    expect(await session.count(read, signal)).toBe(1000);
  });

  it('has ended the transaction of a small preview before its first row is looked at', async () => {
    const read = await tableRead(session, { namespace: database.name, name: 'customers' });
    let seen = 0;
    for await (const batch of session.preview({ ...read, limit: 3 }, signal)) {
      expect(await openTransactions(database.server, database.name)).toBe('0');
      seen += batch.rows;
      batch.release();
    }
    expect(seen).toBe(3);
  });

  it('stays usable when a preview is left early', async () => {
    const sql = "select repeat('x', 1000) as t from seq_1_to_1000000";
    const columns = await session.describe(sql, {}, signal);
    for await (const batch of session.preview(queryRead(sql, columns), signal)) {
      batch.release();
      break;
    }
    await expect.poll(() => openTransactions(database.server, database.name), { timeout: 3000 }).toBe('0');
    expect(await session.count(queryRead('select 1 as x', []), signal)).toBe(1);
  });

  it('never passes a value or a literal on that the server quotes in its message', async () => {
    const read = await tableRead(session, { namespace: database.name, name: 'customers' });
    const texts: string[] = [];
    for (const where of ["exp(id * 1000) > 1 and email <> 'secret'", "email = 'secret' 5 'secret'"]) {
      const error = await session.count({ ...read, where }, signal).catch((error: unknown) => error as Error);
      texts.push(`${String(error)} ${JSON.stringify(error)} ${String((error as Error).cause)}`);
    }
    expect(texts[0]).toContain('QUERY_FAILED');
    expect(texts[1]).toContain('QUERY_INVALID');
    expect(texts.join()).not.toMatch(/user\d|secret/);
  });

  const refusals: readonly (readonly [string, string, () => Promise<unknown>])[] = [
    ['a wrong password', 'SOURCE/AUTH_REFUSED', () => openMysql(database.server, database.name, { password: 'wrong' })],
    ['a missing password', 'SOURCE/AUTH_REFUSED', () => openMysql(database.server, database.name, { password: null })],
    ['an unknown database', 'SOURCE/DATABASE_ABSENT', () => openMysql(database.server, 'nowhere')],
    ['a database without rights', 'SOURCE/PERMISSION_DENIED', () => asReader({ options: { database: second } })],
    [
      'an unknown host',
      'SOURCE/UNREACHABLE',
      () => openMysql(database.server, database.name, { options: { host: 'nowhere.invalid' } }),
    ],
    [
      'a closed port',
      'SOURCE/UNREACHABLE',
      async () => openMysql(database.server, database.name, { options: { port: await freePort() } }),
    ],
    [
      'a missing socket',
      'SOURCE/UNREACHABLE',
      () => openMysql(database.server, database.name, { options: { host: '/nowhere' } }),
    ],
    [
      'an unknown authority',
      'SOURCE/TLS_REFUSED',
      () => openMysql(database.server, database.name, { options: { tls: 'verify-full' } }),
    ],
    [
      'a missing CA file',
      'CONNECTION/OPTION_INVALID',
      () => openMysql(database.server, database.name, { options: { tls: 'verify-full', ca: '/nowhere.pem' } }),
    ],
    ['a missing table', 'SOURCE/TABLE_GONE', () => session.describe('select * from nowhere', {}, signal)],
    ['a syntax error', 'SOURCE/QUERY_INVALID', () => session.describe('select from from', {}, signal)],
    ['an unknown column', 'SOURCE/QUERY_INVALID', () => session.describe('select nothing from customers', {}, signal)],
    ['an unknown function', 'SOURCE/QUERY_INVALID', () => session.describe('select nothing() as x', {}, signal)],
    ['an undeclared parameter', 'PLAN/PARAM_UNDECLARED', () => session.describe('select :x as x', {}, signal)],
  ];
  it.each(refusals)('answers %s with %s', async (_, code, act) => {
    await expect(act()).rejects.toMatchObject({ code });
  });

  it('answers a table without rights with PERMISSION_DENIED, in every door', async () => {
    const read = await tableRead(session, { namespace: database.name, name: 'never' });
    await using narrow = await asReader();
    await expect(narrow.count(read, signal)).rejects.toMatchObject({ code: 'SOURCE/PERMISSION_DENIED' });
    await expect(rowsOf(narrow.preview(read, signal))).rejects.toMatchObject({ code: 'SOURCE/PERMISSION_DENIED' });
    await using snapshot = await narrow.snapshot([read], signal);
    expect(snapshot.facts.unproven[0]).toMatch(/not locked/);
    await expect(snapshot.count(read, signal)).rejects.toMatchObject({ code: 'SOURCE/PERMISSION_DENIED' });
    await expect(rowsOf(snapshot.read(read, { signal, wire: false }))).rejects.toMatchObject({
      code: 'SOURCE/PERMISSION_DENIED',
    });
    await snapshot[Symbol.asyncDispose]();
    expect(await openTransactions(database.server, database.name)).toBe('0');
  });

  it('reads through a Unix socket, and through TLS as its mode says, showing what was agreed', async () => {
    const { caFile, socketPath } = database.server;
    const ca = caFile ?? '';
    await using local = await openMysql(database.server, database.name, { options: { host: socketPath } });
    expect((await local.facts(signal)).tls).toBeNull();
    await using full = await openMysql(database.server, database.name, { options: { tls: 'verify-full', ca } });
    expect((await full.facts(signal)).tls).toMatchObject({ version: 'TLSv1.3', verified: true });
    const read = await tableRead(full, { namespace: database.name, name: 'customers' });
    expect(await rowsOf(full.preview(read, signal))).toHaveLength(1000);
    await using named = await openMysql(database.server, database.name, {
      options: { host: 'localhost', tls: 'verify-full', ca },
    });
    expect((await named.facts(signal)).tls).toMatchObject({ verified: true });
    await using blind = await openMysql(database.server, database.name, { options: { tls: 'require' } });
    expect((await blind.facts(signal)).tls).toMatchObject({ verified: false });
  });
});

describe('MySQL over TLS to the wrong host', () => {
  it('refuses a certificate made out to somebody else before it sends a password', async () => {
    const server = await startMariadb({ tls: 'required', certificate: 'wrong-host' });
    try {
      const ca = server.caFile ?? '';
      const open = (tls: 'verify-full' | 'verify-ca' | 'disable', file = ca, host = '127.0.0.1') =>
        openMysql(server, 'mysql', { options: { tls, host, ...(tls === 'disable' ? {} : { ca: file }) } });
      for (const host of ['127.0.0.1', 'localhost']) {
        await expect(open('verify-full', ca, host)).rejects.toMatchObject({ code: 'SOURCE/TLS_REFUSED' });
      }
      await expect(open('verify-ca', server.certificates?.otherCaFile)).rejects.toMatchObject({
        code: 'SOURCE/TLS_REFUSED',
      });
      // MariaDB itself answers so where it demands TLS.
      await expect(open('disable')).rejects.toMatchObject({ code: 'SOURCE/AUTH_REFUSED' });
      await using session = await open('verify-ca');
      expect((await session.facts(signal)).tls).toMatchObject({ verified: true });
    } finally {
      await server.stop();
    }
  });

  it('refuses a server without TLS', async () => {
    const server = await startMariadb();
    try {
      await expect(openMysql(server, 'mysql', { options: { tls: 'require' } })).rejects.toMatchObject({
        code: 'SOURCE/TLS_REFUSED',
        message: `The server at 127.0.0.1:${server.port} speaks no TLS, and the connection asks for it.`,
        remedy: expect.stringContaining('--tls disable'),
      });
    } finally {
      await server.stop();
    }
  });
});
