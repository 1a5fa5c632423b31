import {
  HOSTILE_MARIADB_DDL,
  HOSTILE_MARIADB_EXACT,
  HOSTILE_MARIADB_ROWS,
  HOSTILE_MARIADB_TABLE,
} from '../hostile-mariadb-table.ts';

/** Zero dates, partial dates and days that no calendar has are values that old tables hold. */
export const LENIENT =
  "set time_zone = '+00:00', sql_mode = 'NO_ENGINE_SUBSTITUTION,ALLOW_INVALID_DATES,NO_AUTO_VALUE_ON_ZERO';";

/** Per column: type, and values taken in turn; NULL comes by itself. */
const TYPES: readonly (readonly [type: string, ...values: string[]])[] = [
  ['tinyint', '-128', '127'],
  ['tinyint(1)', '0', '1', '2'],
  ['tinyint unsigned', '255'],
  ['smallint', '-32768', '32767'],
  ['mediumint', '-8388608', '8388607'],
  ['mediumint unsigned', '16777215'],
  ['int', '-2147483648', '2147483647'],
  ['int(7) unsigned zerofill', '4294967295', '42'],
  ['bigint', '-9223372036854775808', '9223372036854775807'],
  ['bigint unsigned', '18446744073709551615', '0'],
  ['decimal(65,30)', '12345678901234567890123456789012345.123456789012345678901234567890', '-0.5'],
  ['decimal(10,0)', '-9999999999'],
  ['float', '0.1', '16777216', '3.4028234663852886e38', '1 / 3', '-1e-45', '-0e0'],
  ['double', '0.1', '1.7976931348623157e308', '-5e-324', '1e16 / 3', '-0e0'],
  ['double(10,2)', '12345678.91'],
  ['bit(1)', "b'1'", "b'0'"],
  ['bit(9)', "b'101010101'"],
  ['bit(64)', '~0', '0'],
  ['year', '2155', '1901', '0'],
  ['date', "'9999-12-31'", "'0000-00-00'", "'2024-00-00'", "'2024-02-31'", "'0001-01-01'"],
  ['time', "'-838:59:59'", "'838:59:59'", "'25:00:00'"],
  ['time(6)', "'-00:00:00.000001'", "'100:00:00.5'"],
  ['datetime', "'0000-00-00'", "'1000-01-01'", "'2024-10-00 01:00:00'"],
  ['datetime(6)', "'2024-02-29 23:59:59.000001'", "'9999-12-31 23:59:59.999999'"],
  ['timestamp null', "'2038-01-19 03:14:07'", "'1970-01-01 00:00:01'", "'0000-00-00'"],
  ['timestamp(3) null', "'2024-03-31 01:30:00.125'"],
  ['char(5)', "'ab'", "''", "'  abc'"],
  ['char(5) character set latin1', "'ä€'"],
  ['varchar(20) character set latin1 collate latin1_german2_ci', "'Straße €'", "' b '"],
  ['varchar(20) character set utf8mb3', "'配送先'"],
  ['varchar(20) collate utf8mb4_nopad_bin', "'🦄 '", "'A'"],
  ['varchar(20) character set ucs2', "'שלום'"],
  ['tinytext', "'\\\\N'", "'NULL'", "''"],
  ['mediumtext', '\'a,b;"c"\'', "'two\\nlines\\r\\n\\\\'", "'\\0\\Z\\t'"],
  ['longtext', "repeat('🦄', 300000)", "'\\\\.'"],
  ['binary(4)', "x'00ff'", "'\\\\N'"],
  ['varbinary(9)', "''", "x'5c4e'", "'NULL'"],
  ['tinyblob', "x'0a0d2c22'"],
  ['longblob', "repeat(x'00ff5c0a', 400000)", "''"],
  [
    "enum('', 'a,b', 'NULL', '\"', 'it''s', 'back\\\\slash') collate utf8mb4_general_ci",
    "''",
    "'a,b'",
    "'it''s'",
    "'back\\\\slash'",
  ],
  ["set('x', 'y z', 'é')", "''", "'x,é'"],
  ['json', `'{"a": [1, 2.50, null],  "b": "x\\\\ny"}'`, "'null'"],
  ['uuid', "'123e4567-e89b-12d3-a456-426655440000'"],
  ['inet4', "'255.255.255.255'"],
  ['inet6', "'::ffff:192.0.2.1'"],
  ['geometry', "st_geomfromtext('POINT(1 2)', 4326)", "st_geomfromtext('GEOMETRYCOLLECTION(POINT(0 1e300))')"],
  ['point', 'point(0.1, -2)'],
  ['linestring', "st_geomfromtext('LINESTRING(0 0, 1 1)')"],
  ['polygon', "st_geomfromtext('POLYGON((0 0, 1 0, 1 1, 0 0))')"],
  ['multipoint', "st_geomfromtext('MULTIPOINT(0 0, 1 1)')"],
  ['multilinestring', "st_geomfromtext('MULTILINESTRING((0 0, 1 1), (2 2, 3 3.5))')"],
  ['multipolygon', "st_geomfromtext('MULTIPOLYGON(((0 0, 1 0, 1 1, 0 0)))')"],
  ['geometrycollection', "st_geomfromtext('GEOMETRYCOLLECTION(POINT(0 1), LINESTRING(0 0, 1 1))', 3857)"],
  ['decimal(10,2) unsigned', '99999999.99', '0'],
  ['float unsigned', '0.1'],
  ['double unsigned', '5e-324'],
  ['time(3)', "'-00:00:00.001'"],
  ['text', "'text'", "''"],
  ['blob', "x'00'", "''"],
  ['mediumblob', "x'5c'"],
  ['varchar(20) character set utf16', "'🦄x'"],
  ['varchar(20) character set utf32', "'🦄 '"],
  ['varchar(20) character set cp1251', "'Жук'"],
  ['varchar(20) character set sjis', "'配ｱ'"],
  ['varchar(20) character set ascii', "'~'"],
  ['char(3) character set binary', "'\\\\0'"],
  ['nchar(3)', "'é'"],
];

