/** Tables of every built-in type and of names that try to break out, for round trips through a package. */

/** Per column: type, and values taken in turn; NULL comes by itself. */
const TYPES: readonly (readonly [type: string, ...values: string[]])[] = [
  ['boolean', 'true', 'false'],
  ['smallint', '-32768', '32767'],
  ['integer', '-2147483648', '2147483647'],
  ['bigint', '-9223372036854775808', '9223372036854775807'],
  ['numeric', "'NaN'", "'Infinity'", "'-Infinity'", '1.500', `('1' || repeat('7', 131071))::numeric`, "'-1e-16383'"],
  ['numeric(40,10)', '12345678901234567890.1234567891', "'NaN'", '-0.5'],
  ['numeric(5,-2)', '12345', '-99900'],
  ['numeric(3,5)', '0.00123', '-0.00999'],
  ['real', '0.1', "'NaN'", "'-Infinity'", '3.4028235e38', '1e-45', '-0.0'],
  ['double precision', '0.1', "'NaN'", "'Infinity'", '1.7976931348623157e308', '5e-324', '-0.0', '1e16 / 3'],
  ['money', '1234567.89', '-0.01', '92233720368547758.07::numeric'],
  [
    'text',
    ...['plain', '', 'say "hi", it\'\'s', ' blanks ', '\\N', 'NULL', '\\.', '=1+1', '🦄 naïve 配送先', '"'].map(quoted),
  ],
  ['text', `E'line one\\nline two\\r\\nthree\\rfour'`, `E'\\t tab, \\u0001\\u200f'`, "'ends in \\'"],
  ['character(5)', "'ab'", "''", "'abcde'"],
  ['character varying(7)', "'ab '", "''", "' abc'"],
  ['"char"', "'x'", "''"],
  ['name', "'some name'"],
  ['bytea', "''", "'\\x00ff0a0d2c225c'", "decode(repeat('5c4e', 3000), 'hex')"],
  ['bit(5)', "B'10101'", "B'00000'"],
  ['bit varying', "B''", "B'1'", "repeat('10', 100)::bit varying"],
  ['date', "'infinity'", "'-infinity'", "'0044-03-15 BC'", "'5874897-12-31'", "'2024-02-29'"],
  ['time', "'24:00:00'", "'23:59:59.999999'", "'00:00'"],
  ['time(2)', "'12:34:56.78'"],
  ['timetz', "'12:00:00.5+05:30'", "'24:00:00-15:59'", "'00:00+00:00:01'"],
  ['timestamp', "'infinity'", "'-infinity'", "'4713-01-01 BC'", "'294276-12-31 23:59:59.999999'"],
  ['timestamptz', "'infinity'", "'2024-02-29 23:59:59.000001+05:30'", "'0044-03-15 12:00:00 BC'"],
  ['timestamptz(0)', "'2024-10-27 01:30:00+00'"],
  [
    'interval',
    "'1 year 2 mons -3 days 04:05:06.789'",
    "'-178000000 years'",
    "'0'",
    "'-1 mon 30 days -00:00:00.000001'",
  ],
  ['uuid', "'123e4567-e89b-12d3-a456-426655440000'"],
  ['json', `'{"b": 1.50, "a": [1, null],  "b": 2}'`, "'null'", `'"text"'`, `'{"u": "\\u0041\\n"}'`],
  ['jsonb', `'{"b": 1.50, "a": [1, null], "n": 1e400}'`, "'null'", `'"te\\"xt"'`],
  ['xml', `'<a b="c">&amp;\n</a>'`, "'text, not one document'"],
  ['inet', "'192.168.0.1/24'", "'::ffff:1.2.3.4'"],
  ['cidr', "'2001:db8::/32'"],
  ['macaddr', "'08:00:2b:01:02:03'"],
  ['macaddr8', "'08:00:2b:01:02:03:04:05'"],
  ['point', "'(1.5,-2)'", "'(NaN,Infinity)'", "'(0.1,1e-300)'"],
  ['line', "'{1,-1,0.1}'"],
  ['lseg', "'[(0,0),(1,0.1)]'"],
  ['box', "'(1,1),(0,0)'"],
  ['path', "'[(0,0),(1,1)]'", "'((0,0),(1,1))'"],
  ['polygon', "'((0,0),(1,1),(1,0))'"],
  ['circle', "'<(1,2),3.3>'"],
  ['tsvector', `'fat:2A cat:1 ''it, "q"'':3'`, "''"],
  ['tsquery', "'fat & (rat | !cat:*AB)'"],
  ['pg_lsn', "'16/B374D848'"],
  ['int4range', "'[1,5)'", "'empty'", "'(,)'"],
  ['numrange', "'[1.10,)'"],
  ['tstzrange', "'[2024-01-01 00:00+00,infinity)'"],
  ['int8multirange', "'{[1,3),[7,9)}'", "'{}'"],
  ['oid', '4294967295'],
  ['xid8', "'18446744073709551615'"],
  ['jsonpath', `'$.a[*] ? (@ > 1)'`],
  ['integer[]', "'{}'", "'{1,NULL,-3}'", "'{{1,2},{3,4}}'", "'[0:1]={5,6}'"],
  ['text[]', `'{"",NULL,"NULL","a,b","q\\"\\\\","{}"}'`, `array[E'two\\nlines']`],
  ['bytea[]', `'{"\\\\x00ff",NULL}'`],
  ['timestamptz[]', "'{infinity,2024-02-29 12:00+00}'"],
  ['float8[]', "'{NaN,-Infinity,0.1,-0}'"],
  ['"My; types"."mo""od"', "'so, so'", "''"],
  ['"My; types"."mo""od"[]', `'{"so, so",NULL,""}'`],
  ['"My; types".pair', `'(1,"a ""b"", c",)'`, "'(,,)'", `row(3, 'so, so', array['x'])`],
  ['"My; types".pair[]', `array['(1,"a",)', '(,,{})']::"My; types".pair[]`],
  ['"My; types".price', '9.99', '0'],
  ['"My; types".span', "'[1.5,2.5)'"],
  ['"My; types".spans', "'{[1.5,2.5)}'"],
  ['xid', "'7'", "'4294967295'"],
  ['cid', "'8'"],
  ['tid', "'(1,2)'", "'(4294967295,65535)'"],
  ['int2vector', "'1 -2 3'", "''"],
  ['oidvector', "'3 4294967295'"],
  ['regclass', "'pg_class'", "'0'"],
  ['regcollation', `'"C"'`],
  ['regconfig', "'english'"],
  ['regdictionary', "'simple'"],
  ['regnamespace', "'pg_catalog'"],
  ['regoper', "'!!'"],
  ['regoperator', "'+(integer,integer)'"],
  ['regproc', "'now'"],
  ['regprocedure', "'lower(text)'"],
  ['regrole', "'pg_monitor'"],
  ['regtype', "'timestamp with time zone'", "'_int4'"],
  ['aclitem', "'pg_monitor=r*w/pg_monitor'"],
  ['pg_snapshot', "'10:20:10,14,15'"],
  ['txid_snapshot', "'10:20:'"],
  ['refcursor', "'a cursor'"],
  ['daterange', "'[2024-01-01,2024-02-01)'", "'(,infinity)'"],
  ['tsrange', "'[2024-01-01 00:00,2024-01-01 00:00:00.000001]'"],
  ['int8range', "'[1,9223372036854775807)'"],
  ['nummultirange', "'{[1.10,2.20],(3,4)}'"],
  ['tstzmultirange', "'{[2024-01-01 00:00+00,2024-01-02 00:00+00)}'"],
  ['bpchar', "'  no length  '"],
  ['interval year to month', "'1 year 2 months 3 days'"],
  ['time(0) with time zone', "'23:59:59.9+05:30:15'"],
  ['bit(3)[]', "'{101,NULL}'"],
  ['json[]', `array['{"a": [1]}', 'null']::json[]`],
  ['public.citext', "'MiXed'"],
  ['public.hstore', `'"a b"=>"c, \\"d", e=>NULL'`],
  ['public.ltree', "'Top.Science.Astronomy'"],
  ['public.lquery', "'Top.*{1,2}.Ast*'"],
  ['public.ltxtquery', "'Europe & Russia*@'"],
];

