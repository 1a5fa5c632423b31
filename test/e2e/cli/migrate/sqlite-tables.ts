/** Tables of SQLite for packages that load themselves elsewhere: every declaration, keys of all kinds, and names that try to break out. */

/** How a value is told: as digits, as bytes, or as bytes of its text. */
export type Told = 'number' | 'boolean' | 'bytes' | 'text';

/** Per column: declaration, and values taken in turn, with NULL behind them. */
export const SQLITE_TYPES: readonly (readonly [type: string, told: Told, ...values: string[]])[] = [
  ['INTEGER', 'number', '-9223372036854775808', '9223372036854775807', '0'],
  ['BIGINT UNSIGNED', 'number', '18'],
  ['REAL', 'number', '0.1', '1.7976931348623157e308', '5e-324', '1e16 / 3', '1', '-123456.75'],
  ['DECIMAL(10,2)', 'number', "'19.90'", '12345678901234567', '-0.5', '1e-7', '1.5e20'],
  ['BOOLEAN', 'boolean', '1', '0'],
  [
    'TEXT',
    'text',
    "''",
    `'say "hi", it''s'`,
    "'a' || char(10) || 'b' || char(13, 10) || 'c'",
    "'\\N'",
    "'NULL'",
    "'🚚 配送先'",
  ],
  ['VARCHAR(5)', 'text', "'naïve'", "' b '"],
  ['BLOB', 'bytes', "x'00ff0a0d2c225c'", "x''", 'zeroblob(3000)'],
  ['JSON', 'text', `'{ "a": 1.50,  "a": [null] }'`, "'null'", "'12'"],
  ['DATE', 'text', "'2024-02-29'", "'no date'", '1700000000'],
  ['', 'text', "'no declaration'", '7'],
];

const ROWS = 7;

const everyType = `create table every_type (id INTEGER PRIMARY KEY, ${SQLITE_TYPES.map(([type], at) => `c${at} ${type}`).join(', ')});
insert into every_type values ${Array.from(
  { length: ROWS },
  (_, row) => `(${[row, ...SQLITE_TYPES.map(([, , ...values]) => values[row] ?? 'null')].join(', ')})`,
).join(',\n')};`;

const linked = `
create table people (id INTEGER PRIMARY KEY AUTOINCREMENT, boss INTEGER REFERENCES People (ID) on delete set null,
  name TEXT not null COLLATE NOCASE, email VARCHAR(100) unique, note VARCHAR(20) default 'it''s', points INTEGER default 7, rate REAL default 1.5,
  is_new BOOLEAN not null default 1, made DATETIME default CURRENT_TIMESTAMP, shout TEXT generated always as (upper(name)) stored,
  len INTEGER as (length(name)), code VARCHAR(8), check (points >= 0), constraint "it's; named" check (name <> ''));
insert into people (boss, name, email, code) values (null, 'Ann', 'a@x', 'x'), (1, 'Bob', 'A@x', 'y'), (2, 'Cy', null, null), (1, 'Gone', null, null);
delete from people where name = 'Gone';
create index by_name on people (name desc, points);
create unique index by_code on people (code collate nocase);
create unique index one_boss on people (boss) where boss is null;
create index by_length on people (length(name));
create trigger log_it after insert on people begin select 1; end;
create view names as select name from people where name <> '--;';
create table skills (person INTEGER not null references people on delete cascade on update cascade, skill VARCHAR(30), level, primary key (person, skill)) without rowid;
insert into skills values (1, 'sql', 9), (1, 'tea', null), (2, 'sql', 'much');
create table a_first (id INTEGER PRIMARY KEY, b INTEGER references b_second deferrable initially deferred);
create table b_second (id INTEGER PRIMARY KEY, a INTEGER references a_first (id));
insert into a_first values (10, 7), (11, null); insert into b_second values (7, 10), (8, 11);
create table loose (code VARCHAR(9) primary key on conflict replace, person references people (id), far INTEGER references nowhere (id));
insert into loose values ('a', 1, 5), ('b', 'two', null);
create table empty_one (id INTEGER PRIMARY KEY, note VARCHAR(9) default (lower('X')));
create table "sel""ect, --
from" (id INTEGER PRIMARY KEY, "a ""quoted"", name" TEXT, "two
lines" TEXT not null default 'x''y', "'; drop table x; --" INTEGER);
insert into "sel""ect, --
from" values (1, null, '', 1), (2, '\\', 'a
b', null);`;

export const SQLITE_SQL = `${everyType}\n${linked}`;

export const SQLITE_TABLES: readonly string[] = [
  ...['every_type', 'people', 'skills', 'a_first', 'b_second', 'loose', 'empty_one', 'sel"ect, --\nfrom'],
];
