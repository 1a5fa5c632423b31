// Scripts for products of which no server is at hand: what is written of real tables, word by word.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newMariadbDatabase, newPostgresDatabase } from '../../../servers/shared-servers.ts';
import { Desk } from '../driver.ts';
import type { RunResult, VerifyDocument } from '../results.ts';
import { HOSTILE_MARIADB_TABLE } from '../hostile-mariadb-table.ts';
import { FROM_MARIADB, FROM_POSTGRES } from './across-columns.ts';
import { LENIENT, SOURCE_SQL, TABLES } from './mariadb-tables.ts';
import { migrationPlan } from './migration-plan.ts';
import { NAMES, SOURCE_DDL } from './postgres-tables.ts';
import { tableSql } from './table-sql.ts';

const GOLDEN = '../../../golden/migrate';
/** Files that are the same for every package, or are the rows. */
const OTHERS = new Set(['README.txt', 'SHA256SUMS', 'datapackage.json', 'data', 'provenance', 'statement.json']);

let postgres: Awaited<ReturnType<typeof newPostgresDatabase>>;
let mariadb: Awaited<ReturnType<typeof newMariadbDatabase>>;
let desk: Desk;

beforeAll(async () => {
  desk = new Desk();
  [postgres, mariadb] = await Promise.all([newPostgresDatabase(), newMariadbDatabase()]);
  await postgres.sql(SOURCE_DDL);
  await postgres.sql(tableSql('public.across', FROM_POSTGRES));
  await mariadb.sql(SOURCE_SQL);
  await mariadb.sql(`${LENIENT} ${tableSql('across', FROM_MARIADB)}`);
  // What no file for these loaders can hold.
  await mariadb.sql(
    `${LENIENT} delete from ${HOSTILE_MARIADB_TABLE} where instr(\`a "quoted", name\`, '\\0') or instr(\`tab\there\`, '\\0'); update every_type set c33 = replace(c33, '\\0', '')`,
  );
  await desk.connect(postgres.server, postgres.name, { name: 'shop' });
  await desk.connect(mariadb.server, mariadb.name, { name: 'old', connector: 'mysql' });
});
afterAll(async () => {
  await Promise.all([postgres.drop(), mariadb.drop()]);
  desk[Symbol.dispose]();
});

interface Written {
  readonly folder: string;
  readonly warnings: string;
  readonly scripts: Readonly<Record<string, string>>;
}

const packages = new Map<string, Promise<Written>>();

/** Each package is written once. */
function written(target: string, from: 'postgres' | 'mariadb'): Promise<Written> {
  const key = `${target} from ${from}`;
  const found = packages.get(key) ?? write(target, from);
  packages.set(key, found);
  return found;
}

async function write(target: string, from: 'postgres' | 'mariadb'): Promise<Written> {
  const names: readonly (readonly [string, string])[] =
    from === 'postgres'
      ? [...NAMES, ['public', 'across']]
      : [...TABLES.map(({ name }) => [mariadb.name, name] as const), [mariadb.name, 'across']];
  const plan = migrationPlan(target, names);
  desk.write('this.plan.yaml', from === 'postgres' ? plan : plan.replace('connection: shop', 'connection: old'));
  const check = ['plan', 'check', 'this.plan.yaml', '--accept'];
  const { findings } = await desk.json<{ findings: readonly { message: string }[] }>(check);
  const run = await desk.json<RunResult>(['run', 'this.plan.yaml', '--out', 'out']);
  expect(run.state).toBe('succeeded');
  const descriptor = JSON.parse(readFileSync(join(run.package, 'datapackage.json'), 'utf8')) as {
    waybill: { migrate: { scripts: readonly { path: string }[] } };
  };
  const paths = descriptor.waybill.migrate.scripts.map(({ path }) => path);
  expect(
    readdirSync(run.package)
      .filter((name) => name.endsWith('.sql') && !OTHERS.has(name))
      .sort(),
  ).toEqual(paths.filter((path) => path.endsWith('.sql')).sort());
  return {
    folder: run.package,
    warnings: findings.map(({ message }) => message).join('\n'),
    scripts: Object.fromEntries(paths.map((path) => [path, readFileSync(join(run.package, path), 'utf8')])),
  };
}

/** Without what changes from server to server. */
const steady = (text: string): string =>
  text.replace(/from (PostgreSQL|MariaDB) .*/, 'from $1').replaceAll(mariadb.name, 'shop');

describe.each(['sqlserver', 'oracle'])('a package written for %s', { timeout: 90_000 }, (target) => {
  it.each(['postgres', 'mariadb'] as const)('of the tables of %s', async (from) => {
    const { scripts, folder } = await written(target, from);
    for (const [path, text] of Object.entries(scripts)) {
      await expect(steady(text)).toMatchFileSnapshot(`${GOLDEN}/${target}-from-${from}/${steady(path)}`);
    }
    const golden = readdirSync(new URL(`${GOLDEN}/${target}-from-${from}/`, import.meta.url));
    expect(Object.keys(scripts).map(steady).sort()).toEqual(golden.sort());
    const verified = await desk.json<VerifyDocument>(['verify', folder]);
    expect(verified.verdict).not.toBe('BROKEN');
  });

  it('says what has no counterpart before the run, and in the head of ddl.sql', async () => {
    const { scripts, warnings } = await written(target, 'postgres');
    const head = (scripts['ddl.sql'] ?? '').split('CREATE TABLE')[0] ?? '';
    for (const left of ['people_lower', 'people_tags', 'check fine', 'partitioned by RANGE (at)']) {
      expect(head).toContain(left);
    }
    expect(warnings).toContain('people_lower');
    expect(scripts['ddl.sql']).toContain('-- The view public.names of the source is not made here.');
  });
});
