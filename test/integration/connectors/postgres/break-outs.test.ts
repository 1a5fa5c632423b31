import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Link } from '../../../../src-main/connectors/postgres/link.ts';
import { sessionSettings } from '../../../../src-main/connectors/postgres/session-settings.ts';
import type { Session } from '../../../../src-main/ports/connector.ts';
import type { ReadColumn, TableRead } from '../../../../src-shared/model/table-read.ts';
import { isAppError } from '../../../../src-shared/errors/app-error.ts';
import type { PostgresAddress } from '../../../servers/postgres-client.ts';
import { newPostgresDatabase, type TestDatabase } from '../../../servers/shared-servers.ts';
import { openPostgres, openTransactions, rowsOf, signal } from './rig.ts';

const ID: ReadColumn = {
  name: 'id',
  nativeType: 'integer',
  nullable: true,
  type: { kind: 'int', bits: 32, signed: true },
};

const CONDITIONS = [
  'true)) TO STDOUT; COMMIT; DELETE FROM victim; --',
  'true)) TO STDOUT; DELETE FROM victim; COMMIT --',
  'true) ) to stdout',
  "true)) TO PROGRAM 'touch /tmp/waybill-broke-out'; --",
  'id = 1) union select id from secrets where (true',
  'true; delete from victim',
  'true; commit; delete from victim',
  'true\n); delete from victim; --',
  '*/ true; delete from victim; /*',
  '/* true) ; delete from victim; -- ',
  '-- \n) ; delete from victim',
  "name = 'x''; delete from victim; --",
  "name = 'x\\'; delete from victim; --'",
  "name = E'x\\'; delete from victim; --",
  "name = E'x\\\\'; delete from victim; --'",
  'name = $$x$$; delete from victim; --$$',
  'name = $a$x$a$); delete from victim; --',
  'name = $a$ x $b$ ; delete from victim',
  'U&"n\\0061me" = \'x\'',
  "name = U&'x\\0027; delete from victim'",
  "E'a'\n'b\\'' is null ; delete from victim --'",
  '"name" = "x" ; delete from victim',
  'exists (delete from victim returning 1)',
  'id in (with gone as (delete from victim returning id) select id from gone)',
  'wreck() > 0',
  'public."wreck"() > 0',
  "nextval('counter') > 0",
  "setval('counter', 99) > 0",
  "set_config('transaction_read_only', 'off', false) is null",
  "pg_catalog.\"set_config\"('default_transaction_read_only', 'off', false) is null",
  'lo_creat(-1) > 0',
  "query_to_xml('delete from victim', true, true, '') is null",
  'pg_terminate_backend(pg_backend_pid())',
  'true limit 1 for update',
  'id = 1) for update -- ',
  'id = :p; delete from victim',
];

const QUERIES = [
  'delete from victim returning id',
  'with gone as (delete from victim returning id) select id from gone',
  'with gone as (update victim set id = 0 returning id) select id from gone',
  'insert into victim select 1 returning id',
  'select id into copied from victim',
  'select id from victim; delete from victim',
  'select id from victim) to stdout; delete from victim; --',
  'select id from victim for update',
  'select 1 as id) as q; commit; delete from victim; --',
  'table victim; delete from victim',
  'values (1); delete from victim',
  "copy victim to program 'id'",
  'do $$ begin delete from victim; end $$',
  'create table made (id int)',
  'truncate victim',
  'begin; delete from victim; commit',
  'select wreck() as id',
  "select id from victim where 'a' = $1",
  'explain analyze delete from victim',
  'select id from victim \\; delete from victim',
];

const PARAMETERS = [
  "'; delete from victim; --",
  "x' or true or 'x' = 'x",
  "\\'; delete from victim; --",
  '\\',
  "')) to stdout; delete from victim; --",
  '$$; delete from victim; $$',
  "' || wreck() || '",
  '\n\r\t\b',
];

/** What lies in the source, all of it. */
const STATE = `
  select (select string_agg(id || name, ',' order by id) from victim) || (select count(*) from secrets)
    || (select last_value || is_called::text from counter) || (select count(*) from pg_class where relname in ('made', 'copied'))
    || (select count(*) from pg_largeobject_metadata)`;

