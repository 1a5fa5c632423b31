import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../servers/run-program.ts';
import { newMariadbDatabase } from '../../servers/shared-servers.ts';
import { Desk } from './driver.ts';
import {
  HOSTILE_MARIADB_COUNT,
  HOSTILE_MARIADB_DDL,
  HOSTILE_MARIADB_EXACT,
  HOSTILE_MARIADB_LOAD,
  HOSTILE_MARIADB_ROWS,
  HOSTILE_MARIADB_TABLE,
} from './hostile-mariadb-table.ts';
import type { RunResult } from './results.ts';

let source: Awaited<ReturnType<typeof newMariadbDatabase>>;
let fresh: Awaited<ReturnType<typeof newMariadbDatabase>>;
let desk: Desk;

// Zero dates are values that old tables hold.
const LENIENT = "set time_zone = '+00:00', sql_mode = 'NO_ENGINE_SUBSTITUTION';";

beforeAll(async () => {
  desk = new Desk();
  [source, fresh] = await Promise.all([newMariadbDatabase(), newMariadbDatabase()]);
  await source.sql(`${LENIENT} ${HOSTILE_MARIADB_DDL}; ${HOSTILE_MARIADB_ROWS};`);
  await fresh.sql(`${LENIENT} ${HOSTILE_MARIADB_DDL};`);
  await desk.connect(source.server, source.name, { connector: 'mysql' });
  await desk.json(['plan', 'new', 'shop', '--tables', `${source.name}.*`, '--out', 'new.plan.yaml']);
});
afterAll(async () => {
  await Promise.all([source.drop(), fresh.drop()]);
  desk[Symbol.dispose]();
});

async function exportAs(format: string): Promise<string> {
  const plan = desk
    .read('new.plan.yaml')
    .replace('purpose: ""', 'purpose: round trip')
    .replace(/^format: .*$/m, `format: ${format}`);
  desk.write('this.plan.yaml', plan);
  await desk.json(['plan', 'check', 'this.plan.yaml', '--accept']);
  const result = await desk.json<RunResult>(['run', 'this.plan.yaml', '--out', 'out']);
  expect(result.tables).toMatchObject([
    { table: [source.name, 'sel`ect, "from"; --'], verdict: 'complete', writtenRows: HOSTILE_MARIADB_COUNT },
  ]);
  return join(result.package, result.tables[0]?.resources[0] ?? '');
}

/** Loads the file as the profile's documentation says; what the server remarks is an error. */
async function loadBack(file: string): Promise<void> {
  const { server } = fresh;
  const load = `load data local infile '${file}' into table ${HOSTILE_MARIADB_TABLE} character set utf8mb4
    fields terminated by ',' optionally enclosed by '"' escaped by '\\\\' lines terminated by '\\n' ignore 1 lines
    ${HOSTILE_MARIADB_LOAD}; show warnings;`;
  const args = ['--no-defaults', '--batch', '--skip-column-names', '--local-infile=1', `--socket=${server.socketPath}`];
  const who = ['--user=root', '--default-character-set=utf8mb4', fresh.name];
  const input = `${LENIENT} truncate ${HOSTILE_MARIADB_TABLE}; ${load}`;
  expect(await runProgram('mariadb', [...args, ...who], { input })).toBe('');
}

/** Rows that only one side has, as exact text. */
async function difference(): Promise<string> {
  const [one, two] = [source, fresh].map(
    ({ name }) => `select ${HOSTILE_MARIADB_EXACT} from ${name}.${HOSTILE_MARIADB_TABLE}`,
  );
  return fresh.sql(`${LENIENT} (${one} except all ${two}) union all (${two} except all ${one})`);
}

describe('a package loaded back into a fresh MariaDB', () => {
  it('equals the source row by row through LOAD DATA', async () => {
    await loadBack(await exportAs('{ type: csv, profile: mysql }'));
    expect(await fresh.sql(`select count(*) from ${HOSTILE_MARIADB_TABLE}`)).toBe(String(HOSTILE_MARIADB_COUNT));
    expect(await difference()).toBe('');
  });

  it('is compared in a way that tells NULL from an empty text, and blanks at the end', async () => {
    const change = async (sql: string): Promise<string> => {
      await fresh.sql(`update ${HOSTILE_MARIADB_TABLE} set \`a "quoted", name\` = ${sql}`);
      return difference();
    };
    expect(await change('coalesce(`a "quoted", name`, \'\')')).not.toBe('');
    expect(await change('concat(`a "quoted", name`, \' \')')).not.toBe('');
  });

  it('writes the word NULL in quotes and nothing as \\N', async () => {
    const text = readFileSync(await exportAs('{ type: csv, profile: mysql }'), 'utf8');
    expect(text).toMatch(/^18446744073709551606,"NULL",/m);
    expect(text).toMatch(/^18446744073709551605,"null",/m);
    expect(text).toMatch(/^18446744073709551613,\\N,/m);
  });
});
