import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCsv } from '../../fakes/parse-csv.ts';
import { ownProfiles } from '../../../src-main/formats/csv/own-profiles.ts';
import { runProgram } from '../../servers/run-program.ts';
import { newPostgresDatabase } from '../../servers/shared-servers.ts';
import { Desk } from './driver.ts';
import { HOSTILE_COUNT, HOSTILE_DDL, HOSTILE_ROWS, HOSTILE_TABLE } from './hostile-table.ts';
import type { RunResult } from './results.ts';

let source: Awaited<ReturnType<typeof newPostgresDatabase>>;
let fresh: Awaited<ReturnType<typeof newPostgresDatabase>>;
let desk: Desk;

beforeAll(async () => {
  desk = new Desk();
  [source, fresh] = await Promise.all([newPostgresDatabase(), newPostgresDatabase()]);
  await source.sql(`${HOSTILE_DDL} ${HOSTILE_ROWS} analyze;`);
  await fresh.sql(`${HOSTILE_DDL} create table original (like ${HOSTILE_TABLE});`);
  const { server, name } = source;
  const from = ['-X', '-q', '-U', server.user, '-h', server.socketFolder, '-p', String(server.port)];
  const original = await runProgram('psql', [...from, '-d', name, '-c', `copy ${HOSTILE_TABLE} to stdout`]);
  await runProgram('psql', [...from, '-d', fresh.name, '-c', 'copy original from stdin'], { input: original });
  await desk.connect(server, name);
  await desk.json(['plan', 'new', 'shop', '--out', 'new.plan.yaml']);
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
    { table: ['Od"d; schema', 'sel"ect, from'], verdict: 'complete', writtenRows: HOSTILE_COUNT },
  ]);
  return join(result.package, result.tables[0]?.resources[0] ?? '');
}

/** Rows that only one side has, NULL apart from '' and from equal text. */
function difference(): Promise<string> {
  const one = `select t::text from ${HOSTILE_TABLE} t`;
  const two = 'select t::text from original t';
  return fresh.sql(`(${one} except all ${two}) union all (${two} except all ${one})`);
}

async function loadBack(file: string): Promise<void> {
  const { server } = fresh;
  const args = ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-U', server.user, '-h', server.socketFolder];
  const copy = `\\copy ${HOSTILE_TABLE} from '${file}' with (format csv, header true)`;
  await fresh.sql(`truncate ${HOSTILE_TABLE}`);
  await runProgram('psql', [...args, '-p', String(server.port), '-d', fresh.name, '-c', copy]);
}

describe('a package loaded back into a fresh database', () => {
  it('equals the source row by row as CSV for PostgreSQL', async () => {
    await loadBack(await exportAs('{ type: csv, profile: postgres }'));
    expect(await fresh.sql(`select count(*) from ${HOSTILE_TABLE}`)).toBe(String(HOSTILE_COUNT));
    expect(await difference()).toBe('');
    await fresh.sql(`update ${HOSTILE_TABLE} set "a ""quoted"", name" = '' where "a ""quoted"", name" is null`);
    expect(await difference(), 'the comparison tells NULL from an empty text').not.toBe('');
  });

  it('equals the source row by row as plain CSV, but for bytes, which it writes in bare hexadecimal', async () => {
    await loadBack(await exportAs('{ type: csv }'));
    await fresh.sql(`update ${HOSTILE_TABLE} set "🦄:x" = decode(convert_from("🦄:x", 'utf8'), 'hex')`);
    expect(await difference()).toBe('');
  });

  it('tells NULL from the empty string and from the word NULL in the very bytes', async () => {
    const file = await exportAs('{ type: csv }');
    const profile = ownProfiles.get('rfc4180');
    if (profile === undefined) throw new Error('there is no profile rfc4180');
    const rows = parseCsv(readFileSync(file, 'utf8'), profile);
    const names = rows.slice(1).map((row) => row[1]);
    expect(rows[0]).toContain('two\nlines');
    expect(names).toEqual(expect.arrayContaining([null, '', 'NULL', '\\N', '\\.']));
    expect(rows.slice(1).map((row) => row[0])).toContain('9000000000000000013');
  });

  it('equals the source as NDJSON, number for number and text for text', async () => {
    const text = readFileSync(await exportAs('{ type: ndjson }'), 'utf8');
    const lines = text.trimEnd().split('\n');
    expect(lines).toHaveLength(HOSTILE_COUNT);
    await fresh.sql(`truncate ${HOSTILE_TABLE}`);
    const quoted = lines.map((line) => `('${line.replaceAll("'", "''")}'::json)`).join(',');
    const field = (name: string): string => `j ->> '${name.replaceAll("'", "''")}'`;
    const columns = [
      `(${field('id')})::bigint`,
      field('a "quoted", name'),
      field('two\nlines'),
      `(${field('order')})::numeric`,
      `(${field('عمود')})::timestamptz`,
      `decode(${field('🦄:x')}, 'hex')`,
      `(${field('--').replace('->>', '->')})::jsonb`,
      `(${field("'; drop table x; --")})::boolean`,
    ];
    await fresh.sql(
      `set standard_conforming_strings = on; insert into ${HOSTILE_TABLE} select ${columns.join(', ')} from (values ${quoted}) v (j)`,
    );
    // JSON has one null for an absent document and for the document null.
    await fresh.sql(
      `update ${HOSTILE_TABLE} set "--" = null where "--" = 'null'; update original set "--" = null where "--" = 'null'`,
    );
    expect(await difference()).toBe('');
  });
});
