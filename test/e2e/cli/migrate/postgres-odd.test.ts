// What only PostgreSQL can say of its tables and types: it is made again where the product itself is written for, or it is listed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../../servers/run-program.ts';
import { newPostgresDatabase } from '../../../servers/shared-servers.ts';
import { Desk } from '../driver.ts';
import type { RunResult } from '../results.ts';
import { migrationPlan } from './migration-plan.ts';

const SQL = `
create function is_ok(int) returns boolean language sql immutable as 'select true';
create function own_difference(float8, float8) returns float8 language sql immutable as 'select $1 - $2';
create domain code as int default 5 not null check (value > 0) constraint odd_one check (is_ok(value));
create domain label as text collate "C" default 'none';
create type pair as (a text collate "C", b label);
create type words as range (subtype = text, collation = "C");
create type far as range (subtype = float8, subtype_diff = float8mi);
create type odd as range (subtype = float8, subtype_diff = own_difference);
create table kinds (id int primary key, a code, b label, c pair, d words, e far, f odd);
-- Upper case before lower case: in the order of most languages this range would end before it begins.
insert into kinds values (1, 7, 'x', ('A', 'b'), '[B,a)', '[1,2)', '[3,4]');
create table linked (id int primary key, p int, q int, constraint some_null foreign key (p) references kinds (id) on delete set null (p));
create rule watched as on insert to linked do also nothing;
create statistics known on p, q from linked;
comment on constraint some_null on linked is 'a comment';
create table loose (id int); alter table loose add constraint unchecked foreign key (id) references kinds (id) not valid;
create table numbered (id int generated always as identity (start 100 increment 5 minvalue 50 maxvalue 1000 cycle), n serial,
  span int4range, constraint apart exclude using gist (span with &&));
insert into numbered (span) values ('[1,2)'), ('[2,3)');
create table of_pair of pair;
create domain grid as int[] check (cardinality(value) < 9);
create domain labels as label[];
create table grids (id int primary key, a grid, b labels, c grid[]);
insert into grids values (1, '{1,NULL}', '{x,NULL,"NULL"}', '{"{1,2}",NULL}'), (2, '{}', null, '{}');
create table computed (a int generated always as (1) stored); insert into computed default values;`;
const TABLES = ['kinds', 'linked', 'loose', 'numbered', 'of_pair', 'grids', 'computed'];

let source: Awaited<ReturnType<typeof newPostgresDatabase>>;
let fresh: Awaited<ReturnType<typeof newPostgresDatabase>>;
let desk: Desk;
let folder: string;
let messages: string;

beforeAll(async () => {
  desk = new Desk();
  [source, fresh] = await Promise.all([newPostgresDatabase(), newPostgresDatabase()]);
  await source.sql(SQL);
  await desk.connect(source.server, source.name);
  const names = TABLES.map((name): [string, string] => ['public', name]);
  desk.write('this.plan.yaml', migrationPlan('postgres', names));
  const { findings } = await desk.json<{ findings: readonly { message: string }[] }>([
    ...['plan', 'check', 'this.plan.yaml', '--accept'],
  ]);
  messages = findings.map(({ message }) => message).join('\n');
  folder = (await desk.json<RunResult>(['run', 'this.plan.yaml', '--out', 'out'])).package;
});
afterAll(async () => {
  await Promise.all([source.drop(), fresh.drop()]);
  desk[Symbol.dispose]();
});

describe('odd tables and types of PostgreSQL', { timeout: 60_000 }, () => {
  it('are made in an empty database, and no row differs', async () => {
    const { server, name } = fresh;
    const where = ['-U', server.user, '-h', server.socketFolder, '-p', String(server.port), '-d', name];
    for (const file of ['ddl.sql', 'load.sql']) {
      await runProgram('psql', ['-X', '-q', ...where, '-f', file], { cwd: folder });
    }
    for (const table of TABLES) {
      const rows = `select t::text from ${table} t order by 1`;
      expect([table, await fresh.sql(rows)]).toEqual([table, await source.sql(rows)]);
    }
  });

  it('have types of the same defaults, orders and checks', async () => {
    const domains = `select typname, typdefault, typnotnull, (select collname from pg_collation where oid = typcollation)
      from pg_type where typname in ('code', 'label') order by 1`;
    expect(await fresh.sql(domains)).toBe(await source.sql(domains));
    const attributes = `select attname, (select collname from pg_collation where oid = attcollation) from pg_attribute
      where attrelid = 'pair'::regclass order by attnum`;
    expect(await fresh.sql(attributes)).toBe(await source.sql(attributes));
    const ranges = `select (select collname from pg_collation where oid = rngcollation), rngsubdiff::text from pg_range
      where rngtypid in ('words'::regtype, 'far'::regtype) order by 1`;
    expect(await fresh.sql(ranges)).toBe(await source.sql(ranges));
    expect(await fresh.sql(`insert into kinds (id, b) values (9, default) returning a, b`)).toBe('5|none');
  });

  it('are listed where something of them is not carried, in the script and as warnings', () => {
    const ddl = readFileSync(join(folder, 'ddl.sql'), 'utf8');
    const head = ddl.slice(0, ddl.indexOf('BEGIN;'));
    for (const left of [
      'of the type public.code: check odd_one: CHECK (public.is_ok(VALUE))',
      'of the type public.odd: the difference of its values: public.own_difference',
      'public.linked: Not carried: the columns that ON DELETE of some_null sets: (p)',
      'public.linked: Not carried: rule watched',
      'public.linked: Not carried: statistics known',
      'public.linked: Not carried: the comment of the constraint some_null: a comment',
      'public.loose: Not carried: NOT VALID of unchecked',
      'public.numbered: Not carried: numbers of id from 50 to 1000, in steps of 5, from 100 on, in a circle',
      'public.numbered: Not carried: constraint apart: EXCLUDE USING gist (span WITH &&)',
      'public.of_pair: Not carried: its being of the type public.pair',
    ]) {
      expect(head.replaceAll(/\n--\s+/g, ' ')).toContain(left);
    }
    for (const left of ['odd_one', 'rule watched', 'EXCLUDE USING gist', 'in steps of 5'])
      expect(messages).toContain(left);
  });
});
