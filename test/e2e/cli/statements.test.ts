// What a DBA sees in the log of the server: our sessions have a name, read, and do nothing else. Servers of their own,
// since they write down every statement.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMariadb, type MariadbServer } from '../../servers/mariadb.ts';
import { startPostgres, type PostgresServer } from '../../servers/postgres.ts';
import { Desk } from './driver.ts';
import type { RunResult } from './results.ts';

const PASSWORD = 'c4n4ry-p4ss';
const READER = 'shop_ro';
const DATABASE = 'shop';

interface Statement {
  /** As the session calls itself; null: this log does not tell, and the connector's own tests look elsewhere. */
  readonly application: string | null;
  readonly sql: string;
}

interface Logged {
  readonly server: PostgresServer | MariadbServer;
  readonly namespace: string;
  /** All that the reader's sessions sent, in order. */
  statements(): Promise<readonly Statement[]>;
}

const LINE = '~~';

const postgres = async (): Promise<Logged> => {
  const settings = { log_statement: 'all', log_line_prefix: `${LINE}%u|%a|` };
  const server = await startPostgres({ auth: 'scram-sha-256', settings });
  await server.sql(`create role ${READER} login password '${PASSWORD}'`);
  await server.sql(`create database ${DATABASE}`);
  await server.sql(
    `create table customers (id bigint primary key, email text);
     insert into customers select n, 'user' || n from generate_series(1, 500) n;
     create view recent as select id, email from customers where id > 400;
     grant select on customers, recent to ${READER}; analyze`,
    DATABASE,
  );
  const statements = () => {
    const records = server
      .log()
      .split(LINE)
      .map((record) => /^([^|]*)\|([^|]*)\|LOG: +(?:statement|execute [^:]*): ([^]*)$/.exec(record));
    return Promise.resolve(
      records.flatMap((match) => (match?.[1] === READER ? [{ application: match[2] ?? '', sql: match[3] ?? '' }] : [])),
    );
  };
  return { server, namespace: 'public', statements };
};

const mysql = async (): Promise<Logged> => {
  const server = await startMariadb({ args: ['--log-output=TABLE', '--general-log=ON'] });
  await server.sql(
    `create user ${READER} identified by '${PASSWORD}'; create database ${DATABASE}; use ${DATABASE};
     create table customers (id bigint primary key, email varchar(200));
     insert into customers select seq, concat('user', seq) from seq_1_to_500;
     create view recent as select id, email from customers where id > 400;
     grant select, lock tables, show view on ${DATABASE}.* to ${READER}; analyze table customers;`,
  );
  const statements = async () => {
    const text = await server.sql(
      `select concat('${LINE}', convert(argument using utf8mb4)) from mysql.general_log
        where user_host like '${READER}%' and command_type in ('Query', 'Prepare', 'Execute') order by event_time`,
    );
    return text
      .split(LINE)
      .slice(1)
      .map((sql) => ({ application: null, sql }));
  };
  return { server, namespace: DATABASE, statements };
};

/** What begins a statement that only reads, or only arranges how the session reads. */
const READS = [
  /^(?:select|with|show)\b/i,
  /^set (?:names|session|local|transaction)\b/i,
  /^(?:begin|start transaction|commit|rollback|savepoint|release savepoint)\b/i,
  /^lock table [^;]* in access share mode$/i,
  // Never EXPLAIN ANALYZE, which runs the statement.
  /^explain \(costs off\) (?:select|with)\b/i,
  /^copy \([^;]*\) to stdout\b/i,
];
/** What changes data, definitions or files from inside a statement that begins like one that reads. */
const WRITES =
  /\b(?:insert|update|delete|merge|create|alter|drop|truncate|grant|revoke|vacuum|analyze|reindex|replace into|into (?:outfile|dumpfile)|for update|for share|nextval|setval|lo_\w+|dblink\w*|pg_terminate_backend)\b/i;

function onlyReads(sql: string): boolean {
  return READS.some((form) => form.test(sql)) && !WRITES.test(sql);
}

/** Without comments, literals and quoted names, which are data. */
function bare(sql: string): string {
  const spoken = sql.replace(/\/\*[^]*?\*\/|--[^\n]*|'(?:[^'\\]|''|\\.)*'|"[^"]*"|`[^`]*`/g, ' ');
  return spoken.replace(/\s+/g, ' ').trim();
}

describe.each([
  ['PostgreSQL', 'postgres', postgres],
  ['MariaDB', 'mysql', mysql],
])('the statement log of %s', { timeout: 300_000 }, (_product, connector, start) => {
  let logged: Logged;
  let desk: Desk;

  beforeAll(async () => {
    desk = new Desk();
    logged = await start();
    await desk.connect(logged.server, DATABASE, { connector, user: READER, password: PASSWORD });
  });
  afterAll(async () => {
    await logged.server.stop();
    desk[Symbol.dispose]();
  });

  it('holds a journey of reads: no statement that writes or defines, none without a name', async () => {
    const { namespace } = logged;
    await desk.json(['connection', 'test', 'shop']);
    await desk.json(['catalog', 'shop']);
    await desk.json(['plan', 'new', 'shop', '--out', 'new.plan.yaml']);
    desk.write(
      'plan.yaml',
      `waybill: 1
name: shop
purpose: test
connection: shop
params: { least: "3" }
format: { type: csv }
tables:
  - { table: ${namespace}.customers, columns: [id, email], where: "id > :least", orderBy: [id], masks: { email: { mask: pseudonym, class: person.email } } }
  - { table: ${namespace}.recent, columns: [id] }
  - { query: "select count(*) as n from customers", name: totals, columns: { n: { unmasked: ok } } }
`,
    );
    await desk.json(['plan', 'check', 'plan.yaml', '--accept']);
    await desk.json(['count', 'plan.yaml']);
    await desk.json(['count', 'plan.yaml', '--exact']);
    await desk.json(['preview', 'plan.yaml', '--originals']);
    await desk.json(['run', 'plan.yaml', '--dry-run']);
    const { tables } = await desk.json<RunResult>(['run', 'plan.yaml', '--out', 'out']);
    expect(tables.map(({ sourceRows }) => sourceRows)).toEqual([497, 100, 1]);

    const statements = await logged.statements();
    expect(statements.length).toBeGreaterThan(50);
    expect(
      statements.filter(({ sql }) => /customers/.test(sql) && /^(select|copy)/i.test(bare(sql))).length,
    ).toBeGreaterThan(5);
    expect(statements.filter(({ sql }) => !onlyReads(bare(sql)))).toEqual([]);
    const name = connector === 'postgres' ? (await desk.run(['--version'])).stdout.trim() : null;
    expect([...new Set(statements.map(({ application }) => application))]).toEqual([name]);
  });
});

describe('the reading of a log', () => {
  it('knows what writes from what reads', () => {
    const writes = ['insert into t values (1)', 'select nextval($1)', 'with x as (delete from t returning 1) select 1'];
    const more = [
      'copy t from stdin',
      'explain analyze select 1',
      'lock table t in exclusive mode',
      'select 1 into outfile x',
    ];
    const calls = ['set global general_log = 0', 'create temporary table t (x int)', 'call p()', 'select 1 for update'];
    expect([...writes, ...more, ...calls].filter(onlyReads)).toEqual([]);
    expect(
      ['select "update" from `drop`', "copy (select 'delete') to stdout"].map(bare).filter(onlyReads),
    ).toHaveLength(2);
  });
});
