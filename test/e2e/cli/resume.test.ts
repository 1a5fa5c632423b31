import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newPostgresDatabase } from '../../servers/shared-servers.ts';
import { Desk, errorOf, type Started } from './driver.ts';
import type { LedgerList, RunResult, VerifyDocument } from './results.ts';

let database: Awaited<ReturnType<typeof newPostgresDatabase>>;

beforeAll(async () => {
  database = await newPostgresDatabase();
  // As long as there is a row in "brake", the view never ends within a test.
  await database.sql(`
    create table brake (on_since int);
    create table first (id int primary key, name text);
    create table second (id int primary key, email text);
    create table last (id int primary key, name text);
    insert into first select n, 'one ' || n from generate_series(1, 20000) n;
    insert into second select n, 'person' || n || '@example.net' from generate_series(1, 20000) n;
    insert into last select n, 'last ' || n from generate_series(1, 300) n;
    create view slow as
      select id, name, case when id % 100 = 0 and exists (select from brake) then pg_sleep(0.2)::text end as pause from first;`);
});
afterAll(() => database.drop());
beforeEach(() => database.sql('delete from brake; delete from first where id > 20000'));

const PLAN = `waybill: 1
name: night
purpose: test
connection: shop
tables:
  - { table: public.first, columns: [id, name], orderBy: [id] }
  - { table: public.second, columns: [id, email], orderBy: [id], masks: { email: { mask: pseudonym, class: person.email } } }
  - { table: public.slow, columns: [id, name, pause], orderBy: [id], where: "id <= :most" }
  - { table: public.last, columns: [id, name], orderBy: [id] }
format: { type: csv }
params: { most: "20000" }
`;
const RUN = ['run', 'night.yaml', '--accept-catalog', '--out', 'out', '--param', 'most=15000'];

async function newDesk(): Promise<Desk> {
  const desk = new Desk();
  await desk.connect(database.server, database.name);
  desk.write('night.yaml', PLAN);
  return desk;
}

/** Starts something that stands still in the third table once the first two are whole. */
async function standing(desk: Desk, args: readonly string[]): Promise<Started> {
  await database.sql('insert into brake values (1)');
  const run = desk.start([...args, '--progress', 'json', '--json']);
  await run.says('"type":"table.started","table":"public.slow"');
  return run;
}

/** A server does not hear at once that a process on its other end died, and keeps its locks until it does. */
function endSessions(): Promise<string> {
  return database.sql(
    "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and application_name like 'waybill%'",
  );
}

async function stopped(desk: Desk, how: NodeJS.Signals, args: readonly string[] = RUN): Promise<string> {
  const run = await standing(desk, args);
  run.child.kill(how);
  await run.ended;
  await endSessions();
  await database.sql('delete from brake');
  const { runs } = await desk.json<{ runs: { run: string }[] }>(['runs']);
  return runs[0]?.run ?? '';
}

function dataOf({ package: folder }: Pick<RunResult, 'package'>): Record<string, string> {
  const data = join(folder, 'data');
  return Object.fromEntries(readdirSync(data).map((name) => [name, readFileSync(join(data, name), 'utf8')]));
}

async function requireVerified(desk: Desk, { package: folder }: Pick<RunResult, 'package'>): Promise<void> {
  const { verdict } = await desk.json<VerifyDocument>(['verify', folder]);
  expect(verdict).toBe('CONSISTENT, NOT ANCHORED');
}

interface Kept extends Omit<RunResult, 'tables'> {
  readonly tables: readonly (RunResult['tables'][number] & { readonly readBy?: { readonly run: string } })[];
}

