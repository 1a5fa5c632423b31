import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../../servers/run-program.ts';
import { newPostgresDatabase } from '../../../servers/shared-servers.ts';
import { Desk } from '../driver.ts';
import type { RunResult, VerifyDocument } from '../results.ts';
import { migrationPlan } from './migration-plan.ts';
import { COLUMNS_SQL, NAMES, SOURCE_DDL, TABLES } from './postgres-tables.ts';

type Database = Awaited<ReturnType<typeof newPostgresDatabase>>;

let source: Database;
let fresh: Database;
let desk: Desk;
let folder: string;
let findings: readonly { readonly severity: string; readonly message: string; readonly table?: string }[];

beforeAll(async () => {
  desk = new Desk();
  [source, fresh] = await Promise.all([newPostgresDatabase(), newPostgresDatabase()]);
  await source.sql(SOURCE_DDL);
  await desk.connect(source.server, source.name);
  desk.write('this.plan.yaml', migrationPlan('postgres', NAMES));
  ({ findings } = await desk.json<{ findings: typeof findings }>(['plan', 'check', 'this.plan.yaml', '--accept']));
  const run = await desk.json<RunResult>(['run', 'this.plan.yaml', '--out', 'out']);
  expect(run.tables.map(({ verdict }) => verdict)).toEqual(TABLES.map(() => 'complete'));
  folder = run.package;
});
afterAll(async () => {
  await Promise.all([source.drop(), fresh.drop()]);
  desk[Symbol.dispose]();
});

const psql = ({ server, name }: Database, ...more: string[]): string[] => [
  ...['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-U', server.user, '-h', server.socketFolder, '-p', String(server.port)],
  ...['-d', name, ...more],
];

/** The rows as psql moves them by itself, in a schema beside those that the script has made. */
async function bringOriginals(): Promise<void> {
  await fresh.sql('create schema original');
  for (const [at, table] of TABLES.entries()) {
    await fresh.sql(`create table original.t${at} (like ${table})`);
    const rows = await runProgram('psql', psql(source, '-c', `copy (select * from ${table}) to stdout`));
    await runProgram('psql', psql(fresh, '-c', `copy original.t${at} from stdin`), { input: rows });
  }
}

describe('a package written for PostgreSQL from PostgreSQL', { timeout: 90_000 }, () => {
  it('is loaded by psql into an empty database, and no row differs', async () => {
    await runProgram('psql', ['-X', ...psql(fresh).slice(4), '-f', 'ddl.sql'], { cwd: folder });
    await runProgram('psql', ['-X', ...psql(fresh).slice(4), '-f', 'load.sql'], { cwd: folder });
    await bringOriginals();
    for (const [at, table] of TABLES.entries()) {
      const [one, two] = [`select t::text from ${table} t`, `select t::text from original.t${at} t`];
      const difference = await fresh.sql(`(${one} except all ${two}) union all (${two} except all ${one})`);
      expect(difference, table).toBe('');
      expect(await fresh.sql(`select count(*) from ${table}`)).toBe(await source.sql(`select count(*) from ${table}`));
    }
    await fresh.sql(`update original.t0 set c11 = coalesce(c11, '')`);
    const told = await fresh.sql(
      'select t::text from original.t0 t except all select t::text from public.every_type t',
    );
    expect(told, 'the comparison tells NULL from an empty text').not.toBe('');
  });

  it('makes the same columns of the same types', async () => {
    expect(await fresh.sql(COLUMNS_SQL)).toBe(await source.sql(COLUMNS_SQL));
  });

  it('goes on numbering, keeps keys, defaults, comments and indexes', async () => {
    const add = `insert into public.people (name, boss) values ('Dan', 1) returning id, label, "upper", day = current_date`;
    expect(await fresh.sql(add)).toBe("4|it's|DAN|t");
    await expect(fresh.sql(`insert into public.people (name, boss) values ('Eve', 99)`)).rejects.toThrow(/foreign key/);
    await expect(fresh.sql(`insert into public.people (name, email) values ('Eve', 'a@x')`)).rejects.toThrow(
      /one each/,
    );
    await expect(fresh.sql('insert into public.a_first (person, b) values (1, 99)')).rejects.toThrow(/circle/);
    await expect(fresh.sql('insert into public.b_second values (99, 99)')).rejects.toThrow(/foreign key/);
    const comments = 'select obj_description(oid) from pg_class where obj_description(oid) is not null order by 1';
    expect(await fresh.sql(comments)).toBe(await source.sql(comments));
    const indexes = `select indexname from pg_indexes where tablename = 'people' order by 1`;
    expect(await fresh.sql(indexes)).toBe('one each\npeople_name\npeople_pkey\npeople_tags');
  });

  it('keeps checks word by word, and they hold', async () => {
    const checks = `select conname, pg_get_constraintdef(oid) from pg_constraint
      where contype = 'c' and conrelid = 'public.people'::regclass and conname <> 'fine' order by 1`;
    const written = await source.sql(checks);
    expect(written).toContain("it's; so|CHECK (");
    expect(await fresh.sql(checks)).toBe(written);
    await expect(fresh.sql(`insert into public.people (name) values ('')`)).rejects.toThrow(/people_name_check/);
  });

  it('lists what it leaves out, in the script and as warnings', () => {
    const ddl = readFileSync(join(folder, 'ddl.sql'), 'utf8');
    for (const left of ['people_lower', 'people_part', 'is_fine(name)', 'check later: ', 'partitioned by RANGE (at)']) {
      expect(ddl.slice(0, ddl.indexOf('BEGIN;'))).toContain(left);
      expect(findings.map(({ message }) => message).join('\n')).toContain(left);
    }
    expect(ddl).toContain('-- The view public.names of the source is not made here.');
    expect(findings.filter(({ table }) => table === 'public.b_second')).toEqual([]);
  });

  it('is one package: sums, descriptor and statement name the scripts', async () => {
    await runProgram('sha256sum', ['-c', 'SHA256SUMS'], { cwd: folder });
    expect(readFileSync(join(folder, 'SHA256SUMS'), 'utf8')).toMatch(/ {2}ddl\.sql\n.* {2}load\.sql\n/);
    const descriptor = JSON.parse(readFileSync(join(folder, 'datapackage.json'), 'utf8')) as {
      waybill: { migrate: { target: string; scripts: { path: string; bytes: number }[] } };
    };
    expect(descriptor.waybill.migrate).toMatchObject({
      target: 'postgres',
      scripts: [{ path: 'ddl.sql' }, { path: 'load.sql' }],
    });
    const verified = await desk.json<VerifyDocument>(['verify', folder]);
    expect(verified.verdict).not.toBe('BROKEN');
    const dry = await desk.run(['run', 'this.plan.yaml', '--dry-run']);
    expect(dry.stdout).toContain('Beside the data: ddl.sql\nBeside the data: load.sql\n');
  });
});
