// Tables of MariaDB that are not as most are: what they hold goes out and comes back, and what is lost of them is said.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../../servers/run-program.ts';
import { newMariadbDatabase, newPostgresDatabase } from '../../../servers/shared-servers.ts';
import { Desk } from '../driver.ts';
import { dataOf } from '../package-data.ts';
import type { RunResult } from '../results.ts';
import { migrationPlan } from './migration-plan.ts';

/** As many as InnoDB has room for. */
const WIDEST = Array.from({ length: 1017 }, (_, i) => `c${i}`);
/** Of a table it is the name of a file, in which other letters count for more. */
const LONG_NAME = 'n'.repeat(64);

const SQL = `
create table squeezed (id int primary key, a varchar(5000) compressed, b mediumtext compressed, c blob compressed, d varchar(9) character set latin1 compressed,
  hidden int invisible default 7, hidden_json json invisible comment 'it''s');
insert into squeezed (id, a, b, c, d, hidden) values (1, 'a', repeat('b', 100000), x'00ff', 'ä', 1), (2, null, '', '', null, null);
create table past (id int primary key, name varchar(20), unique key one_each (name)) with system versioning;
insert into past values (1, 'old'), (2, 'gone'); update past set name = 'new' where id = 1; delete from past where id = 2;
create table period (id int primary key, name varchar(20), since timestamp(6) generated always as row start,
  till timestamp(6) generated always as row end invisible, period for system_time (since, till)) with system versioning;
insert into period (id, name) values (1, 'old'), (2, 'kept'); update period set name = 'new' where id = 1;
create table valid (id int, a date, b date, period for valid_time (a, b), unique (id, valid_time without overlaps));
insert into valid values (1, '2024-01-01', '2024-02-01'), (1, '2024-02-01', '2024-03-01');
create table child (id int primary key, of int, constraint to_past foreign key (of) references past (id));
insert into child values (1, 1);
create table wide (${WIDEST.map((name) => `${name} tinyint`).join(', ')});
insert into wide select ${WIDEST.map((_, i) => (i % 100).toString()).join(', ')};
create table \`${LONG_NAME}\` (\`${'配'.repeat(64)}\` int); insert into \`${LONG_NAME}\` values (1);
create table no_rows (id int);
create table beyond (id int primary key, a varchar(9) default '🦄', e enum('🦄', 'x'), g varchar(20) as (concat(id, '🦄')) stored,
  c varchar(9) check (c <> '🦄'), short varbinary(2) default x'00ff', plain varbinary(9) default 'plain', nul varchar(3) default '\\0', n int default 5);
insert into beyond (id, e) values (1, 'x');
create table computed (a int as (1) stored, b int as (2) virtual); insert into computed values (default, default);
create sequence numbers; create table numbered (id bigint default nextval(numbers)); insert into numbered values (default);`;
const TABLES = [
  'squeezed',
  'past',
  'period',
  'valid',
  'child',
  'wide',
  LONG_NAME,
  'no_rows',
  'beyond',
  'computed',
  'numbered',
];

let source: Awaited<ReturnType<typeof newMariadbDatabase>>;
let fresh: Awaited<ReturnType<typeof newMariadbDatabase>>;
let desk: Desk;
let run: RunResult;
let ddl: string;
let messages: string;

beforeAll(async () => {
  desk = new Desk();
  [source, fresh] = await Promise.all([newMariadbDatabase(), newMariadbDatabase()]);
  await source.sql(`set time_zone = '+00:00'; ${SQL}`);
  await desk.connect(source.server, source.name, { connector: 'mysql' });
  const names = TABLES.map((name): [string, string] => [source.name, name]);
  desk.write('this.plan.yaml', migrationPlan('mysql', names));
  const { findings } = await desk.json<{ findings: readonly { message: string }[] }>([
    ...['plan', 'check', 'this.plan.yaml', '--accept'],
  ]);
  messages = findings.map(({ message }) => message).join('\n');
  run = await desk.json<RunResult>(['run', 'this.plan.yaml', '--out', 'out']);
  ddl = readFileSync(join(run.package, 'ddl.sql'), 'utf8');
});
afterAll(async () => {
  await Promise.all([source.drop(), fresh.drop()]);
  desk[Symbol.dispose]();
});

