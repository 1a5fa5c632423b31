import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../../servers/run-program.ts';
import { newMariadbDatabase, newPostgresDatabase } from '../../../servers/shared-servers.ts';
import { Desk } from '../driver.ts';
import type { RunResult } from '../results.ts';
import { migrationPlan } from './migration-plan.ts';
import { SQLITE_SQL, SQLITE_TABLES, SQLITE_TYPES, type Told } from './sqlite-tables.ts';

const GOLDEN = '../../../golden/migrate';

let desk: Desk;
let db: DatabaseSync;
let postgres: Awaited<ReturnType<typeof newPostgresDatabase>>;
let mariadb: Awaited<ReturnType<typeof newMariadbDatabase>>;

beforeAll(async () => {
  desk = new Desk();
  db = new DatabaseSync(desk.path('pond.db'), { enableForeignKeyConstraints: false });
  db.exec(SQLITE_SQL);
  [postgres, mariadb] = await Promise.all([newPostgresDatabase(), newMariadbDatabase()]);
  await desk.json(['connection', 'add', 'shop', '--connector', 'sqlite', '--file', desk.path('pond.db')]);
});
afterAll(async () => {
  await Promise.all([postgres.drop(), mariadb.drop()]);
  db.close();
  desk[Symbol.dispose]();
});

interface Written {
  readonly folder: string;
  readonly head: string;
  readonly warnings: string;
}

async function packageFor(target: string): Promise<Written> {
  const plan = migrationPlan(
    target,
    SQLITE_TABLES.map((name) => ['main', name]),
  );
  desk.write('this.plan.yaml', plan);
  const check = ['plan', 'check', 'this.plan.yaml', '--accept'];
  const { findings } = await desk.json<{ findings: readonly { message: string }[] }>(check);
  const run = await desk.json<RunResult>(['run', 'this.plan.yaml', '--out', 'out']);
  expect(run.tables.map(({ verdict }) => verdict)).toEqual(SQLITE_TABLES.map(() => 'complete'));
  const ddl = readFileSync(join(run.package, 'ddl.sql'), 'utf8');
  return {
    folder: run.package,
    head: ddl.slice(0, ddl.indexOf('CREATE TABLE')),
    warnings: findings.map(({ message }) => message).join('\n'),
  };
}

/** Digits without what only shows how many there could be; a float by the number it is. */
function number(text: string): string {
  const digits = text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
  return /^-?\d+$/.test(digits) ? digits : String(Number(text));
}

function told(value: string, how: Told): string {
  if (value === 'NULL') return value;
  if (how === 'number') return number(value);
  return how === 'boolean' ? String(/^(?:1|true)$/.test(value)) : value.toUpperCase();
}

/** Every value of the table of every type, by column, as the source holds it. */
function valuesHere(): readonly (readonly string[])[] {
  const columns = SQLITE_TYPES.map(([, how], at) => (how === 'text' || how === 'bytes' ? `hex(c${at})` : `c${at}`)).map(
    (expression, at) => `case when c${at} is null then 'NULL' else ${expression} end`,
  );
  const statement = db.prepare(`select ${columns.join(', ')} from every_type order by id`);
  statement.setReturnArrays(true);
  statement.setReadBigInts(true);
  return (statement.all() as unknown as (bigint | number | string)[][]).map((row) =>
    row.map((value, at) => told(String(value), SQLITE_TYPES[at]?.[1] ?? 'text')),
  );
}

/** The same from lines of a client, columns apart by one blank. */
const valuesThere = (lines: string): readonly (readonly string[])[] =>
  lines.split('\n').map((line) => line.split(' ').map((value, at) => told(value, SQLITE_TYPES[at]?.[1] ?? 'text')));

const OF_TARGETS = [
  'partial unique index one_boss',
  'index by_length over an expression',
  'the comparison nocase of the unique index by_code',
  'trigger log_it',
  'Not carried: check: CHECK (points >= 0)',
  `check it's; named: CHECK (name <> '')`,
  'AUTOINCREMENT’s memory: numbers up to 4 were given',
  'DEFERRABLE INITIALLY DEFERRED',
  'ON CONFLICT REPLACE',
  'the NULL that the primary key may hold in code',
  'The default of made is left out: CURRENT_TIMESTAMP',
  "The default of note is left out: lower('X')",
  'shout is an ordinary column, not a generated one. It was: upper(name)',
  'len is an ordinary column, not a generated one. It was: length(name)',
  'name: COLLATE NOCASE is left out.',
  'to main.nowhere (id) is left out: that table does not go out',
  'person has another type than what it refers to',
];

