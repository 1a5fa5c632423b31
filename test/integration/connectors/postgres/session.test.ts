import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../../../servers/free-port.ts';
import type { PostgresAddress } from '../../../servers/postgres-client.ts';
import { startPostgres } from '../../../servers/postgres.ts';
import { newPostgresDatabase, type TestDatabase } from '../../../servers/shared-servers.ts';
import type { PostgresOptions } from '../../../../src-main/connectors/postgres/options.ts';
import type { Session } from '../../../../src-main/ports/connector.ts';
import { openPostgres, openTransactions, queryRead, rowsOf, signal, tableRead, type Opened } from './rig.ts';

const HOSTILE = [
  `a"b`,
  `a'b`,
  `a\\b`,
  '$$',
  '; drop table x; --',
  '%s',
  ' ',
  'Größe',
  '"; select 1',
  ':name',
  'select',
  '/*',
  '\n',
  '🐘',
];

describe('PostgreSQL session', () => {
  let database: TestDatabase<PostgresAddress>;
  let session: Session;

  beforeAll(async () => {
    database = await newPostgresDatabase();
    await database.sql(`
      create schema other; create schema empty;
      create table customers (id bigint generated always as identity primary key, email text not null, total numeric(10,2),
        doubled numeric generated always as (total * 2) stored);
      create table orders (n int, customer bigint, at date, primary key (at, n),
        constraint fk_customer foreign key (customer) references customers (id));
      insert into customers (email, total) select 'user' || i, i from generate_series(1, 1000) i;
      create table never (id int);
      create table measured (id int, at date not null) partition by range (at);
      create table measured_1 partition of measured for values from ('2024-01-01') to ('2025-01-01');
      create table measured_2 partition of measured for values from ('2025-01-01') to ('2026-01-01');
      insert into measured select i, '2024-12-30'::date + i from generate_series(1, 300) i;
      create view other.seen as select id, email from customers;
      create materialized view other.kept as select count(*) as n from customers;
      create table other.guarded (id int, owner text); alter table other.guarded enable row level security;
      insert into other.guarded values (1, 'x');
      analyze customers, measured, measured_1, measured_2;
      create table "ho""stile;--" (${HOSTILE.map((name) => `"${name.replaceAll('"', '""')}" text`).join(', ')});
      insert into "ho""stile;--" values (${HOSTILE.map((name) => `'${name.replaceAll("'", "''")}'`).join(', ')});
      create role reader login; grant usage on schema public, other to reader;
      grant select on customers, other.guarded to reader; grant select (n) on orders to reader;
    `);
  });

  beforeEach(async () => {
    session = await openPostgres(database.server, database.name);
    return () => session[Symbol.asyncDispose]();
  });

  afterAll(async () => {
    await database.sql('drop owned by reader');
    await database.sql('drop role reader');
    await database.drop();
  });

  const asReader = (how: Opened = {}) => {
    const options = { user: 'reader', host: database.server.socketFolder, ...how.options };
    return openPostgres(database.server, database.name, { password: null, ...how, options });
  };

  it('lists namespaces, tables, columns and keys, and hides leaf partitions', async () => {
    const catalog = await session.catalog({}, signal);
    expect(catalog.product).toBe('PostgreSQL');
    expect(catalog.namespaces.map(({ name }) => name)).toEqual(['empty', 'other', 'public']);
    const tables = catalog.namespaces.flatMap((namespace) => namespace.tables);
    expect(tables.map(({ name, kind }) => `${name}: ${kind}`)).toEqual([
      'guarded: table',
      'kept: materialized view',
      'seen: view',
      'customers: table',
      'ho"stile;--: table',
      'measured: partitioned table',
      'never: table',
      'orders: table',
    ]);
    const found = new Map(tables.map((table) => [table.name, table]));
    expect(found.get('customers')?.columns).toEqual([
      {
        name: 'id',
        nativeType: 'bigint',
        nullable: false,
        type: { kind: 'int', bits: 64, signed: true },
        generated: true,
      },
      { name: 'email', nativeType: 'text', nullable: false, type: { kind: 'text', maxCharacters: null } },
      {
        name: 'total',
        nativeType: 'numeric(10,2)',
        nullable: true,
        type: { kind: 'decimal', precision: 10, scale: 2 },
      },
      {
        name: 'doubled',
        nativeType: 'numeric',
        nullable: true,
        type: { kind: 'decimal', precision: null, scale: null },
        generated: true,
      },
    ]);
    expect(found.get('orders')?.primaryKey).toEqual(['at', 'n']);
    expect(found.get('orders')?.foreignKeys).toEqual([
      {
        name: 'fk_customer',
        columns: ['customer'],
        references: { namespace: 'public', name: 'customers', columns: ['id'] },
      },
    ]);
    expect(found.get('customers')?.estimatedRows).toBe(1000);
    expect(found.get('customers')?.estimatedBytes).toBeGreaterThan(8192);
    expect(found.get('measured')?.estimatedRows).toBe(300);
    expect(found.get('never')?.estimatedRows).toBeNull();
    expect(found.get('seen')?.estimatedBytes).toBeNull();
    expect((await session.catalog({ namespace: 'other' }, signal)).namespaces.map(({ name }) => name)).toEqual([
      'other',
    ]);
  });

  it('remarks on row security and missing rights', async () => {
    await using reader = await asReader();
    const catalog = await reader.catalog({}, signal);
    const remarks = new Map(
      catalog.namespaces.flatMap(({ tables }) => tables.map((table) => [table.name, table.remarks ?? []])),
    );
    expect(remarks.get('guarded')?.join()).toContain('Row security');
    expect(remarks.get('never')?.join()).toContain('no right');
    expect(remarks.get('customers')).toEqual([]);
    const facts = await reader.facts(signal);
    expect(facts.missingPrivileges).toEqual(
      [
        'USAGE on schema empty',
        'SELECT on 2 of 3 tables in schema other',
        'SELECT on 3 of 5 tables in schema public',
      ].filter((line) => !line.includes('empty')),
    );
  });

  it('says what the server is, and proves that the session is read-only', async () => {
    const facts = await session.facts(signal);
    expect(facts).toMatchObject({ product: 'PostgreSQL', user: 'postgres', database: database.name, tls: null });
    expect(facts.readOnly).toBe('enforced by the server');
    expect(facts.latencyMs).toBeGreaterThan(0);
  });

  it('reads tables and columns of hostile names', async () => {
    const read = await tableRead(session, { namespace: 'public', name: 'ho"stile;--' });
    expect(read.columns.map(({ name }) => name)).toEqual(HOSTILE);
    const ordered = { ...read, orderBy: HOSTILE.map((column) => ({ column, descending: true })), limit: 5 };
    expect(await rowsOf(session.preview(ordered, signal))).toEqual([HOSTILE]);
    expect(await session.count(ordered, signal)).toBe(1);
    await using snapshot = await session.snapshot([read], signal);
    expect(await rowsOf(snapshot.read(read, { signal, wire: false }))).toEqual([HOSTILE]);
  });

  it('filters, orders and limits, with parameters bound as literals', async () => {
    const read = await tableRead(session, { namespace: 'public', name: 'customers' });
    const narrowed = {
      ...read,
      columns: read.columns.slice(1, 2),
      where: "total >= :least and email <> ':least' -- and a comment",
      orderBy: [{ column: 'total', descending: true }],
      limit: 2,
      params: { least: '999' },
    };
    expect(await rowsOf(session.preview(narrowed, signal))).toEqual([['user1000'], ['user999']]);
    expect(await session.count({ ...narrowed, limit: null }, signal)).toBe(2);
    expect(await session.count({ ...narrowed, limit: 1 }, signal)).toBe(1);
  });

  it('describes a query without running it and reads it', async () => {
    const sql = 'select email as who, 1/(id - id) as boom from customers where id = :id';
    const columns = await session.describe(sql, { id: '1' }, signal);
    expect(columns.map(({ name, nativeType, nullable }) => [name, nativeType, nullable])).toEqual([
      ['who', 'text', true],
      ['boom', 'bigint', true],
    ]);
    await expect(
      rowsOf(session.preview(queryRead(sql, columns, { params: { id: '1' } }), signal)),
    ).rejects.toMatchObject({
      code: 'SOURCE/QUERY_FAILED',
    });
    await expect(session.describe('select 1 as a, 2 as a', {}, signal)).rejects.toMatchObject({
      code: 'SOURCE/QUERY_INVALID',
    });
    expect(await session.count(queryRead('select 1 as x', [], {}), signal)).toBe(1);
  });

  it('leaves no transaction open after preview, count, catalog, describe, and after each of their failures', async () => {
    const read = await tableRead(session, { namespace: 'public', name: 'customers' });
    await rowsOf(session.preview({ ...read, limit: 10 }, signal));
    expect(await openTransactions(database.server, database.name)).toBe('0');
    await session.count(read, signal);
    await session.describe('select 1 as a', {}, signal);
    expect(await openTransactions(database.server, database.name)).toBe('0');
    const broken = { ...read, where: '1/(id - id) > 0' };
    await expect(session.count(broken, signal)).rejects.toMatchObject({ code: 'SOURCE/QUERY_FAILED' });
    await expect(rowsOf(session.preview(broken, signal))).rejects.toMatchObject({ code: 'SOURCE/QUERY_FAILED' });
    await expect(session.describe('select nothing', {}, signal)).rejects.toMatchObject({
      code: 'SOURCE/QUERY_INVALID',
    });
    expect(await openTransactions(database.server, database.name)).toBe('0');
    expect(await session.count(read, signal)).toBe(1000);
  });

  it('has ended the transaction of a small preview before its first row is looked at', async () => {
    const read = await tableRead(session, { namespace: 'public', name: 'customers' });
    for await (const batch of session.preview({ ...read, limit: 3 }, signal)) {
      expect(await openTransactions(database.server, database.name)).toBe('0');
      batch.release();
    }
  });

  it('stays usable when a preview is left early', async () => {
    const sql = "select repeat('x', 1000) as t from generate_series(1, 100000)";
    const columns = await session.describe(sql, {}, signal);
    for await (const batch of session.preview(queryRead(sql, columns), signal)) {
      batch.release();
      break;
    }
    expect(await openTransactions(database.server, database.name)).toBe('0');
    expect(await session.count(queryRead('select 1 as x', []), signal)).toBe(1);
  });

  it('never passes a value on that the server quotes in its message', async () => {
    const read = await tableRead(session, { namespace: 'public', name: 'customers' });
    const failing = session.count({ ...read, where: "email::int = 1 or email = 'secret'" }, signal);
    const error = await failing.catch((error: unknown) => error as Error);
    expect(error).toMatchObject({ code: 'SOURCE/QUERY_FAILED' });
    const all = `${String(error)} ${JSON.stringify(error)} ${String((error as Error).cause)}`;
    expect(all).not.toMatch(/user\d|secret/);
  });

  const refusals: readonly (readonly [string, string, () => Promise<unknown>])[] = [
    [
      'a wrong password',
      'SOURCE/AUTH_REFUSED',
      () => openPostgres(database.server, database.name, { password: 'wrong' }),
    ],
    [
      'a missing password',
      'SOURCE/AUTH_REFUSED',
      () => openPostgres(database.server, database.name, { password: null }),
    ],
    ['an unknown database', 'SOURCE/DATABASE_ABSENT', () => openPostgres(database.server, 'nowhere')],
    [
      'an unknown host',
      'SOURCE/UNREACHABLE',
      () => openPostgres(database.server, database.name, { options: { host: 'nowhere.invalid' } }),
    ],
    [
      'a closed port',
      'SOURCE/UNREACHABLE',
      async () => openPostgres(database.server, database.name, { options: { port: await freePort() } }),
    ],
    [
      'a missing socket',
      'SOURCE/UNREACHABLE',
      () => openPostgres(database.server, database.name, { options: { host: '/nowhere' } }),
    ],
    [
      'an unknown authority',
      'SOURCE/TLS_REFUSED',
      () => openPostgres(database.server, database.name, { options: { tls: 'verify-full' } }),
    ],
    [
      'a missing CA file',
      'CONNECTION/OPTION_INVALID',
      () => openPostgres(database.server, database.name, { options: { tls: 'verify-full', ca: '/nowhere.pem' } }),
    ],
    ['a missing table', 'SOURCE/TABLE_GONE', () => session.describe('select * from nowhere', {}, signal)],
    ['a syntax error', 'SOURCE/QUERY_INVALID', () => session.describe('select from from', {}, signal)],
    ['an unknown column', 'SOURCE/QUERY_INVALID', () => session.describe('select nothing from customers', {}, signal)],
  ];
  it.each(refusals)('answers %s with %s', async (_, code, act) => {
    await expect(act()).rejects.toMatchObject({ code });
  });

  it('answers a table without rights with PERMISSION_DENIED, in every door', async () => {
    const read = await tableRead(session, { namespace: 'public', name: 'never' });
    await using reader = await asReader();
    await expect(reader.count(read, signal)).rejects.toMatchObject({ code: 'SOURCE/PERMISSION_DENIED' });
    await expect(rowsOf(reader.preview(read, signal))).rejects.toMatchObject({ code: 'SOURCE/PERMISSION_DENIED' });
    await using snapshot = await reader.snapshot([read], signal);
    expect(snapshot.facts.unproven[0]).toContain('public.never');
    await expect(snapshot.count(read, signal)).rejects.toMatchObject({ code: 'SOURCE/PERMISSION_DENIED' });
    await expect(rowsOf(snapshot.read(read, { signal, wire: false }))).rejects.toMatchObject({
      code: 'SOURCE/PERMISSION_DENIED',
    });
    await snapshot[Symbol.asyncDispose]();
    expect(await openTransactions(database.server, database.name)).toBe('0');
  });

  it('reads columns it alone may read, and says that the table could not be locked', async () => {
    const read = await tableRead(session, { namespace: 'public', name: 'orders' });
    const narrow = { ...read, columns: read.columns.slice(0, 1) };
    await using reader = await asReader();
    await using snapshot = await reader.snapshot([narrow], signal);
    expect(snapshot.facts.unproven[0]).toContain('public.orders');
    expect(await rowsOf(snapshot.read(narrow, { signal, wire: false }))).toEqual([]);
  });

  it('checks the peer as the TLS mode says, and shows what was agreed', async () => {
    const ca = database.server.caFile ?? '';
    await using full = await openPostgres(database.server, database.name, { options: { tls: 'verify-full', ca } });
    expect((await full.facts(signal)).tls).toMatchObject({ version: 'TLSv1.3', verified: true });
    const read = await tableRead(full, { namespace: 'public', name: 'customers' });
    expect(await rowsOf(full.preview(read, signal))).toHaveLength(1000);
    await using blind = await openPostgres(database.server, database.name, { options: { tls: 'require' } });
    expect((await blind.facts(signal)).tls).toMatchObject({ verified: false });
  });

  it('reads the same many rows over TLS and without it', async () => {
    const sql = 'select i, repeat(md5(i::text), 1 + i % 20) as note from generate_series(1, 40000) as s(i)';
    const digestOf = async (options: Partial<PostgresOptions>): Promise<string> => {
      await using open = await openPostgres(database.server, database.name, { options });
      const read = queryRead(sql, await open.describe(sql, {}, signal));
      await using snapshot = await open.snapshot([read], signal);
      const hash = createHash('sha256');
      for await (const batch of snapshot.read(read, { signal, wire: 'pg-copy-text' })) {
        hash.update(batch.bytes.subarray(0, batch.tail));
        batch.release();
      }
      return hash.digest('hex');
    };
    expect(await digestOf({ tls: 'require' })).toBe(await digestOf({ tls: 'disable' }));
  });

  it('takes nothing from the environment', async () => {
    const before = { ...process.env };
    Object.assign(process.env, {
      PGOPTIONS: '-c default_transaction_read_only=off',
      PGPASSWORD: 'x',
      PGHOST: 'nowhere.invalid',
    });
    try {
      await using open = await openPostgres(database.server, database.name);
      expect((await open.facts(signal)).readOnly).toBe('enforced by the server');
      await expect(openPostgres(database.server, database.name, { password: null })).rejects.toMatchObject({
        code: 'SOURCE/AUTH_REFUSED',
      });
    } finally {
      process.env = before;
    }
  });
});

describe('PostgreSQL over TLS to the wrong host', () => {
  it('refuses a certificate made out to somebody else, unless only the authority is to be checked', async () => {
    const server = await startPostgres({ tls: 'on', certificate: 'wrong-host' });
    try {
      const ca = server.caFile ?? '';
      const open = (tls: 'verify-full' | 'verify-ca', file = ca) =>
        openPostgres(server, 'postgres', { options: { tls, ca: file } });
      await expect(open('verify-full')).rejects.toMatchObject({ code: 'SOURCE/TLS_REFUSED' });
      await expect(open('verify-ca', server.certificates?.otherCaFile)).rejects.toMatchObject({
        code: 'SOURCE/TLS_REFUSED',
      });
      await using session = await open('verify-ca');
      expect((await session.facts(signal)).tls).toMatchObject({ verified: true });
    } finally {
      await server.stop();
    }
  });

  it('refuses a server without TLS', async () => {
    const server = await startPostgres();
    try {
      await expect(openPostgres(server, 'postgres', { options: { tls: 'require' } })).rejects.toMatchObject({
        code: 'SOURCE/TLS_REFUSED',
        message: `The server at 127.0.0.1:${server.port} speaks no TLS, and the connection asks for it.`,
        remedy: expect.stringContaining('--tls disable'),
      });
    } finally {
      await server.stop();
    }
  });
});