describe('break-outs through the operator’s SQL', () => {
  let database: TestDatabase<PostgresAddress>;
  let session: Session;
  let before = '';

  beforeAll(async () => {
    database = await newPostgresDatabase();
    await database.sql(`
      create table victim (id int, name text); insert into victim values (1, 'a'), (2, 'x'), (3, 'c');
      create table secrets (id int); insert into secrets values (42); create sequence counter;
      create function wreck() returns int language plpgsql as 'begin delete from victim; return 1; end'`);
    before = await database.sql(STATE);
    session = await openPostgres(database.server, database.name);
  });

  afterAll(async () => {
    await session[Symbol.asyncDispose]();
    await database.drop();
  });

  const victim = (more: Partial<TableRead>): TableRead => ({
    source: { kind: 'table', table: { namespace: 'public', name: 'victim' } },
    ...{ columns: [ID], where: null, orderBy: [], limit: null, params: { p: '1' } },
    ...more,
  });

  /** Every door the SQL can come in by; each either refuses with a code of ours or reads. */
  async function tryAll(read: TableRead): Promise<void> {
    const doors: (() => Promise<unknown>)[] = [
      () => rowsOf(session.preview(read, signal)),
      () => session.count(read, signal),
      async () => {
        await using snapshot = await session.snapshot([read], signal);
        await rowsOf(snapshot.read(read, { signal, wire: false }));
        await snapshot.count(read, signal);
      },
      async () => (read.source.kind === 'query' ? session.describe(read.source.sql, read.params, signal) : null),
    ];
    for (const door of doors) {
      const outcome = await door().catch((error: unknown) => error);
      if (outcome instanceof Error && !isAppError(outcome)) throw outcome;
      if (isAppError(outcome)) expect(outcome.kind).not.toBe('bug');
    }
    expect(await database.sql(STATE)).toBe(before);
    expect(await openTransactions(database.server, database.name)).toBe('0');
    expect(await rowsOf(session.preview(victim({ orderBy: [{ column: 'id', descending: false }] }), signal))).toEqual([
      ['1'],
      ['2'],
      ['3'],
    ]);
  }

  it.each(CONDITIONS)('leaves the source as it was after the condition %j', (where) => tryAll(victim({ where })));

  it.each(QUERIES)('leaves the source as it was after the query %j', (sql) =>
    tryAll(victim({ source: { kind: 'query', sql } })),
  );

  it.each(PARAMETERS)('takes the parameter %j for a value', async (p) => {
    await tryAll(victim({ where: 'name = :p', params: { p } }));
    expect(await session.count(victim({ where: 'name = :p', params: { p } }), signal)).toBe(0);
  });

  // The lexer is one net, the protocol and the transaction are others: each must hold without it.
  it.each([
    ['COPY (select 1) TO STDOUT; DELETE FROM victim', 'SOURCE/QUERY_INVALID'],
    ['COMMIT; DELETE FROM victim', 'SOURCE/QUERY_INVALID'],
    ['DELETE FROM victim', 'SOURCE/WRITE_REFUSED'],
    ['SELECT wreck()', 'SOURCE/WRITE_REFUSED'],
    ["SELECT nextval('counter')", 'SOURCE/WRITE_REFUSED'],
    ['COPY (WITH gone AS (DELETE FROM victim RETURNING id) SELECT id FROM gone) TO STDOUT', 'SOURCE/WRITE_REFUSED'],
    ['CREATE TABLE made (id int)', 'SOURCE/WRITE_REFUSED'],
  ])('is held by the server alone when it is sent %j', async (sql, code) => {
    const { server, name } = database;
    const { host, port, user } = server;
    const address = { host, port, user, database: name, tls: null, applicationName: 'waybill test' };
    const link = await Link.open(address, () => Promise.resolve(server.password ?? ''), signal);
    try {
      const { text, values } = sessionSettings({ statementTimeoutMs: 0 });
      await link.query(text, values, signal);
      await expect(link.query(sql, [], signal)).rejects.toMatchObject({ code });
    } finally {
      await link.close();
    }
    expect(await database.sql(STATE)).toBe(before);
  });
});
