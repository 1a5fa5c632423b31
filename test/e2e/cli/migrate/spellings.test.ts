// The spellings that docs/types speaks of besides what a loader reads: NDJSON as a reader parses it, and SQL literals. Both are put
// back into a table of the same types, and compared on the server.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DatabaseSync } from 'node:sqlite';
import { mysql } from '../../../../src-main/connectors/mysql/index.ts';
import { postgres } from '../../../../src-main/connectors/postgres/index.ts';
import { ndjsonMembers } from '../../../fakes/ndjson-members.ts';
import { parseCsv } from '../../../fakes/parse-csv.ts';
import { runProgram } from '../../../servers/run-program.ts';
import { newMariadbDatabase, newPostgresDatabase } from '../../../servers/shared-servers.ts';
import { Desk } from '../driver.ts';
import type { RunResult } from '../results.ts';
import { EVERY_TYPE as MARIADB_TYPES, EVERY_TYPE_SQL, LENIENT, TABLES } from './mariadb-tables.ts';
import { EVERY_TYPE as POSTGRES_TYPES, EVERY_TYPE_DDL } from './postgres-tables.ts';

type Row = readonly (string | null)[];
/** A value as a literal of SQL, by the type of its column. */
type Literal = (value: string, type: string) => string;

let desk: Desk;
beforeAll(() => {
  desk = new Desk();
});
afterAll(() => desk[Symbol.dispose]());

/** The file of the only table of a run. */
async function exported(connection: string, table: readonly [string, string], format: string): Promise<string> {
  const head = ['waybill: 1', `name: ${connection}`, 'purpose: spellings', `connection: ${connection}`];
  const plan = [...head, 'tables:', `  - table: ${JSON.stringify(table)}`, `format: ${format}`, ''].join('\n');
  desk.write('this.plan.yaml', plan);
  await desk.json(['plan', 'check', 'this.plan.yaml', '--accept']);
  const run = await desk.json<RunResult>(['run', 'this.plan.yaml', '--out', 'out']);
  expect(run.tables.map(({ verdict }) => verdict)).toEqual(['complete']);
  return readFileSync(join(run.package, run.tables[0]?.resources[0] ?? ''), 'utf8');
}

/** What a reader of NDJSON has: strings without escapes, numbers with all their digits, JSON in its own characters. */
function readNdjson(text: string, isJson: (column: number) => boolean): readonly Row[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) =>
      ndjsonMembers(line).map(([, raw], column) => {
        if (raw === 'null') return null;
        return raw.startsWith('"') && !isJson(column) ? (JSON.parse(raw) as string) : raw;
      }),
    );
}

/** `types`: of the columns behind the key. */
function inserts(
  table: string,
  rows: readonly Row[],
  { types, literal }: { types: readonly string[]; literal: Literal },
): string {
  const all = ['bigint', ...types];
  const cells = (row: Row): string =>
    row.map((value, at) => (value === null ? 'null' : literal(value, all[at] ?? ''))).join(', ');
  return rows.map((row) => `insert into ${table} values (${cells(row)});`).join('\n');
}

describe('values of PostgreSQL come back to the last bit', { timeout: 60_000 }, () => {
  const types = POSTGRES_TYPES;
  const quoted: Literal = (value) => `'${value.replaceAll("'", "''")}'`;
  let source: Awaited<ReturnType<typeof newPostgresDatabase>>;

  beforeAll(async () => {
    source = await newPostgresDatabase();
    await source.sql(
      `${EVERY_TYPE_DDL}; create table from_sql (like every_type); create table from_json (like every_type)`,
    );
    await desk.connect(source.server, source.name, { name: 'elephant' });
  });
  afterAll(() => source.drop());

  async function differences(table: string, of: string): Promise<string> {
    const [one, two] = [`select ${of} from every_type t`, `select ${of} from ${table} t`];
    expect(await source.sql(`select count(*) from ${table}`)).toBe(await source.sql('select count(*) from every_type'));
    return await source.sql(`(${one} except all ${two}) union all (${two} except all ${one})`);
  }

  it('as literals of SQL: the text of the CSV file in quotes', async () => {
    const [, ...rows] = parseCsv(
      await exported('elephant', ['public', 'every_type'], '{ type: csv, profile: postgres }'),
      postgres.csvProfile,
    );
    await source.sql(inserts('from_sql', rows, { types, literal: quoted }));
    expect(await differences('from_sql', 't::text')).toBe('');
    await source.sql(`update from_sql set c11 = coalesce(c11, '')`);
    expect(await differences('from_sql', 't::text'), 'NULL is told from an empty text').not.toBe('');
  });

  it('as NDJSON: numbers as numbers, bytes as hex, JSON as it is, all else as strings', async () => {
    const isJson = (column: number): boolean => /^jsonb?$/.test(types[column - 1] ?? '');
    const text = await exported('elephant', ['public', 'every_type'], '{ type: ndjson }');
    const literal: Literal = (value, type) => quoted(type === 'bytea' ? `\\x${value}` : value, type);
    await source.sql(inserts('from_json', readNdjson(text, isJson), { types, literal }));
    // The one thing that NDJSON does not tell apart: a JSON null, and none.
    const columns = types.map((_, at) => (isJson(at + 1) ? `coalesce(c${at}::text, 'null')` : `c${at}::text`));
    expect(await differences('from_json', `row(id, ${columns.join(', ')})::text`)).toBe('');
    expect(await differences('from_json', 't::text')).not.toBe('');
  });
});

