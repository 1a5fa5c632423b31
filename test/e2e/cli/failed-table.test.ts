// One table of a run fails; the others are whole, and everything that tells of the run says which is which.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newMariadbDatabase, newPostgresDatabase } from '../../servers/shared-servers.ts';
import { SqliteOwner } from '../../contract/connectors/sqlite-owner.ts';
import { Desk } from './driver.ts';
import type { LedgerList, RunResult, VerifyDocument } from './results.ts';

/** A table of the plan: its lines, and the code it fails with; null: it is complete. */
interface Case {
  readonly name: string;
  readonly lines: readonly string[];
  readonly error: string | null;
}

const WHOLE = 20;

function planOf(cases: readonly Case[], connection: string): string {
  const head = [
    'waybill: 1',
    'name: parts',
    'purpose: test',
    `connection: ${connection}`,
    'format: { type: csv }',
    'tables:',
  ];
  return `${[...head, ...cases.flatMap(({ lines }) => lines)].join('\n')}\n`;
}

const tableOf = (name: string, more: readonly string[] = []): readonly string[] => [
  `  - table: ${name}`,
  '    columns: [id]',
  ...more,
];

/** Runs the plan for a script and for a person; gives what the person read. */
async function expectPartial(desk: Desk, cases: readonly Case[], connection = 'shop'): Promise<string> {
  desk.write('plan.yaml', planOf(cases, connection));
  const args = ['run', 'plan.yaml', '--accept-catalog', '--out', 'out'];
  const script = await desk.run([...args, '--json']);
  const result = script.json as RunResult;
  const failed = cases.filter(({ error }) => error !== null);
  expect([script.code, result.state]).toEqual([12, 'partial']);
  expect(result.tables.map(({ name, error }) => [name, error?.code ?? null])).toEqual(
    cases.map(({ name, error }) => [name, error]),
  );
  for (const { name, verdict, writtenRows, resources, error } of result.tables) {
    const whole = error === undefined;
    expect([name, verdict, resources.length]).toEqual([name, whole ? 'complete' : 'incomplete', whole ? 1 : 0]);
    if (whole) expect([name, writtenRows]).toEqual([name, WHOLE]);
    else expect(error.message).toContain(name);
  }
  expect(result.package).toBe(desk.path('out', `parts-${result.run}.incomplete`));
  const verified = await desk.json<VerifyDocument>(['verify', result.package]);
  expect(verified.verdict).toBe('CONSISTENT, NOT ANCHORED');

  const { entries } = await desk.json<LedgerList>(['ledger', 'list']);
  const last = entries.findLast(({ type }) => type === 'export.completed');
  const shown = await desk.json<unknown>(['ledger', 'show', String(last?.seq)]);
  expect(shown).toMatchObject({
    entry: {
      data: {
        ...{ outcome: 'failure', state: 'partial', correlation: result.run, error: failed[0]?.error },
        tables: cases.map(({ name, error }) => ({
          name,
          verdict: error === null ? 'complete' : 'incomplete',
          ...(error === null ? { written: WHOLE } : { error }),
        })),
      },
    },
  });
  expect(await desk.json(['runs', 'show', result.run])).toMatchObject({ state: 'partial', package: result.package });
  const person = await desk.run([...args, '--quiet']);
  expect(person.code).toBe(12);
  return `${person.stdout}\n${person.stderr}`;
}

/** Line of the plan at which a text stands. */
const lineOf = (cases: readonly Case[], text: string): number =>
  planOf(cases, '')
    .split('\n')
    .findIndex((line) => line.includes(text)) + 1;

