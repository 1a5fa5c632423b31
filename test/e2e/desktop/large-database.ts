import { DatabaseSync } from 'node:sqlite';

export const TABLES = 10_000;
export const WIDE_COLUMNS = 1_000;

/** Names that a database allows and a screen may trip over. */
export const HOSTILE_NAMES = [
  '<img src=x onerror="document.title=1">',
  '"; drop table customers; --',
  "it's 100 % {{odd}} ${name}",
  '\u202Egnp.slanoitpo',
  'line\nbreak\tand tab',
  '  blanks around  ',
  '__proto__',
  'constructor',
  'a.b.c',
  '*order?*',
  '客户资料表👩‍👩‍👧‍👦',
  `long_${'x'.repeat(240)}_end`,
];

/** Makes a SQLite file of 10,000 tables, the hostile ones among them, and a table of 1,000 columns. */
export function makeLargeDatabase(file: string): void {
  const database = new DatabaseSync(file);
  const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
  const literal = (value: string): string => `'${value.replaceAll("'", "''")}'`;
  database.exec('pragma journal_mode = off; pragma synchronous = off; begin');
  for (const name of HOSTILE_NAMES) {
    database.exec(`create table ${quoted(name)} (id integer primary key, ${quoted(name)} text)`);
    database.exec(`insert into ${quoted(name)} values (1, ${literal(name)})`);
  }
  const columns = Array.from({ length: WIDE_COLUMNS }, (_, at) => `c_${String(at + 1).padStart(4, '0')}`);
  database.exec(`create table wide (${columns.map((name) => `${name} text`).join(', ')})`);
  database.exec(`insert into wide values (${columns.map((name) => `'${name}'`).join(', ')})`);
  for (let at = HOSTILE_NAMES.length + 1; at < TABLES; at += 1) {
    const name = `t_${String(at).padStart(5, '0')}`;
    database.exec(
      `create table ${name} (id integer primary key, email text, note text, parent int references t_09999 (id))`,
    );
  }
  database.exec('commit');
  database.close();
}