describe('a run that was killed', { timeout: 120_000 }, () => {
  it('is gone on with: what was whole is kept, the rest is read, and the package is the one that it would have been', async () => {
    using desk = await newDesk();
    const undisturbed = await desk.json<RunResult>(RUN);
    const run = await stopped(desk, 'SIGKILL');
    const hidden = readdirSync(desk.path('out')).filter((name) => name.startsWith('.'));
    expect(hidden).toHaveLength(1);

    const resumed = await desk.json<Kept>(['resume', run, '--two-snapshots']);
    expect(resumed).toMatchObject({ state: 'succeeded' });
    expect(resumed.tables.map(({ name, verdict, readBy }) => [name, verdict, readBy?.run])).toEqual([
      ['public.first', 'complete', run],
      ['public.second', 'complete', run],
      ['public.slow', 'complete', undefined],
      ['public.last', 'complete', undefined],
    ]);
    expect(dataOf(resumed)).toEqual(dataOf(undisturbed));
    await requireVerified(desk, resumed);
    // Nothing of the run that died is left to be explained.
    expect(readdirSync(desk.path('out')).filter((name) => name.startsWith('.'))).toEqual([]);

    const statement = JSON.parse(readFileSync(join(resumed.package, 'delivery.dsse.json'), 'utf8')) as {
      payload: string;
    };
    const { predicate } = JSON.parse(Buffer.from(statement.payload, 'base64').toString('utf8')) as {
      predicate: { tables: { name: string; readBy?: { run: string; snapshot: string } }[] };
    };
    expect(predicate.tables.map(({ readBy }) => readBy?.run)).toEqual([run, run, undefined, undefined]);

    const { entries } = await desk.json<LedgerList>(['ledger', 'list']);
    expect(entries.slice(-6).map(({ type }) => type)).toEqual([
      ...[
        'export.started',
        'export.interrupted',
        'export.started',
        'export.resumed',
        'package.sealed',
        'export.completed',
      ],
    ]);
    const told = entries.findLast(({ type }) => type === 'export.resumed');
    const entry = await desk.run(['ledger', 'show', String(told?.seq), '--json']);
    expect(entry.stdout).toContain(run);
    expect((await desk.run(['runs', 'show', resumed.run])).stdout).toContain(`run ${run}`);
    // What was accepted for that run holds for this one, and is on record; what the plan was given stays at home.
    const shown = await desk.run(['runs', 'show', resumed.run, '--json']);
    expect(shown.json).toMatchObject({ resumes: run, accepted: { catalog: true } });
    expect(shown.stdout + (await desk.run(['runs', '--json'])).stdout).not.toContain('"params"');
  });

  it('wants to hear that two snapshots are meant, and says how to go on', async () => {
    using desk = await newDesk();
    const run = await stopped(desk, 'SIGKILL');
    const refused = await desk.run(['resume', run, '--json']);
    expect([refused.code, errorOf(refused)]).toEqual([
      5,
      expect.objectContaining({ code: 'RUN/TWO_SNAPSHOTS', remedy: expect.stringContaining('--start-over') as string }),
    ]);
    const over = await desk.json<Kept>(['resume', run, '--start-over']);
    expect(over.tables.map(({ verdict, readBy }) => [verdict, readBy])).toEqual(
      Array.from({ length: 4 }, () => ['complete', undefined]),
    );
    await requireVerified(desk, over);
  });

  it('shows in each table the database as it was when that table was read', async () => {
    using desk = await newDesk();
    const run = await stopped(desk, 'SIGKILL');
    await database.sql("insert into first values (20001, 'new'); update last set name = 'changed' where id = 1");
    const resumed = await desk.json<Kept>(['resume', run, '--two-snapshots']);
    await database.sql("update last set name = 'last 1' where id = 1");
    expect(dataOf(resumed)['public.first.csv']).not.toContain('new');
    expect(dataOf(resumed)['public.last.csv']).toContain('changed');
    expect(resumed.tables.map(({ verdict }) => verdict)).toEqual(['complete', 'complete', 'complete', 'complete']);
  });

  it('can be killed again while it is gone on with, and again', async () => {
    using desk = await newDesk();
    const undisturbed = await desk.json<RunResult>(RUN);
    let run = await stopped(desk, 'SIGKILL');
    const first = run;
    for (let again = 0; again < 2; again++) run = await stopped(desk, 'SIGKILL', ['resume', run, '--two-snapshots']);
    const late = await desk.run(['resume', first, '--two-snapshots', '--json']);
    expect([late.code, errorOf(late).code]).toEqual([5, 'RUN/NOT_RESUMABLE']);
    const resumed = await desk.json<Kept>(['resume', run, '--two-snapshots']);
    expect(resumed.tables.map(({ readBy }) => readBy?.run)).toEqual([first, first, undefined, undefined]);
    expect(dataOf(resumed)).toEqual(dataOf(undisturbed));
    await requireVerified(desk, resumed);
    expect(readdirSync(desk.path('out')).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('reads a table again whose file has changed since', async () => {
    using desk = await newDesk();
    const undisturbed = await desk.json<RunResult>(RUN);
    const run = await stopped(desk, 'SIGKILL');
    const hidden = readdirSync(desk.path('out')).find((name) => name.startsWith('.')) ?? '';
    const file = desk.path('out', hidden, 'data', 'public.first.csv');
    const bytes = readFileSync(file);
    bytes[1000] = (bytes[1000] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    const resumed = await desk.json<Kept>(['resume', run, '--two-snapshots']);
    expect(resumed.tables.map(({ readBy }) => readBy?.run)).toEqual([undefined, run, undefined, undefined]);
    expect(dataOf(resumed)).toEqual(dataOf(undisturbed));
  });
});

describe('a run that was cancelled', { timeout: 120_000 }, () => {
  it('is gone on with, and its own package stays as it was sealed', async () => {
    using desk = await newDesk();
    const run = await stopped(desk, 'SIGINT');
    const sealed = desk.path('out', `night-${run}.incomplete`);
    const before = statSync(join(sealed, 'data', 'public.first.csv'));
    const resumed = await desk.json<Kept>(['resume', run, '--two-snapshots']);
    expect(resumed.tables.map(({ verdict, readBy }) => [verdict, readBy?.run])).toEqual([
      ...[
        ['complete', run],
        ['complete', run],
        ['complete', undefined],
        ['complete', undefined],
      ],
    ]);
    await requireVerified(desk, resumed);
    expect((await desk.json<VerifyDocument>(['verify', sealed])).verdict).toBe('CONSISTENT, NOT ANCHORED');
    const copy = statSync(join(resumed.package, 'data', 'public.first.csv'));
    expect(statSync(join(sealed, 'data', 'public.first.csv')).ino).toBe(before.ino);
    expect(copy.ino).not.toBe(before.ino);
    expect(copy.mode & 0o777).toBe(0o600);
  });
});

describe('a run that cannot be gone on with', { timeout: 120_000 }, () => {
  it('is refused, with what to do instead, and nothing is written', async () => {
    using desk = await newDesk();
    const done = await desk.json<RunResult>(RUN);
    const refusal = async (run: string) => {
      const ended = await desk.run(['resume', run, '--two-snapshots', '--json']);
      return [ended.code, errorOf(ended).code];
    };
    expect(await refusal(done.run)).toEqual([5, 'RUN/NOT_RESUMABLE']);
    expect(await refusal('01JD0000000000000000000000')).toEqual([4, 'RUN/ABSENT']);
    expect(await refusal('nonsense')).toEqual([4, 'RUN/ABSENT']);

    const alive = await standing(desk, RUN);
    const { runs } = await desk.json<{ runs: { run: string }[] }>(['runs']);
    expect(await refusal(runs[0]?.run ?? '')).toEqual([5, 'RUN/NOT_RESUMABLE']);
    alive.child.kill('SIGKILL');
    await alive.ended;
    await endSessions();
    await database.sql('delete from brake; alter table last add column more int');
    try {
      expect(await refusal(runs[0]?.run ?? '')).toEqual([5, 'RUN/NOT_RESUMABLE']);
    } finally {
      await database.sql('alter table last drop column more');
    }
    const folders = readdirSync(desk.path('out')).filter((name) => !name.startsWith('.'));
    expect(folders).toEqual([done.package.split('/').at(-1)]);
    expect(existsSync(done.package)).toBe(true);
  });

  it('is refused when its pseudonym key is gone', async () => {
    using desk = await newDesk();
    desk.write('night.yaml', `${PLAN}pseudonyms: { key: client, domain: night }\n`);
    await desk.json(['key', 'add', 'client']);
    const run = await stopped(desk, 'SIGKILL');
    await desk.json(['key', 'destroy', 'client', '--yes']);
    const refused = await desk.run(['resume', run, '--two-snapshots', '--json']);
    expect([refused.code, errorOf(refused).code]).toEqual([4, 'MASK/KEY_MISSING']);
    expect(readdirSync(desk.path('out')).filter((name) => !name.startsWith('.'))).toEqual([]);
  });
});
