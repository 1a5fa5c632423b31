// Tables that are not as most are: none of their rows is missing, and none comes twice; what cannot be said of one is said.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPostgresDatabase } from '../../servers/shared-servers.ts';
import { Desk } from './driver.ts';
import { dataOf } from './package-data.ts';
import type { RunResult } from './results.ts';

const PASSWORD = 'reader-pw';
/** As many as a table of PostgreSQL can have. */
const WIDEST = Array.from({ length: 1600 }, (_, i) => `c${i}`);
/** 63 bytes, as long as a name can be. */
const LONG_NAME = `${'配'.repeat(20)}'"x`;
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

let desk: Desk;
let database: Awaited<ReturnType<typeof newPostgresDatabase>>;
let reader: string;

beforeAll(async () => {
  desk = new Desk();
  database = await newPostgresDatabase();
  reader = `${database.name}_ro`;
  await database.sql(`
    create role ${reader} login password '${PASSWORD}';
    create table bare (); insert into bare default values;
    create table no_rows (id int primary key, note text);
    create table wide (${WIDEST.map((name) => `${name} int`).join(', ')});
    insert into wide select ${WIDEST.map((_, i) => `n * ${i}`).join(', ')} from generate_series(1, 3) n;
    create table no_key (note text); insert into no_key values ('twice'), ('twice'), (null);
    create table ${quoted(LONG_NAME)} (${quoted(LONG_NAME)} int); insert into ${quoted(LONG_NAME)} values (1);
    create table measured (id int, at date) partition by range (at);
    create table measured_24 partition of measured for values from ('2024-01-01') to ('2025-01-01') partition by hash (id);
    create table measured_24a partition of measured_24 for values with (modulus 2, remainder 0);
    create table measured_24b partition of measured_24 for values with (modulus 2, remainder 1);
    create table measured_rest partition of measured default;
    insert into measured select n, '2024-12-01'::date + n from generate_series(1, 100) n;
    create extension file_fdw; create server files foreign data wrapper file_fdw;
    create foreign table outside (line text) server files options (filename '/etc/hostname');
    create table split (line text) partition by list (line);
    create table split_here partition of split for values in ('here');
    create foreign table split_there partition of split default server files options (filename '/etc/hostname');
    create table parent (id int); create table heir (more text) inherits (parent);
    insert into parent values (1); insert into heir values (2, 'x');
    create schema apart; create table apart.keyed (id int primary key); create table apart.keyed_heir () inherits (apart.keyed);
    insert into apart.keyed select generate_series(1, 9); insert into apart.keyed_heir select generate_series(1, 9);
    grant usage on schema apart to ${reader}; grant select on all tables in schema apart to ${reader};
    create materialized view kept as select * from generate_series(1, 7) n;
    create view seen as select id from measured where id <= 9;
    create table guarded (id int, owner text); alter table guarded enable row level security;
    create policy own_rows on guarded using (owner = current_user);
    insert into guarded values (1, '${reader}'), (2, 'somebody else'), (3, '${reader}');
    create view through with (security_invoker = on) as select id from guarded;
    create view past_it as select id from guarded;
    grant select on all tables in schema public to ${reader};
    analyze;`);
  await desk.connect(database.server, database.name, { user: reader, password: PASSWORD });
});
afterAll(async () => {
  await database.sql(`drop owned by ${reader}; drop role ${reader};`);
  await database.drop();
  desk[Symbol.dispose]();
});

interface Checked {
  readonly ok: boolean;
  readonly findings: readonly { readonly severity: string; readonly code: string; readonly message: string }[];
}

async function check(...lines: readonly string[]): Promise<Checked> {
  const head = ['waybill: 1', 'name: odd', 'purpose: odd tables', 'connection: shop', 'format: { type: csv }'];
  desk.write('plan.yaml', [...head, ...lines, ''].join('\n'));
  const { stdout } = await desk.run(['plan', 'check', 'plan.yaml', '--accept', '--json']);
  return JSON.parse(stdout) as Checked;
}