describe('values of MariaDB come back to the last bit', { timeout: 60_000 }, () => {
  const types = MARIADB_TYPES;
  const isBytes = (type: string): boolean =>
    /^(?:.*blob|(?:var)?binary.*|.*character set binary|geometry.*|point|linestring|polygon|multi.*)$/.test(type);
  const exact = TABLES.find(({ name }) => name === 'every_type')?.exact ?? '';
  let source: Awaited<ReturnType<typeof newMariadbDatabase>>;

  beforeAll(async () => {
    source = await newMariadbDatabase();
    await source.sql(
      `${EVERY_TYPE_SQL}; create table from_sql like every_type; create table from_json like every_type`,
    );
    await desk.connect(source.server, source.name, { name: 'seal', connector: 'mysql' });
  });
  afterAll(() => source.drop());

  // The client takes no NUL character, and makes one line break of two characters.
  const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', "'": "''", '\0': '\\0', '\r': '\\r' };
  const quoted = (value: string): string => `'${value.replaceAll(/[\\'\0\r]/g, (each) => escapes[each] ?? '')}'`;
  /** Hex for bytes; a number for bits and years, which a text would be taken for something else. */
  const literal: Literal = (value, type) => {
    if (isBytes(type)) return `x'${value}'`;
    return /^(?:bit|year)/.test(type) ? value : quoted(value);
  };

  async function differences(table: string): Promise<string> {
    const [one, two] = ['every_type', table].map((name) => `select ${exact} from ${name}`);
    expect(await source.sql(`select count(*) from ${table}`)).toBe(await source.sql('select count(*) from every_type'));
    return await source.sql(`${LENIENT} (${one} except all ${two}) union all (${two} except all ${one})`);
  }

  it('as literals of SQL: the text of the CSV file in quotes, hex for bytes, numbers for bits and years', async () => {
    const [, ...rows] = parseCsv(
      await exported('seal', [source.name, 'every_type'], '{ type: csv, profile: mysql }'),
      mysql.csvProfile,
    );
    await source.sql(`${LENIENT} ${inserts('from_sql', rows, { types, literal })}`);
    expect(await differences('from_sql')).toBe('');
    await source.sql(`${LENIENT} update from_sql set c26 = coalesce(c26, '')`);
    expect(await differences('from_sql'), 'NULL is told from an empty text').not.toBe('');
  });

  it('as NDJSON: numbers as numbers, bytes as hex, all else as strings; UTC without its letter', async () => {
    const text = await exported('seal', [source.name, 'every_type'], '{ type: ndjson }');
    const rows = readNdjson(text, () => false).map((row) =>
      row.map((value, at) =>
        types[at - 1]?.startsWith('timestamp') === true ? (value?.replace(/Z$/, '') ?? null) : value,
      ),
    );
    await source.sql(`${LENIENT} ${inserts('from_json', rows, { types, literal })}`);
    expect(await differences('from_json')).toBe('');
  });
});

/** Per column: declaration, and values taken in turn; the last is NULL. */
const SQLITE_COLUMNS: readonly (readonly [type: string, ...values: string[]])[] = [
  ['INTEGER', '-9223372036854775808', '9223372036854775807', '0'],
  ['UNSIGNED BIG INT', '18', "'42'"],
  ['REAL', '0.1', '1.7976931348623157e308', '5e-324', '-0.0', '9e999', '-9e999', '1e16 / 3', '1'],
  ['DOUBLE PRECISION', '1e15', '123456789012345680.0'],
  ['DECIMAL(10,2)', "'19.90'", '12345678901234567', '-0.5', '1e-7', '1.5e20', "'123456789012345678901.55'"],
  ['MONEY', '3', '0.30000000000000004'],
  ['BOOLEAN', '1', '0'],
  [
    'TEXT',
    "''",
    `'say "hi", it''s'`,
    "'a' || char(10) || 'b' || char(13, 10) || 'c'",
    "'NULL'",
    "'🚚 配送先'",
    "'007'",
  ],
  ['VARCHAR(3)', "'naïve'", "' b '"],
  ['BLOB', "x'00ff0a0d2c22'", "x''", 'zeroblob(3000)'],
  ['JSON', `'{ "a": 1.50,  "a": [null] }'`, "'null'", "'12'", `'"text"'`],
  ['DATE', "'2024-02-29'", "'no date'"],
  ['DATETIME', "'2024-02-29 12:00:00.5'"],
  ['CLOB', "'text'"],
  ['', "'text without a declaration'"],
];

