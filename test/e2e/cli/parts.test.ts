import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPostgresDatabase } from '../../servers/shared-servers.ts';
import { Desk, type Started } from './driver.ts';
import type { LedgerList, RunResult, VerifyDocument } from './results.ts';

let database: Awaited<ReturnType<typeof newPostgresDatabase>>;

beforeAll(async () => {
  database = await newPostgresDatabase();
  await database.sql(`
    create table small (id int primary key, name text);
    insert into small select n, 'small ' || n from generate_series(1, 30) n;
    create table big (region text, id bigint, email text, primary key (region, id));
    insert into big select chr(97 + n % 3), 9007199254740990 + n, 'person' || n || '@example.net' from generate_series(1, 5000) n;
    create table bare (id int);
    insert into bare select generate_series(1, 10);`);
});
afterAll(() => database.drop());

const plan = (more = '', tables = ''): string => `waybill: 1
name: night
purpose: test
connection: shop
tables:
  - { table: public.small }
  - { table: public.big, columns: [id, email], masks: { email: { mask: pseudonym, class: person.email } } }
${tables}format: { type: csv }
package: { chunk: { rows: 1000 }, compress: zstd }
limits: { rowsPerSecond: 2000 }
${more}`;
const RUN = ['run', 'night.yaml', '--accept-catalog', '--out', 'out'];

async function newDesk(text = plan()): Promise<Desk> {
  const desk = new Desk();
  await desk.connect(database.server, database.name);
  desk.write('night.yaml', text);
  return desk;
}

/** Starts a run, and returns when two parts at least of the large table are whole. */
async function standing(desk: Desk, args: readonly string[]): Promise<Started> {
  const run = desk.start([...args, '--progress', 'json', '--json']);
  await run.says('"type":"table.started","table":"public.big"');
  await expect
    .poll(() => partsIn(desk.path('out')).filter((name) => /\.partial\/.*big.*\.zst$/.test(name)).length, {
      interval: 20,
    })
    .toBeGreaterThanOrEqual(3);
  return run;
}

/** Files of both tables, wherever they are. */
function partsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('public.'));
}

function endSessions(): Promise<string> {
  return database.sql(
    "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and application_name like 'waybill%'",
  );
}

async function lastRun(desk: Desk): Promise<string> {
  const { runs } = await desk.json<{ runs: { run: string }[] }>(['runs']);
  return runs[0]?.run ?? '';
}

function dataOf({ package: folder }: Pick<RunResult, 'package'>): Record<string, string> {
  const data = join(folder, 'data');
  return Object.fromEntries(readdirSync(data).map((name) => [name, readFileSync(join(data, name), 'base64')]));
}

const hiddenIn = (folder: string): string[] => readdirSync(folder).filter((name) => name.startsWith('.'));

interface Told extends Omit<RunResult, 'tables'> {
  readonly tables: readonly (RunResult['tables'][number] & {
    readonly wholeParts?: { readonly parts: number; readonly of: number | null };
  })[];
}

async function goesOn(desk: Desk, run: string, undisturbed: RunResult): Promise<void> {
  const resumed = await desk.json<RunResult>(['resume', run, '--two-snapshots']);
  expect(resumed.state).toBe('succeeded');
  expect(resumed.tables).toMatchObject([
    { name: 'public.small', verdict: 'complete' },
    { name: 'public.big', verdict: 'complete', sourceRows: 5000, writtenRows: 5000, rereadRows: 5000 },
  ]);
  expect(dataOf(resumed)).toEqual(dataOf(undisturbed));
  const { verdict } = await desk.json<VerifyDocument>(['verify', resumed.package]);
  expect(verdict).toBe('CONSISTENT, NOT ANCHORED');
  const statement = JSON.parse(readFileSync(join(resumed.package, 'delivery.dsse.json'), 'utf8')) as {
    payload: string;
  };
  const { predicate } = JSON.parse(Buffer.from(statement.payload, 'base64').toString('utf8')) as {
    predicate: { tables: { name: string; parts?: { path: string; readBy: { run: string } }[] }[] };
  };
  const parts = predicate.tables.find(({ name }) => name === 'public.big')?.parts ?? [];
  expect(parts.length).toBeGreaterThanOrEqual(1);
  expect(parts.every(({ readBy }) => readBy.run === run)).toBe(true);
  const { entries } = await desk.json<LedgerList>(['ledger', 'list']);
  expect(entries.map(({ type }) => type)).toContain('export.resumed');
  // Nothing is left to be explained.
  expect(hiddenIn(desk.path('out'))).toEqual([]);
}