// Each test is a dozen commands.
describe('a table that fails in the middle of a run', { timeout: 120_000 }, () => {
  const cleanUp: (() => Promise<unknown>)[] = [];
  let desk: Desk;
  beforeAll(() => {
    desk = new Desk();
  });
  afterAll(async () => {
    for (const step of cleanUp) await step();
    desk[Symbol.dispose]();
  });

  it('of PostgreSQL takes no other table with it', async () => {
    const database = await newPostgresDatabase();
    const reader = `${database.name}_ro`;
    cleanUp.push(async () => {
      await database.sql(`drop owned by ${reader}; drop role ${reader}; drop role ${reader}_owner;`).catch(() => null);
      await database.drop();
    });
    await database.sql(`
      create role ${reader} login password 'read-only'; create role ${reader}_owner;
      create table first as select generate_series(1, ${WHOLE}) as id;
      create table last as table first; create table secret as table first; create table behind as table first;
      create schema closed; create table closed.inner as table first;
      create view shown as select 100 / (id - 5) as id from first;
      create view foreign_owned as select id from behind; alter view foreign_owned owner to ${reader}_owner;
      grant select on first, last, shown, foreign_owned to ${reader}; grant select on closed.inner to ${reader};`);
    await desk.connect(database.server, database.name, { user: reader, password: 'read-only' });
    const cases: readonly Case[] = [
      { name: 'public.first', lines: tableOf('public.first'), error: null },
      { name: 'public.secret', lines: tableOf('public.secret'), error: 'SOURCE/PERMISSION_DENIED' },
      {
        name: 'divided',
        lines: [
          '  - query: "select 1 / (id - 5) as q from first"',
          '    name: divided',
          '    columns: { q: { unmasked: ok } }',
        ],
        error: 'SOURCE/QUERY_FAILED',
      },
      { name: 'public.shown', lines: tableOf('public.shown'), error: 'SOURCE/QUERY_FAILED' },
      { name: 'public.foreign_owned', lines: tableOf('public.foreign_owned'), error: 'SOURCE/PERMISSION_DENIED' },
      { name: 'closed.inner', lines: tableOf('closed.inner'), error: 'SOURCE/PERMISSION_DENIED' },
      {
        name: 'public.behind',
        lines: tableOf('public.behind', ['    where: "id < 3"']),
        error: 'SOURCE/PERMISSION_DENIED',
      },
      { name: 'public.last', lines: tableOf('public.last', ['    where: "id > 0"']), error: null },
    ];
    const told = await expectPartial(desk, cases);
    expect(told).toContain(`public.secret (line ${lineOf(cases, 'public.secret')} of the plan)`);
    expect(told).toContain('SQLSTATE 42501');
    expect(told).toContain(`GRANT SELECT ON "public"."secret" TO "${reader}"`);
    expect(told).toContain(`divided (line ${lineOf(cases, '- query')} of the plan)`);
    expect(told).toMatch(/division by zero.*SQLSTATE 22012/);
  });

  it('of PostgreSQL names the line of its condition and never a literal of it', async () => {
    const database = await newPostgresDatabase();
    cleanUp.push(() => database.drop());
    await database.sql(`create table first as select generate_series(1, ${WHOLE}) as id; create table last as table first;
      create table texts as select 'c4nary' || id as id from first;`);
    await desk.connect(database.server, database.name, { name: 'own' });
    const where = '    where: "id::int > 7 or id = \'l1teral\'"';
    const cases: readonly Case[] = [
      { name: 'public.first', lines: tableOf('public.first'), error: null },
      { name: 'public.texts', lines: tableOf('public.texts', [where]), error: 'SOURCE/QUERY_FAILED' },
      { name: 'public.last', lines: tableOf('public.last'), error: null },
    ];
    const told = await expectPartial(desk, cases, 'own');
    expect(told).toContain(`public.texts (line ${lineOf(cases, 'where')} of the plan)`);
    expect(told).toContain('SQLSTATE 22P02');
    expect(told).not.toMatch(/c4nary|l1teral/);
  });

  it('of MariaDB takes no other table with it', async () => {
    const database = await newMariadbDatabase();
    const reader = `r${database.name.slice(-8)}`;
    const { name } = database;
    cleanUp.push(async () => {
      await database.sql(`drop user ${reader}`);
      await database.drop();
    });
    await database.sql(`
      create table first as select seq as id from seq_1_to_${WHOLE};
      create table last as select id from first; create table secret as select id from first;
      create view shown as select id from first where id > (select id from last);
      create user ${reader} identified by 'read-only'; grant insert on ${name}.secret to ${reader};
      grant select on ${name}.first to ${reader}; grant select on ${name}.last to ${reader};
      grant select on ${name}.shown to ${reader};`);
    const login = { name: 'maria', connector: 'mysql', user: reader, password: 'read-only' };
    await desk.connect(database.server, name, login);
    const cases: readonly Case[] = [
      { name: `${name}.first`, lines: tableOf(`${name}.first`), error: null },
      { name: `${name}.secret`, lines: tableOf(`${name}.secret`), error: 'SOURCE/PERMISSION_DENIED' },
      { name: `${name}.shown`, lines: tableOf(`${name}.shown`), error: 'SOURCE/QUERY_INVALID' },
      {
        name: 'large',
        lines: [
          '  - query: "select exp(id * 100) as q from first"',
          '    name: large',
          '    columns: { q: { unmasked: ok } }',
        ],
        error: 'SOURCE/QUERY_FAILED',
      },
      { name: `${name}.last`, lines: tableOf(`${name}.last`, ['    where: "id > 0"']), error: null },
    ];
    const told = await expectPartial(desk, cases, 'maria');
    expect(told).toContain(`${name}.secret (line ${lineOf(cases, '.secret')} of the plan)`);
    expect(told).toContain('error 1142');
    expect(told).toContain(`GRANT SELECT ON \`${name}\`.\`secret\``);
    expect(told).toContain(`large (line ${lineOf(cases, '- query')} of the plan)`);
    expect(told).toContain('error 1690');
  });

  it('of SQLite takes no other table with it', async () => {
    const owner = new SqliteOwner(desk.path('shop.db'));
    cleanUp.push(() => owner.stop());
    await owner.run(`create table first (id INTEGER PRIMARY KEY); create table last (id INTEGER PRIMARY KEY);
      insert into first with recursive n (i) as (select 1 union all select i + 1 from n where i < ${WHOLE}) select i from n;
      insert into last select id from first;
      create view shown as select abs(-9223372036854775803 - id) as id from first;`);
    await desk.json(['connection', 'add', 'file', '--connector', 'sqlite', '--file', desk.path('shop.db')]);
    const where = '    where: "abs(-9223372036854775803 - id) > 0"';
    const cases: readonly Case[] = [
      { name: 'main.first', lines: tableOf('main.first', [where]), error: 'SOURCE/QUERY_INVALID' },
      { name: 'main.shown', lines: tableOf('main.shown'), error: 'SOURCE/QUERY_INVALID' },
      { name: 'main.last', lines: tableOf('main.last'), error: null },
    ];
    const told = await expectPartial(desk, cases, 'file');
    expect(told).toContain(`main.first (line ${lineOf(cases, 'where')} of the plan)`);
    expect(told).toContain('result code 1');
  });
});
