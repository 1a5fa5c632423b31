import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../../servers/run-program.ts';
import { newMariadbDatabase, newPostgresDatabase } from '../../../servers/shared-servers.ts';
import { Desk } from '../driver.ts';
import type { RunResult } from '../results.ts';
import { FROM_MARIADB, FROM_POSTGRES, type AcrossColumn } from './across-columns.ts';
import { LENIENT } from './mariadb-tables.ts';
import { migrationPlan } from './migration-plan.ts';
import { tableSql } from './table-sql.ts';

let postgres: Awaited<ReturnType<typeof newPostgresDatabase>>;
let mariadb: Awaited<ReturnType<typeof newMariadbDatabase>>;
let desk: Desk;

beforeAll(async () => {
  desk = new Desk();
  [postgres, mariadb] = await Promise.all([newPostgresDatabase(), newMariadbDatabase()]);
  await desk.connect(postgres.server, postgres.name, { name: 'shop' });
  await desk.connect(mariadb.server, mariadb.name, { name: 'old', connector: 'mysql' });
});
afterAll(async () => {
  await Promise.all([postgres.drop(), mariadb.drop()]);
  desk[Symbol.dispose]();
});

async function packageOf(connection: string, plan: string): Promise<string> {
  desk.write('this.plan.yaml', plan.replace('connection: shop', `connection: ${connection}`));
  const run = await desk.json<RunResult>(['run', 'this.plan.yaml', '--accept-catalog', '--out', 'out']);
  expect(run.state).toBe('succeeded');
  return run.package;
}

async function load(folder: string, into: 'postgres' | 'mariadb'): Promise<void> {
  for (const name of ['ddl.sql', 'load.sql']) {
    if (into === 'postgres') {
      const { server, name: database } = postgres;
      const args = [
        '-X',
        '-q',
        '-U',
        server.user,
        '-h',
        server.socketFolder,
        '-p',
        String(server.port),
        '-d',
        database,
      ];
      await runProgram('psql', [...args, '-f', name], { cwd: folder });
    } else {
      const args = ['--no-defaults', '--local-infile=1', `--socket=${mariadb.server.socketPath}`, '--user=root'];
      const input = readFileSync(join(folder, name), 'utf8');
      await runProgram('mariadb', [...args, mariadb.name], { cwd: folder, input });
    }
  }
}

const SEPARATOR = '\u001f';

/** Every value as text, by column: one question for all of them. */
function valuesOf(output: string, columns: readonly AcrossColumn[]): Readonly<Record<string, readonly string[]>> {
  const rows = output.split('\n').map((line) => line.split(SEPARATOR));
  const told = (at: number, numbers: boolean): string[] =>
    rows.map((row) => {
      const text = row[at] ?? 'missing';
      return numbers && text !== 'NULL' ? String(Number(text)) : text;
    });
  return Object.fromEntries(columns.map(({ type, numbers = false }, at) => [type, told(at, numbers)]));
}

const expressionsOf = (columns: readonly AcrossColumn[], side: 'here' | 'there'): readonly string[] =>
  columns.map((column, at) => column[side].replaceAll('%', `c${at}`));

const asPostgres = (table: string, expressions: readonly string[]): string =>
  `set intervalstyle = iso_8601; set timezone = 'UTC'; select concat_ws(chr(31), ${expressions
    .map((each) => `coalesce((${each})::text, 'NULL')`)
    .join(', ')}) from ${table} order by id`;

const asMariadb = (table: string, expressions: readonly string[]): string =>
  `${LENIENT} select concat_ws(char(31 using utf8mb4), ${expressions
    .map((each) => `coalesce(cast(${each} as char), 'NULL')`)
    .join(', ')}) from ${table} order by id`;