describe('a table in parts that breaks off', { timeout: 120_000 }, () => {
  it('is gone on with after kill -9 from the part that was not whole, and becomes what it would have been', async () => {
    using desk = await newDesk();
    const undisturbed = await desk.json<RunResult>(RUN);
    expect(Object.keys(dataOf(undisturbed))).toEqual([
      ...[1, 2, 3, 4, 5].map((part) => `public.big.000${part}.csv.zst`),
      'public.small.0001.csv.zst',
    ]);
    rmSync(undisturbed.package, { recursive: true, force: true });
    const again = await desk.json<RunResult>(RUN);
    const started = await standing(desk, RUN);
    started.child.kill('SIGKILL');
    await started.ended;
    await endSessions();
    const run = await lastRun(desk);
    const { stderr } = await desk.run(['resume', run]);
    expect(stderr).toMatch(/1 finished table and [1234] parts? of public\.big/);
    await goesOn(desk, run, again);
  });

  it('keeps its whole parts beside the package when the server ends it, and the package verifies without them', async () => {
    using desk = await newDesk();
    const undisturbed = await desk.json<RunResult>(RUN);
    const started = await standing(desk, RUN);
    await endSessions();
    const { code, json } = await started.ended;
    expect(code).toBe(12);
    const told = json as Told;
    expect(told).toMatchObject({ state: 'partial' });
    expect(told.tables[1]).toMatchObject({ resources: [], wholeParts: { parts: expect.any(Number) } });
    const { verdict } = await desk.json<VerifyDocument>(['verify', told.package]);
    expect(verdict).toBe('CONSISTENT, NOT ANCHORED');
    expect(partsIn(told.package)).toEqual(['data/public.small.0001.csv.zst']);
    const { stdout } = await desk.run(['runs', 'show', told.run]);
    expect(stdout).toMatch(/public\.big: [1234] (?:of 5 )?parts? (?:is|are) whole/);
    await goesOn(desk, told.run, undisturbed);
  });

  it('can be killed again while it is gone on with, and keeps what both runs had', async () => {
    using desk = await newDesk();
    const undisturbed = await desk.json<RunResult>(RUN);
    const first = await standing(desk, RUN);
    first.child.kill('SIGKILL');
    await first.ended;
    await endSessions();
    const second = desk.start(['resume', await lastRun(desk), '--two-snapshots', '--progress', 'json', '--json']);
    await second.says('"type":"table.progress","table":"public.big"');
    second.child.kill('SIGKILL');
    await second.ended;
    await endSessions();
    const { stderr } = await desk.run(['resume', await lastRun(desk)]);
    expect(stderr).toMatch(/1 finished table and [2-5] parts of public\.big/);
    const resumed = await desk.json<RunResult>(['resume', await lastRun(desk), '--two-snapshots']);
    expect(dataOf(resumed)).toEqual(dataOf(undisturbed));
    expect(hiddenIn(desk.path('out'))).toEqual([]);
  });

  it('reads a part again that is no longer what was written', async () => {
    using desk = await newDesk();
    const undisturbed = await desk.json<RunResult>(RUN);
    const started = await standing(desk, RUN);
    started.child.kill('SIGTERM');
    await started.ended;
    const run = await lastRun(desk);
    const [first] = partsIn(desk.path('out')).filter(
      (name) => name.includes(`${run}.partial`) && name.includes('big.0001'),
    );
    rmSync(desk.path('out', first ?? 'none'));
    const { stderr } = await desk.run(['resume', run]);
    expect(stderr).toMatch(/[123] parts? of public\.big/);
    const resumed = await desk.json<RunResult>(['resume', run, '--two-snapshots']);
    expect(dataOf(resumed)).toEqual(dataOf(undisturbed));
  });
});

describe('a table in parts', () => {
  it('that another count contradicts stays in its package with its parts, as incomplete', async () => {
    using desk = await newDesk(
      plan('', '').replace('columns: [id, email], ', 'columns: [id, email], where: "random() < 0.5", '),
    );
    const { code, json } = await desk.run([...RUN, '--json']);
    expect(code).toBe(9);
    const told = json as Told;
    expect(told.tables[1]).toMatchObject({ name: 'public.big', verdict: 'incomplete' });
    expect(told.tables[1]?.resources.length).toBeGreaterThan(0);
    const { verdict } = await desk.json<VerifyDocument>(['verify', told.package]);
    expect(verdict).toBe('CONSISTENT, NOT ANCHORED');
    expect(hiddenIn(desk.path('out'))).toEqual([]);
  });
});

describe('a table that has no key', () => {
  it('is said before the run to be read from its beginning again, and is in parts all the same', async () => {
    using desk = await newDesk(plan('', '  - { table: public.bare }\n'));
    const { stdout, stderr } = await desk.run(['plan', 'check', 'night.yaml', '--accept']);
    expect(stdout + stderr).toContain(
      'public.bare: a run that breaks off reads it from its beginning again, since it has no primary key.',
    );
    const { tables } = await desk.json<RunResult>(RUN);
    expect(tables[2]).toMatchObject({ name: 'public.bare', verdict: 'complete', sourceRows: 10 });
  });
});