function quoted(text: string): string {
  return `'${text}'`;
}

/** Types of the columns c0, c1, … of the table of every type. */
export const EVERY_TYPE: readonly string[] = TYPES.map(([type]) => type);

const ROWS = 12;

const TYPES_DDL = `
create extension citext; create extension hstore; create extension ltree;
create schema "My; types";
create type "My; types"."mo""od" as enum ('', 'sad', 'so, so', 'it''s');
create type "My; types".pair as (a int, "b ""x" text, c text[]);
create domain "My; types".price as numeric(10,2) check (value >= 0);
create type "My; types".span as range (subtype = float8, multirange_type_name = "My; types".spans);`;

const everyType = `create table public.every_type (id bigint primary key, ${TYPES.map(([type], at) => `c${at} ${type}`).join(', ')});
insert into public.every_type values ${Array.from({ length: ROWS }, (_, row) => {
  const cells = TYPES.map(
    ([, ...values]) => values[row] ?? (row % 3 === 2 ? 'null' : (values[row % values.length] ?? 'null')),
  );
  return `(${[row, ...cells].join(', ')})`;
}).join(',\n')};`;

const TABLE = `"Od""d; schema"."sel""ect,\n-- from"`;
const hostileNames = `
create schema "Od""d; schema";
create table ${TABLE} ("id" int generated always as identity, "a ""quoted"", name" text, "two\nlines" text not null default 'it''s \\',
  "${'é'.repeat(31)}" text, "'; drop table x; --" boolean default true, "🦄:x" int, "A" int, "a" int, primary key ("id", "two\nlines"));
insert into ${TABLE} ("a ""quoted"", name", "two\nlines", "🦄:x") values ('\\N', '', 1), ('', '\\N', 2), (null, E'a\nb', null);
comment on table ${TABLE} is E'it''s; a\n\\\\! comment';
comment on column ${TABLE}."🦄:x" is '"; --';`;

