import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../../../../src-main/ports/connector.ts';
import { isAppError } from '../../../../src-shared/errors/app-error.ts';
import type { TableRead } from '../../../../src-shared/model/table-read.ts';
import type { MariadbAddress } from '../../../servers/mariadb-client.ts';
import { newMariadbDatabase, type TestDatabase } from '../../../servers/shared-servers.ts';
import { openLink, openMysql, queryRead, rowsOf, signal, tableRead } from './rig.ts';

const FILE = '/tmp/waybill-break-out';
const WRITES = [
  'delete from victims',
  'update victims set id = 0',
  'insert into victims values (9)',
  'drop table victims',
  'truncate victims',
  'alter table victims add x int',
  'create table stolen as select * from victims',
  'select nextval(counter)',
  'call wipe()',
  'select wipe_by_function()',
];
const WHERE = [
  'true; delete from victims',
  'true); delete from victims; --',
  'true)); delete from victims; -- ',
  "true) or ('",
  'true) union select id from victims where (true',
  'true -- ',
  'true --\tx\n) ; delete from victims where (1=1',
  'true #',
  'true /* ',
  'true /*! ); delete from victims; */',
  'true /*!50000 into outfile "/tmp/waybill-break-out" */',
  'true /*M! and 1=1 */',
  'true /*+ SET_VAR(sql_mode="ANSI_QUOTES") */',
  `id = 1 or "a\\"; delete from victims; -- " = 'x'`,
  `id = '\\'; delete from victims; -- `,
  "id = 'a\\\\'; delete from victims; -- '",
  'id in (select id from victims for update)',
  'id in (select id from victims lock in share mode)',
  'id in (select id from victims) into outfile "/tmp/waybill-break-out"',
  "id = (select id into dumpfile '/tmp/waybill-break-out')",
  'id = wipe_by_function()',
  'id = nextval(counter)',
  'id = (select next value for counter)',
  'id = sleep(1000)',
  "id = get_lock('x', 1000)",
  "id = `sleep`(1000) and load_file('/etc/passwd') is null",
  '`id` = 1 and `a``; delete from victims; -- ` = 1',
  '(@a := (select count(*) from victims)) > 0; delete from victims',
  'true \\G delete from victims',
  'true\\; delete from victims',
  'true\rdelete from victims',
  'true limit 1 procedure analyse()',
];
const QUERIES = [
  'delete from victims',
  'select 1 as x; delete from victims',
  'select 1 as x) as q; delete from victims; -- ',
  'select 1 as x) as q into outfile "/tmp/waybill-break-out" -- ',
  'select id into @a from victims',
  'with x as (select 1 as y) delete from victims',
  'table victims into outfile "/tmp/waybill-break-out"',
  'call wipe()',
  'set global general_log = 1',
  'set statement max_statement_time = 1 for delete from victims',
  'handler victims open',
  'load data local infile "/etc/passwd" into table victims',
  'execute immediate "delete from victims"',
  'prepare s from "delete from victims"',
  'values (wipe_by_function())',
  'explain delete from victims',
  '/*! delete from victims */',
  '(select 1 as x)',
];
const PARAMETERS = [
  "'; delete from victims; -- ",
  "\\'; delete from victims; -- ",
  '\\',
  "\\\\'",
  '" or 1=1 #',
  '/*! x',
  "') or 1=1 -- ",
];