describe('a package written of SQLite', { timeout: 90_000 }, () => {
  it('is loaded by psql into an empty database: values, keys, numbering, defaults', async () => {
    const { folder, head, warnings } = await packageFor('postgres');
    const args = ['-X', '-q', '-U', postgres.server.user, '-h', postgres.server.socketFolder];
    for (const script of ['ddl.sql', 'load.sql'])
      await runProgram('psql', [...args, '-p', String(postgres.server.port), '-d', postgres.name, '-f', script], {
        cwd: folder,
      });
    const columns = SQLITE_TYPES.map(([, how], at) => {
      if (how === 'bytes') return `encode(c${at}, 'hex')`;
      return how === 'text' ? `encode(convert_to(c${at}::text, 'UTF8'), 'hex')` : `c${at}::text`;
    }).map((expression) => `coalesce(${expression}, 'NULL')`);
    const there = await postgres.sql(`select concat_ws(' ', ${columns.join(', ')}) from main.every_type order by id`);
    expect(valuesThere(there)).toEqual(valuesHere());
    expect(await postgres.sql(`select person, skill, level from main.skills order by 1, 2`)).toBe(
      '1|sql|9\n1|tea|\n2|sql|much',
    );
    expect(await postgres.sql(`select * from main."sel""ect, --\nfrom" order by id`)).toBe('1|||1\n2|\\|a\nb|');
    const add = `insert into main.people (name, boss) values ('Dan', 1) returning id, note, points, rate, is_new, made is null`;
    expect(await postgres.sql(add)).toBe("4|it's|7|1.5|t|t");
    await expect(postgres.sql(`insert into main.people (name, boss) values ('Eve', 99)`)).rejects.toThrow(
      /foreign key/,
    );
    await expect(postgres.sql(`insert into main.people (name, email) values ('Eve', 'a@x')`)).rejects.toThrow(/unique/);
    await expect(postgres.sql(`insert into main.skills values (1, 'sql', null)`)).rejects.toThrow(/skills_pkey/);
    await expect(postgres.sql('insert into main.a_first values (12, 99)')).rejects.toThrow(/foreign key/);
    expect(
      await postgres.sql(
        'delete from main.skills; delete from main.people where id = 2; select boss from main.people where id = 3',
      ),
    ).toBe('');
    expect(await postgres.sql(`select indexdef from pg_indexes where indexname = 'by_name'`)).toContain(
      '(name DESC, points)',
    );
    for (const left of OF_TARGETS) {
      expect(head).toContain(left);
    }
    // A warning tells the first things of a table, and how many more there are.
    for (const left of OF_TARGETS.slice(0, 3)) expect(warnings).toContain(left);
    expect(readFileSync(join(folder, 'ddl.sql'), 'utf8')).toContain(
      `-- The view main.names of the source is not made here. It was:\n-- CREATE VIEW names as select name`,
    );
  });

  it('is loaded by the client of MariaDB into an empty database: values, keys, numbering, defaults', async () => {
    const { folder, head } = await packageFor('mysql');
    const args = ['--no-defaults', '--local-infile=1', `--socket=${mariadb.server.socketPath}`, '--user=root'];
    for (const script of ['ddl.sql', 'load.sql'])
      await runProgram('mariadb', [...args, mariadb.name], {
        cwd: folder,
        input: readFileSync(join(folder, script), 'utf8'),
      });
    const columns = SQLITE_TYPES.map(([type, how], at) => {
      if (type === 'REAL') return `cast(c${at} as char)`;
      return how === 'bytes' || how === 'text' ? `hex(c${at})` : `cast(c${at} as char)`;
    }).map((expression) => `coalesce(${expression}, 'NULL')`);
    const there = await mariadb.sql(`select concat_ws(' ', ${columns.join(', ')}) from every_type order by id`);
    expect(valuesThere(there)).toEqual(valuesHere());
    expect(await mariadb.sql('select person, skill, level from skills order by 1, 2')).toBe(
      '1\tsql\t9\n1\ttea\tNULL\n2\tsql\tmuch',
    );
    await mariadb.sql(`insert into people (name, boss, is_new) values ('Dan', 1, default)`);
    expect(await mariadb.sql("select id, note, points, rate, is_new from people where name = 'Dan'")).toBe(
      "4\tit's\t7\t1.5\t1",
    );
    await expect(mariadb.sql(`insert into people (name, boss) values ('Eve', 99)`)).rejects.toThrow(/foreign key/);
    await expect(mariadb.sql(`insert into people (name, email) values ('Eve', 'a@x')`)).rejects.toThrow(/Duplicate/);
    await expect(mariadb.sql('insert into a_first values (12, 99)')).rejects.toThrow(/foreign key/);
    for (const left of OF_TARGETS) expect(head).toContain(left);
  });

  it.each(['sqlserver', 'oracle'])('for %s is what it was, word by word', async (target) => {
    const { folder } = await packageFor(target);
    const { waybill } = JSON.parse(readFileSync(join(folder, 'datapackage.json'), 'utf8')) as {
      waybill: { migrate: { scripts: readonly { path: string }[] } };
    };
    const paths = waybill.migrate.scripts.map(({ path }) => path);
    for (const path of paths) {
      const text = readFileSync(join(folder, path), 'utf8').replace(/from SQLite .*/, 'from SQLite');
      await expect(text).toMatchFileSnapshot(`${GOLDEN}/${target}-from-sqlite/${path}`);
    }
    const golden = readdirSync(new URL(`${GOLDEN}/${target}-from-sqlite/`, import.meta.url), { encoding: 'utf8' });
    expect([...paths].sort()).toEqual(golden.sort());
  });
});