describe('values of SQLite come back to the last bit', { timeout: 60_000 }, () => {
  const types = SQLITE_COLUMNS.map(([type]) => type);
  const names = types.map((_, at) => `c${at}`);
  const isJson = (column: number): boolean => types[column - 1] === 'JSON';
  /** Storage class and value of every cell. A REAL is told by its bits, since -0.0 equals 0. */
  const exact = names
    .map((name) => `typeof(${name}) || ':' || coalesce(waybill_bits(${name}), quote(${name}))`)
    .join(` || '|' || `);
  let file: string;
  let db: DatabaseSync;

  beforeAll(async () => {
    file = desk.path('pond.db');
    const rows = Math.max(...SQLITE_COLUMNS.map(({ length }) => length));
    const columns = types.map((type, at) => `c${at} ${type}`).join(', ');
    db = new DatabaseSync(file);
    for (const table of ['every_type', 'from_sql', 'from_json', 'from_import'])
      db.exec(`create table ${table} (id INTEGER PRIMARY KEY, ${columns})`);
    for (let row = 0; row < rows; row++) {
      const cells = SQLITE_COLUMNS.map(([, ...values]) => values[row] ?? 'null');
      db.exec(`insert into every_type values (${[row, ...cells].join(', ')})`);
    }
    db.function('waybill_bits', { useBigIntArguments: true }, (value) =>
      typeof value === 'number' && Object.is(value, -0) ? 'negative zero' : null,
    );
    await desk.json(['connection', 'add', 'pond', '--connector', 'sqlite', '--file', file]);
  });
  afterAll(() => db.close());

  function differences(table: string, of = exact): string {
    const rowsOf = (name: string): string =>
      JSON.stringify(db.prepare(`select id, ${of} as cells from ${name} order by id`).all());
    const [one, two] = [rowsOf('every_type'), rowsOf(table)];
    return one === two ? '' : `${one}\n${two}`;
  }

  /** Digits as they are, infinities as what overflows to them, bytes as hex. */
  const literal: Literal = (value, type) => {
    if (type === 'BLOB') return `x'${value}'`;
    if (/^-?Infinity$/.test(value)) return value.replace('Infinity', '9e999');
    // Digits without a point would be an INTEGER where the column does not make a REAL of them.
    if (/^(?:bigint|.*INT.*|REAL|DOUBLE.*|DECIMAL.*|MONEY|BOOLEAN)$/.test(type)) return value;
    return `'${value.replaceAll("'", "''")}'`;
  };

  it('as literals of SQL: digits, texts in quotes, bytes in hex', async () => {
    const text = await exported('pond', ['main', 'every_type'], '{ type: csv, lineEnding: lf }');
    const rows = parseCsv(text, postgres.csvProfile).slice(1);
    db.exec(inserts('from_sql', rows, { types, literal }));
    expect(differences('from_sql')).toBe('');
    db.exec(`update from_sql set c7 = coalesce(c7, '')`);
    expect(differences('from_sql'), 'NULL is told from an empty text').not.toBe('');
  });

  it('as NDJSON: numbers as numbers, bytes as hex, JSON as it is, all else as strings', async () => {
    const text = await exported('pond', ['main', 'every_type'], '{ type: ndjson }');
    db.exec(inserts('from_json', readNdjson(text, isJson), { types, literal }));
    // The one thing that NDJSON does not tell apart: a JSON null, and none.
    expect(differences('from_json', exact.replaceAll('c10', "coalesce(c10, 'null')"))).toBe('');
    expect(differences('from_json')).not.toBe('');
  });

  it('by .import --csv, but for what it cannot tell: NULL, bytes and infinities', async () => {
    const text = await exported('pond', ['main', 'every_type'], '{ type: csv, profile: sqlite }');
    desk.write('pond.csv', text);
    await runProgram('sqlite3', [file, '.mode csv', `.import --skip 1 ${desk.path('pond.csv')} from_import`]);
    db.exec(`update from_import set c9 = unhex(c9);
      update from_import set c2 = case c2 when 'Infinity' then 9e999 when '-Infinity' then -9e999 else c2 end`);
    for (const name of names) db.exec(`update from_import set ${name} = null where ${name} in ('', x'')`);
    db.exec(`update every_type set c7 = null where c7 = ''; update every_type set c9 = null where c9 = x''`);
    expect(differences('from_import')).toBe('');
  });
});