describe('odd tables of MariaDB', { timeout: 60_000 }, () => {
  it('come whole and once, of versioned ones what is current', () => {
    expect(run.tables.map(({ table: [, name], sourceRows, verdict }) => [name, sourceRows, verdict])).toEqual([
      ['squeezed', 2, 'complete'],
      ['past', 1, 'complete'],
      ['period', 2, 'complete'],
      ['valid', 2, 'complete'],
      ['child', 1, 'complete'],
      ['wide', 1, 'complete'],
      [LONG_NAME, 1, 'complete'],
      ['no_rows', 0, 'complete'],
      ['beyond', 1, 'complete'],
      ['computed', 1, 'complete'],
      ['numbered', 1, 'complete'],
    ]);
  });

  it('load into an empty database, and no row differs', async () => {
    for (const name of ['ddl.sql', 'load.sql']) {
      const args = ['--no-defaults', '--local-infile=1', `--socket=${fresh.server.socketPath}`, '--user=root'];
      const input = readFileSync(join(run.package, name), 'utf8');
      await runProgram('mariadb', [...args, fresh.name], { input, cwd: run.package });
    }
    const columns: Readonly<Record<string, string>> = {
      squeezed: "id, a, b, hex(c), d, ifnull(hidden, 'NULL'), hidden_json",
      period: 'id, name, since, till',
    };
    for (const name of TABLES) {
      const [one, two] = [source, fresh].map((of) => `select ${columns[name] ?? '*'} from ${of.name}.\`${name}\``);
      const sql = `set time_zone = '+00:00'; (${one} except all ${two}) union all (${two} except all ${one})`;
      expect([name, await fresh.sql(sql)]).toEqual([name, '']);
      const count = `select count(*) from \`${name}\``;
      expect([name, await fresh.sql(count)]).toEqual([name, await source.sql(count)]);
    }
  });

  it('give no value that the server does not show in full', async () => {
    const insert = "insert into beyond (id, c) values (2, '????')";
    const row =
      "select concat_ws('|', ifnull(a, '-'), ifnull(g, '-'), ifnull(hex(short), '-'), plain, ifnull(nul, '-'), n) from beyond where id = 2";
    expect(await fresh.sql(`${insert}; ${row}`)).toBe('-|-|-|plain|-|5');
    for (const left of [
      'The default of a is left out: ',
      'The default of short is left out: ',
      'The default of nul is left out: ',
      'Not carried: words of e with characters beyond U+FFFF',
      'g is an ordinary column, not a generated one: the server does not show all characters of its expression',
      'Not carried: check c: ',
      'a is an ordinary column, not a generated one: a row of nothing but generated columns cannot be loaded',
    ]) {
      expect(messages).toContain(left);
    }
  });

  it('keep their keys, hidden columns and compression', async () => {
    const keys = (name: string): string =>
      `select table_name, index_name, non_unique, column_name from information_schema.statistics
       where table_schema = '${name}' and table_name <> 'valid' and column_name not in ('row_end', 'till') order by 1, 2, seq_in_index`;
    expect(await fresh.sql(keys(fresh.name))).toBe(await source.sql(keys(source.name)));
    await expect(fresh.sql('insert into child values (2, 99)')).rejects.toThrow(/to_past/);
    const hidden = (name: string): string =>
      `select column_name, column_type, extra, column_comment from information_schema.columns
       where table_schema = '${name}' and table_name = 'squeezed' order by ordinal_position`;
    expect(await fresh.sql(hidden(fresh.name))).toBe(await source.sql(hidden(source.name)));
  });

  it('of which something is lost are listed, in the script and as warnings', () => {
    const head = ddl.slice(0, ddl.indexOf('CREATE TABLE'));
    for (const [table, left] of [
      ['past', 'system versioning, and the history of its rows'],
      ['period', 'system versioning, and the history of its rows'],
      ['period', 'since is an ordinary column, not a generated one. It was: ROW START'],
      ['valid', 'the period valid_time, and that keys over it do not overlap'],
      ['numbered', 'nextval'],
    ]) {
      const said = new RegExp(`${source.name}\\.${table}: .*${left?.replaceAll('.', '\\.')}`);
      expect(head).toMatch(said);
      expect(messages).toMatch(new RegExp(left ?? ''));
    }
    expect(head).not.toContain('is left out: not all of its columns go out');
  });

  it('are read in parts by the keys that people gave them', async () => {
    const plan = migrationPlan('mysql', [[source.name, 'period']]).replace(
      /^migrate:.*$/m,
      'package: { chunk: { rows: 1 } }',
    );
    desk.write('parts.plan.yaml', plan);
    const { findings } = await desk.json<{ findings: readonly { message: string }[] }>([
      ...['plan', 'check', 'parts.plan.yaml', '--accept'],
    ]);
    expect(findings).toEqual([]);
    const parts = await desk.json<RunResult>(['run', 'parts.plan.yaml', '--out', 'out']);
    expect(parts.tables[0]?.resources).toHaveLength(2);
    expect(Object.values(dataOf(parts)).map((text) => text.split('\n')[1]?.replaceAll('"', '').slice(0, 5))).toEqual([
      '1,new',
      '2,kep',
    ]);
  });

  it('without a key are written in parts of a size that none exceeds', async () => {
    await source.sql(
      'create table keyless (t time(6), n int); insert into keyless select sec_to_time(seq), seq from seq_1_to_5000',
    );
    const plan = migrationPlan('mysql', [[source.name, 'keyless']]).replace(
      /^migrate:.*$/m,
      'package: { chunk: { bytes: 20kB } }',
    );
    desk.write('sized.plan.yaml', plan);
    const { tables, package: folder } = await desk.json<RunResult>([
      ...['run', 'sized.plan.yaml', '--accept-catalog', '--out', 'out'],
    ]);
    expect(tables).toMatchObject([{ sourceRows: 5000, writtenRows: 5000, verdict: 'complete' }]);
    const files = (tables[0]?.resources ?? []).map((path) => readFileSync(join(folder, path), 'utf8'));
    for (const { length } of files) expect(length).toBeLessThanOrEqual(20_000);
    const numbers = files.flatMap((file) => file.split('\r\n').slice(1, -1)).map((row) => Number(row.split(',')[1]));
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 5000 }, (_, i) => i + 1));
  });

  it('that lie on another server are read, and prove nothing', async () => {
    const { host, port, user, password } = source.server;
    await source.sql(
      `install plugin if not exists federated soname 'ha_federatedx'; create table there (id int primary key, name varchar(20));
       insert into there values (1, 'far'), (2, 'away');
       create table outside (id int primary key, name varchar(20)) engine = federated
         connection = 'mysql://${user}:${password}@${host}:${port}/${source.name}/there'`,
    );
    desk.write('far.plan.yaml', migrationPlan('mysql', [[source.name, 'outside']]).replace(/^migrate:.*$/m, ''));
    const { namespaces } = await desk.json<{
      namespaces: readonly { tables: readonly { name: string; kind: string }[] }[];
    }>(['catalog', 'shop', '--namespace', source.name]);
    expect(namespaces[0]?.tables.find(({ name }) => name === 'outside')?.kind).toBe('foreign table');
    const far = await desk.json<RunResult>(['run', 'far.plan.yaml', '--accept-catalog', '--out', 'out']);
    expect(far.tables[0]).toMatchObject({
      ...{ sourceRows: 2, rereadRows: 2, verdict: 'unproven' },
      why: expect.stringContaining('engine FEDERATED, which has no snapshots') as string,
    });
  });

  it('go to another product with the same words', async () => {
    const postgres = await newPostgresDatabase();
    try {
      const names = ['squeezed', 'past', 'period'].map((name): [string, string] => [source.name, name]);
      desk.write('other.plan.yaml', migrationPlan('postgres', names));
      const other = await desk.json<RunResult>(['run', 'other.plan.yaml', '--accept-catalog', '--out', 'out']);
      const script = readFileSync(join(other.package, 'ddl.sql'), 'utf8');
      expect(script).toContain('system versioning, and the history of its rows');
      expect(script).toContain('hidden: INVISIBLE is left out.');
      const { server, name } = postgres;
      const args = [
        '-X',
        '-q',
        '-v',
        'ON_ERROR_STOP=1',
        '-U',
        server.user,
        '-h',
        server.socketFolder,
        '-p',
        String(server.port),
        '-d',
        name,
      ];
      for (const file of ['ddl.sql', 'load.sql'])
        await runProgram('psql', [...args, '-f', file], { cwd: other.package });
      expect(await postgres.sql(`select id, name from "${source.name}".period order by id`)).toBe('1|new\n2|kept');
    } finally {
      await postgres.drop();
    }
  });
});