describe('a package written for the other product', { timeout: 90_000 }, () => {
  it('brings every value of PostgreSQL to MariaDB', async () => {
    await postgres.sql(tableSql('public.from_postgres', FROM_POSTGRES));
    await load(await packageOf('shop', migrationPlan('mysql', [['public', 'from_postgres']])), 'mariadb');
    const there = await postgres.sql(asPostgres('public.from_postgres', expressionsOf(FROM_POSTGRES, 'there')));
    const here = await mariadb.sql(asMariadb('from_postgres', expressionsOf(FROM_POSTGRES, 'here')));
    expect(valuesOf(here, FROM_POSTGRES)).toEqual(valuesOf(there, FROM_POSTGRES));
  });

  it('brings every value of MariaDB to PostgreSQL', async () => {
    await mariadb.sql(`${LENIENT} ${tableSql('from_mariadb', FROM_MARIADB)}`);
    await load(await packageOf('old', migrationPlan('postgres', [[mariadb.name, 'from_mariadb']])), 'postgres');
    const there = await mariadb.sql(asMariadb('from_mariadb', expressionsOf(FROM_MARIADB, 'there')));
    const here = await postgres.sql(asPostgres(`"${mariadb.name}".from_mariadb`, expressionsOf(FROM_MARIADB, 'here')));
    expect(valuesOf(here, FROM_MARIADB)).toEqual(valuesOf(there, FROM_MARIADB));
  });

  it.each([
    ['NaN', 'numeric(10,2)', "'NaN'"],
    ['more digits than there is room for', 'numeric', '1e-31'],
    ['an infinite day', 'date', "'infinity'"],
    ['a year before 1', 'timestamp', "'0044-03-15 BC'"],
    ['an infinite float', 'real', "'Infinity'"],
  ])('stops a load into MariaDB at %s, which it has not', async (_what, type, value) => {
    await postgres.sql(
      `drop table if exists misfit; create table misfit (id int primary key, c ${type}); insert into misfit values (1, ${value})`,
    );
    await mariadb.sql('drop table if exists misfit');
    const folder = await packageOf('shop', migrationPlan('mysql', [['public', 'misfit']]));
    await expect(load(folder, 'mariadb')).rejects.toThrow(/Subquery returns more than 1 row/);
    expect(await mariadb.sql('select count(*) from misfit')).toBe('0');
  });

  it.each([
    ['a zero date', 'date', "'0000-00-00'"],
    ['a day that is not there', 'date', "'2024-02-31'"],
  ])('stops a load into PostgreSQL at %s, which it has not', async (_what, type, value) => {
    await mariadb.sql(
      `${LENIENT} drop table if exists misfit; create table misfit (id int primary key, c ${type}); insert into misfit values (1, ${value})`,
    );
    await postgres.sql(`drop schema if exists "${mariadb.name}" cascade`);
    const folder = await packageOf('old', migrationPlan('postgres', [[mariadb.name, 'misfit']]));
    await expect(load(folder, 'postgres')).rejects.toThrow(/ERROR/);
    expect(await postgres.sql(`select count(*) from "${mariadb.name}".misfit`)).toBe('0');
  });

  it('refuses a text with a NUL character for PostgreSQL, whose client would cut the line there', async () => {
    await mariadb.sql(
      "drop table if exists misfit; create table misfit (id int primary key, c text); insert into misfit values (1, 'x'), (2, 'a\\0b')",
    );
    desk.write('this.plan.yaml', migrationPlan('postgres', [[mariadb.name, 'misfit']]).replace('shop', 'old'));
    const ended = await desk.run(['run', 'this.plan.yaml', '--accept-catalog', '--out', 'out', '--json']);
    expect(ended.stdout + ended.stderr).toContain('Row 2 of the file: column \\"c\\" holds a NUL character');
    expect(ended.code).not.toBe(0);
  });

  it('renames what the other product does not take, and says so', async () => {
    await postgres.sql(
      `create schema other; create table other.misfit (id int primary key, "🦄" text, "A" text, "a" text, "end " text); create table public."${'x'.repeat(60)}é" (id int primary key, self int references public."${'x'.repeat(60)}é")`,
    );
    await mariadb.sql('drop table if exists misfit');
    const names: [string, string][] = [
      ['public', 'misfit'],
      ['other', 'misfit'],
      ['public', `${'x'.repeat(60)}é`],
    ];
    await postgres.sql('truncate public.misfit; alter table public.misfit add constraint fits check (id > 0)');
    const folder = await packageOf('shop', migrationPlan('mysql', names));
    await load(folder, 'mariadb');
    const made = await mariadb.sql(
      `select column_name from information_schema.columns where table_schema = '${mariadb.name}' and table_name = 'other_misfit' order by ordinal_position`,
    );
    expect(made).toBe('id\n_\nA\na_2\nend_');
    const ddl = readFileSync(join(folder, 'ddl.sql'), 'utf8');
    expect(ddl).toContain('other.misfit: The table is named "other_misfit".');
    expect(ddl).toContain('other.misfit: The column "a" is named "a_2".');
    expect(ddl).toContain('public.misfit: Not carried: check fits: CHECK ((id > 0)).');
  });
});