const linked = `
create function public.is_fine(text) returns boolean language sql immutable as 'select true';create table public.people (id serial primary key, boss int references public.people on delete set null, name text not null,
  email text constraint "one each" unique, made timestamptz not null default now(), day date default current_date,
  key uuid default gen_random_uuid(), label text collate "C" default 'it''s'::varchar, "upper" text generated always as (upper(name)) stored,
  tags text[], doc jsonb default '{}', check (name <> ''),
  constraint "it's; so" check (name <> E'a\\nb;' and (boss is null or boss >= id - 1000) and made > '2000-01-01 00:00:00+00'),
  constraint fine check (public.is_fine(name)));
insert into public.people (boss, name, email, tags, doc) values (3, 'Ann', 'a@x', '{a}', '{"k": 1}'), (null, 'Bob', 'A@x', null, null), (2, 'Cy', null, '{}', '[]');
create index people_name on public.people (name desc, made); create index people_tags on public.people using gin (tags);
create index people_lower on public.people (lower(name)); create unique index people_part on public.people (name) where boss is null;
create table public.a_first (id int primary key generated by default as identity, person int not null references public.people, b int);
create table public.b_second (id bigint primary key, a int references public.a_first);
alter table public.a_first add constraint circle foreign key (b) references public.b_second deferrable initially deferred;
begin; insert into public.a_first (id, person, b) values (10, 1, 7), (11, 2, null); insert into public.b_second values (7, 10), (8, 11); commit;
create table public.nothing (id int primary key, note text);
alter table public.nothing add constraint later check (id > 0) not valid;
create table public.part (id int, at date) partition by range (at);
create table public.part_1 partition of public.part for values from ('2024-01-01') to ('2025-01-01');
insert into public.part values (1, '2024-05-06');
create view public.names as select name from public.people where name <> E'--\n;';`;

/** Makes and fills `public.every_type`. */
export const EVERY_TYPE_DDL = `${TYPES_DDL}\n${everyType}`;

export const SOURCE_DDL = `${TYPES_DDL}\n${everyType}\n${hostileNames}\n${linked}`;

/** The tables, as SQL names them. */
export const TABLES: readonly string[] = [
  'public.every_type',
  TABLE,
  'public.people',
  'public.a_first',
  'public.b_second',
  'public.nothing',
  'public.part',
];

/** The same by their names. */
export const NAMES: readonly (readonly [string, string])[] = TABLES.map((table) => {
  const [, name] = /^public\.(.*)$/.exec(table) ?? [];
  return name === undefined ? ['Od"d; schema', 'sel"ect,\n-- from'] : ['public', name];
});

/** Names and types of all columns of the database, in order. */
export const COLUMNS_SQL = `select n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attgenerated
from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
where a.attnum > 0 and c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^pg_|^information_schema$|^original$'
order by n.nspname, c.relname, a.attnum`;
