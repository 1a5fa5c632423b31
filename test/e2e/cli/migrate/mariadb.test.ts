import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../../servers/run-program.ts';
import { newMariadbDatabase } from '../../../servers/shared-servers.ts';
import { Desk } from '../driver.ts';
import type { RunResult } from '../results.ts';
import { LENIENT, SOURCE_SQL, TABLES } from './mariadb-tables.ts';
import { migrationPlan } from './migration-plan.ts';

type Database = Awaited<ReturnType<typeof newMariadbDatabase>>;

let source: Database;
let fresh: Database;
let desk: Desk;
let folder: string;
let messages: string;

beforeAll(async () => {
  desk = new Desk();
  [source, fresh] = await Promise.all([newMariadbDatabase(), newMariadbDatabase()]);
  await source.sql(SOURCE_SQL);
  await desk.connect(source.server, source.name, { connector: 'mysql' });
  desk.write(
    'this.plan.yaml',
    migrationPlan(
      'mysql',
      TABLES.map(({ name }) => [source.name, name]),
    ),
  );
  const check = ['plan', 'check', 'this.plan.yaml', '--accept'];
  const { findings } = await desk.json<{ findings: readonly { message: string }[] }>(check);
  messages = findings.map(({ message }) => message).join('\n');
  const run = await desk.json<RunResult>(['run', 'this.plan.yaml', '--out', 'out']);
  expect(run.tables.map(({ verdict }) => verdict)).toEqual(TABLES.map(() => 'complete'));
  folder = run.package;
});
afterAll(async () => {
  await Promise.all([source.drop(), fresh.drop()]);
  desk[Symbol.dispose]();
});

async function runScript(name: string): Promise<string> {
  const args = ['--no-defaults', '--local-infile=1', `--socket=${fresh.server.socketPath}`, '--user=root', fresh.name];
  return runProgram('mariadb', args, { input: readFileSync(join(folder, name), 'utf8'), cwd: folder });
}

describe('a package written for MariaDB from MariaDB', { timeout: 90_000 }, () => {
  it('is loaded by the client into an empty database, and no row differs', async () => {
    await runScript('ddl.sql');
    await runScript('load.sql');
    for (const { quoted, exact } of TABLES) {
      const [one, two] = [source, fresh].map(({ name }) => `select ${exact} from ${name}.${quoted}`);
      const difference = await fresh.sql(`${LENIENT} (${one} except all ${two}) union all (${two} except all ${one})`);
      expect(difference, quoted).toBe('');
      const count = `select count(*) from ${quoted}`;
      expect(await fresh.sql(count), quoted).toBe(await source.sql(count));
    }
  });

  it('makes the same columns of the same types, with their defaults and comments', async () => {
    const columns = (name: string): string =>
      `select table_name, column_name, column_type, is_nullable, column_default, extra, character_set_name, collation_name, column_comment, generation_expression
       from information_schema.columns where table_schema = '${name}' and table_name <> 'names' order by 1, ordinal_position`;
    expect(await fresh.sql(columns(fresh.name))).toBe(await source.sql(columns(source.name)));
    const indexes = (name: string): string =>
      `select table_name, index_name, non_unique, column_name, sub_part, index_type from information_schema.statistics
       where table_schema = '${name}' order by 1, 2, seq_in_index`;
    expect(await fresh.sql(indexes(fresh.name))).toBe(await source.sql(indexes(source.name)));
  });

  it('goes on numbering, and its foreign keys hold', async () => {
    const add = `insert into people (name, place) values ('Dan', point(0, 0)); select max(id) from people`;
    expect(await fresh.sql(add)).toBe('3');
    await expect(fresh.sql(`insert into a_first values (1, 1, 99)`)).rejects.toThrow(/circle/);
    await expect(fresh.sql(`insert into b_second values (99, 99)`)).rejects.toThrow(/to_a/);
    expect(
      await fresh
        .sql(
          'delete from people where id = 2 and false; update people set id = 20 where id = 1; select person from a_first where id = 10',
        )
        .catch((error: unknown) => String(error)),
    ).toMatch(/foreign key/);
  });

  it('keeps checks word by word, behind columns and of tables, and they hold', async () => {
    const checks = (name: string): string =>
      `select table_name, constraint_name, level, check_clause from information_schema.check_constraints
       where constraint_schema = '${name}' order by 1, 2`;
    const written = await source.sql(checks(source.name));
    for (const words of ['`n` >= 0', '`k` > 0', 'so; it']) expect(written).toContain(words);
    expect(await fresh.sql(checks(fresh.name))).toBe(written);
    const bad = `insert into people (name, place, n) values ('Eve', point(0, 0), -1)`;
    await expect(fresh.sql(bad)).rejects.toThrow(/CONSTRAINT_1/);
  });

  it('lists what it leaves out, in the script and as warnings', () => {
    const ddl = readFileSync(join(folder, 'ddl.sql'), 'utf8');
    for (const left of ['partitioned by HASH']) {
      expect(ddl.slice(0, ddl.indexOf('CREATE TABLE'))).toContain(left);
      expect(messages).toContain(left);
    }
    expect(ddl).toContain(`-- The view ${source.name}.names of the source is not made here.`);
  });

  it('loads nothing at all where one value does not fit', async () => {
    const tables =
      'delete from b_second where a is not null; update a_first set b = null; delete from a_first; delete from every_type';
    await fresh.sql(`set foreign_key_checks = 0; ${tables}; alter table every_type modify c6 smallint`);
    await expect(runScript('load.sql')).rejects.toThrow(/Subquery returns more than 1 row/);
    expect(await fresh.sql('select count(*) from every_type')).toBe('0');
  });
});