/** Types of the columns c0, c1, … of the table of every type. */
export const EVERY_TYPE: readonly string[] = TYPES.map(([type]) => type);

const ROWS = 12;

const cellOf = (values: readonly string[], row: number): string =>
  values[row] ?? (row % 3 === 2 ? 'null' : (values[row % values.length] ?? 'null'));

const everyType = `create table every_type (id int primary key, ${TYPES.map(([type], at) => `c${at} ${type}`).join(', ')});
insert into every_type values ${Array.from(
  { length: ROWS },
  (_, row) => `(${[row, ...TYPES.map(([, ...values]) => cellOf(values, row))].join(', ')})`,
).join(',\n')};`;

const linked = `
create table people (id int unsigned not null auto_increment primary key comment 'it''s; "a" \\\\ comment', boss int unsigned,
  name varchar(50) not null default 'it''s \\\\', email varchar(100) collate utf8mb4_unicode_ci, made timestamp(3) not null default current_timestamp(3) on update current_timestamp(3),
  day date default '2024-02-29', full_name varchar(60) as (concat(name, '!')) stored, len int as (char_length(name)) virtual, doc text,
  place point not null, note text default 'none', n decimal(5,2) default 1.50 check (n < 900 and note <> 'it''s \\\\; x'), k int comment 'k' check (k > 0),
  constraint \`so; it's\` check (name <> 'a''b\\\\;\\n' and (doc is null or char_length(full_name) > 0)),
  unique key \`one each\` (email), key by_name (name(10), made), fulltext key words (doc), spatial key places (place), check (n >= 0),
  constraint boss_key foreign key (boss) references people (id) on delete set null on update cascade) comment = 'people; -- ''x''';
set foreign_key_checks = 0;
insert into people (id, boss, name, email, doc, place) values (0, 2, 'Zero', 'a@x', 'some words', point(1, 2)), (1, 2, 'Ann', 'b@x', null, point(1, 2)), (2, null, 'Bob', null, '', point(3, 4));
set foreign_key_checks = 1;
create table a_first (id int primary key, person int unsigned not null, b bigint, foreign key (person) references people (id));
create table b_second (id bigint primary key, a int, constraint to_a foreign key (a) references a_first (id));
insert into a_first values (10, 1, 7), (11, 2, null); insert into b_second values (7, 10), (8, 11);
alter table a_first add constraint circle foreign key (b) references b_second (id);
create table nothing (id int primary key);
create table part (id int) partition by hash (id) partitions 3;
insert into part values (1), (2), (null);
create view names as select name from people where name <> '--;';`;

const strange = `create table \`two\\nlines; -- "x"\` (\`i\\nd\` int primary key, \`a\\\\b\` text, \`'\`  text);
insert into \`two\\nlines; -- "x"\` values (1, '\\\\N', null), (2, null, ''), (3, '', '\\\\');`
  .replaceAll('\\n', '\n')
  .replaceAll('\\\\b`', '\\b`');

/** Makes and fills `every_type`. */
export const EVERY_TYPE_SQL = `${LENIENT} ${everyType}`;

/** What makes and fills the tables. */
export const SOURCE_SQL = `${LENIENT} ${HOSTILE_MARIADB_DDL}; ${HOSTILE_MARIADB_ROWS}; ${everyType} ${linked} ${strange}`;

const exactOf = (columns: readonly (readonly [name: string, type: string])[]): string =>
  `concat_ws(',', ${columns
    .map(([name, type]) => {
      if (/^(?:float|double)/.test(type)) return `coalesce(hex(cast(${name} * 1e0 as binary)), 'NULL')`;
      if (type.startsWith('bit')) return `coalesce(${name} + 0, 'NULL')`;
      const isShape = /^(?:geometry|point|linestring|polygon|multi)/.test(type);
      return `coalesce(hex(${isShape ? name : `cast(${name} as binary)`}), 'NULL')`;
    })
    .join(', ')})`;

const named = (...names: string[]): string => exactOf(names.map((name) => [name, 'text']));

/** Tables with a text of each row that tells every two rows apart. */
export const TABLES: readonly { readonly name: string; readonly quoted: string; readonly exact: string }[] = [
  { name: 'sel`ect, "from"; --', quoted: HOSTILE_MARIADB_TABLE, exact: HOSTILE_MARIADB_EXACT },
  {
    ...{ name: 'every_type', quoted: 'every_type' },
    exact: exactOf([['id', 'int'], ...TYPES.map(([type], at) => [`c${at}`, type] as const)]),
  },
  {
    ...{ name: 'people', quoted: 'people' },
    exact: `${named('id', 'boss', 'name', 'email', 'made', 'day', 'full_name', 'len', 'doc', 'note', 'n')}, hex(place)`,
  },
  { name: 'a_first', quoted: 'a_first', exact: named('id', 'person', 'b') },
  { name: 'b_second', quoted: 'b_second', exact: named('id', 'a') },
  { name: 'nothing', quoted: 'nothing', exact: 'id' },
  { name: 'part', quoted: 'part', exact: 'id' },
  { name: 'two\nlines; -- "x"', quoted: '`two\nlines; -- "x"`', exact: named('`i\nd`', '`a\\b`', "`'`") },
];