describe('SQL that tries to break out of its place', () => {
  let database: TestDatabase<MariadbAddress>;
  let session: Session;
  let read: TableRead;

  beforeAll(async () => {
    database = await newMariadbDatabase();
    await database.sql(`
      create table victims (id int); insert into victims values (1), (2), (3);
      create sequence counter;
      create procedure wipe() modifies sql data delete from victims;
      delimiter //
      create function wipe_by_function() returns int modifies sql data begin delete from victims; return 1; end//
    `);
  });

  beforeEach(async () => {
    session = await openMysql(database.server, database.name, { statementTimeoutMs: 2000 });
    read = await tableRead(session, { namespace: database.name, name: 'victims' });
    return () => session[Symbol.asyncDispose]();
  });

  afterAll(() => database.drop());

  /** Rows, definitions, the sequence, and settings of the server that a break-out could have changed. */
  const state = () =>
    database.sql(
      `select group_concat(id order by id) from victims; show tables; show create table victims;
       select next_not_cached_value from counter; select @@global.general_log;
       select coalesce(load_file('${FILE}'), 'no file')`,
    );

  /** Every door by which the plan's SQL reaches the server. What it answers may differ; that nothing changes may not. */
  async function tryAll(victim: TableRead): Promise<readonly string[]> {
    const doors = [
      async () => void (await session.count(victim, signal)),
      async () => void (await rowsOf(session.preview({ ...victim, limit: 3 }, signal))),
      async () => {
        await using snapshot = await session.snapshot([victim], signal);
        await rowsOf(snapshot.read(victim, { signal, wire: false }));
      },
      async () => {
        if (victim.source.kind === 'query') await session.describe(victim.source.sql, victim.params, signal);
      },
    ];
    const outcomes: string[] = [];
    for (const door of doors) {
      outcomes.push(
        await door().then(
          () => 'harmless',
          (error: unknown) => (isAppError(error) ? error.code : 'foreign'),
        ),
      );
    }
    return outcomes;
  }

  it.each(WHERE)('changes nothing: where %j', async (where) => {
    const before = await state();
    const outcomes = await tryAll({ ...read, where });
    for (const outcome of outcomes)
      expect(outcome).toMatch(/^(harmless|PLAN\/SQL_REFUSED|SOURCE\/(QUERY|WRITE|TABLE)_.*)$/);
    expect(await state()).toBe(before);
  });

  it.each(QUERIES)('changes nothing: query %j', async (sql) => {
    const before = await state();
    const columns = [
      { name: 'x', nativeType: 'int', nullable: false, type: { kind: 'int', bits: 32, signed: true } as const },
    ];
    const outcomes = await tryAll(queryRead(sql, columns));
    for (const outcome of outcomes) expect(outcome).toMatch(/^(PLAN\/SQL_REFUSED|SOURCE\/(QUERY|WRITE)_.*)$/);
    expect(await state()).toBe(before);
  });

  it.each(PARAMETERS)('takes a parameter for nothing but its text: %j', async (value) => {
    const before = await state();
    const sql = 'select :p as x';
    const columns = await session.describe(sql, { p: value }, signal);
    expect(await rowsOf(session.preview(queryRead(sql, columns, { params: { p: value } }), signal))).toEqual([[value]]);
    expect(await session.count({ ...read, where: `concat('\\'', :p) = "x"`, params: { p: value } }, signal)).toBe(0);
    expect(await state()).toBe(before);
  });

  it('has a server that refuses writes, and a second statement, even where our lexer does not stand before it', async () => {
    const before = await state();
    const link = await openLink(database.server, database.name);
    try {
      await link.rows('set session transaction read only', signal);
      for (const write of WRITES) {
        await expect(link.rows(write, signal)).rejects.toMatchObject({ code: 'SOURCE/WRITE_REFUSED' });
      }
      await link.rows('start transaction read only', signal);
      await expect(link.rows('delete from victims', signal)).rejects.toMatchObject({ code: 'SOURCE/WRITE_REFUSED' });
      await link.rows('rollback', signal);
      for (const two of ['select 1; delete from victims', 'rollback; delete from victims']) {
        await expect(link.rows(two, signal)).rejects.toMatchObject({ code: 'SOURCE/QUERY_INVALID' });
      }
      await expect(link.rows("load data local infile '/etc/hostname' into table victims", signal)).rejects.toThrow();
    } finally {
      await link.close();
    }
    expect(await state()).toBe(before);
  });
});