describe('odd tables of PostgreSQL', { timeout: 60_000 }, () => {
  it('without a column are refused by name', async () => {
    const { ok, findings } = await check('tables: [{ table: public.* }]');
    expect(ok).toBe(false);
    expect(findings.find(({ severity }) => severity === 'error')).toMatchObject({
      code: 'PLAN/SELECTION_EMPTY',
      message: 'public.bare has no columns.',
    });
  });

  it('without a column are left out of a new plan, with the reason', async () => {
    const { stdout } = await desk.run(['plan', 'new', 'shop', '--tables', 'public.*']);
    expect(stdout).toContain('  # - table: public.bare  # has no columns\n');
    desk.write('new.plan.yaml', stdout.replace('purpose: ""', 'purpose: odd tables'));
    const checked = await desk.run(['plan', 'check', 'new.plan.yaml', '--accept', '--json']);
    expect(JSON.parse(checked.stdout)).toMatchObject({ ok: true });
  });

  it('come whole and once, and what only a part of is seen is warned of', async () => {
    const { ok, findings } = await check('tables: [{ table: public.* }]', 'exclude: [public.bare]');
    expect(ok).toBe(true);
    expect(findings.map(({ severity, code, message }) => [severity, code, message])).toEqual([
      [
        'warning',
        'SOURCE/PARTLY_SEEN',
        'public.guarded: Row security is in force: this login may see only some of the rows.',
      ],
      [
        'warning',
        'PLAN/ROWS_TWICE',
        'public.parent: the rows of public.heir are read with it, and go out a second time as tables of their own.',
      ],
    ]);
    const run = await desk.json<RunResult>(['run', 'plan.yaml', '--out', 'out']);
    const found = Object.fromEntries(
      run.tables.map(({ table: [, name], sourceRows, writtenRows, rereadRows, verdict, why }) => {
        expect([name, writtenRows, rereadRows]).toEqual([name, sourceRows, sourceRows]);
        return [name, [sourceRows, verdict, ...(why === undefined ? [] : [why])]];
      }),
    );
    expect(found).toEqual({
      no_rows: [0, 'complete'],
      wide: [3, 'complete'],
      no_key: [3, 'complete'],
      [LONG_NAME]: [1, 'complete'],
      measured: [100, 'complete'],
      parent: [2, 'complete'],
      heir: [1, 'complete'],
      outside: [1, 'unproven', expect.stringContaining('public.outside')],
      split: [1, 'unproven', expect.stringContaining('public.split_there')],
      kept: [7, 'unproven', expect.stringContaining('public.kept')],
      seen: [9, 'complete'],
      guarded: [2, 'complete'],
      through: [2, 'unproven', expect.stringContaining('Row security')],
      past_it: [3, 'complete'],
    });
    const data = dataOf(run);
    const rowsOf = (file: string): string[] => (data[file] ?? '').split('\r\n').slice(1, -1);
    const expected = [1, 2, 3].map((n) => WIDEST.map((_, i) => n * i).join(','));
    expect(rowsOf('public.wide.csv')).toEqual(expected);
    expect(new Set(rowsOf('public.measured.csv')).size).toBe(100);
    expect(rowsOf('public.no_key.csv')).toEqual(['twice', 'twice', '']);
    expect(data['public.no_rows.csv']).toBe('id,note\r\n');
  });

  it('whose heirs repeat their keys are not cut by them, and are complete', async () => {
    const { findings } = await check('tables: [{ table: apart.keyed }]', 'package: { chunk: { rows: 2 } }');
    expect(findings.map(({ code, message }) => [code, message])).toContainEqual([
      'RUN/NOT_RESUMABLE',
      expect.stringContaining('since its key is not the only one: rows of apart.keyed_heir are read with its own'),
    ]);
    const run = await desk.json<RunResult>(['run', 'plan.yaml', '--out', 'out']);
    expect(run.tables).toMatchObject([{ sourceRows: 18, writtenRows: 18, rereadRows: 18, verdict: 'complete' }]);
    expect(run.tables[0]?.resources).toHaveLength(9);
  });

  it('of which a part is seen are in the record of the run, among what was let pass', async () => {
    await check('tables: [{ table: public.guarded }]');
    const { run } = await desk.json<RunResult>(['run', 'plan.yaml', '--out', 'out']);
    const record = JSON.parse(readFileSync(join(desk.home, 'runs', run, 'state.json'), 'utf8')) as {
      accepted: { warnings: readonly string[] };
    };
    expect(record.accepted.warnings).toEqual([expect.stringContaining('public.guarded: Row security is in force')]);
  });
});
