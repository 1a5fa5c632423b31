import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPostgresDatabase } from '../../servers/shared-servers.ts';
import { Desk, type Started } from './driver.ts';
import { dataOf } from './package-data.ts';
import type { RunResult, VerifyDocument } from './results.ts';

const ROWS = 3000;
const SIZE = 24 * 1024;
let database: Awaited<ReturnType<typeof newPostgresDatabase>>;
/** The data files of a run that nothing disturbed, as quick as it goes. */
let undisturbed: Readonly<Record<string, string>>;

beforeAll(async () => {
  database = await newPostgresDatabase();
  // Rows of very different lengths: short ones, then long ones, and two that are longer than a part.
  await database.sql(`
    create table small (id int primary key, name text);
    insert into small select n, 'small ' || n from generate_series(1, 30) n;
    create table big (region text, id bigint, body text, primary key (region, id));
    insert into big select chr(97 + n / 1100), n,
      repeat('x', case when n in (700, 2400) then 60000 when n between 1500 and 1700 then 900 else n % 60 end)
      from generate_series(1, ${ROWS}) n;`);
  using desk = await newDesk(1, '');
  undisturbed = dataOf(await desk.json<RunResult>(RUN));
});
afterAll(() => database.drop());

const plan = (connections: number, pace: string): string => `waybill: 1
name: sized
purpose: test
connection: shop
tables:
  - { table: public.small }
  - { table: public.big }
format: { type: csv }
package: { chunk: { bytes: ${SIZE} } }
limits: { connections: ${connections}${pace} }
`;
const RUN = ['run', 'plan.yaml', '--accept-catalog', '--out', 'out'];

async function newDesk(connections = 1, pace = ', rowsPerSecond: 3000'): Promise<Desk> {
  const desk = new Desk();
  await desk.connect(database.server, database.name);
  desk.write('plan.yaml', plan(connections, pace));
  return desk;
}

/** Starts a run, and returns when so many parts of the large table are whole. */
async function standing(desk: Desk, { args, parts }: { args: readonly string[]; parts: number }): Promise<Started> {
  const run = desk.start([...args, '--progress', 'json', '--json']);
  await run.says('"type":"table.started","table":"public.big"');
  await expect
    .poll(() => filesIn(desk.path('out')).filter((name) => /\.partial\/.*big.*\.csv$/.test(name)).length, {
      interval: 10,
      timeout: 20_000,
    })
    .toBeGreaterThanOrEqual(parts);
  return run;
}

const filesIn = (folder: string): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' });

const endSessions = (which = ''): Promise<string> =>
  database.sql(
    `select pg_terminate_backend(pid, 5000) from pg_stat_activity
     where datname = current_database() and application_name like 'waybill%' ${which}`,
  );

async function lastRun(desk: Desk): Promise<string> {
  const { runs } = await desk.json<{ runs: { run: string }[] }>(['runs']);
  return runs[0]?.run ?? '';
}

const hiddenIn = (folder: string): string[] => readdirSync(folder).filter((name) => name.startsWith('.'));

describe('a table in parts of a size', { timeout: 120_000 }, () => {
  it('has none that is larger, but for a row that is, and all its rows in the order of the key', async () => {
    using desk = await newDesk(1, '');
    const check = await desk.run(['plan', 'check', 'plan.yaml', '--accept']);
    expect(check.stdout + check.stderr).not.toContain('from its beginning');
    const { package: folder, tables } = await desk.json<RunResult>(RUN);
    expect(tables[1]).toMatchObject({ verdict: 'complete', sourceRows: ROWS, writtenRows: ROWS, rereadRows: ROWS });
    const files = (tables[1]?.resources ?? []).map((path) => readFileSync(join(folder, path), 'utf8'));
    const rows = files.map((file) => file.split('\r\n').slice(1, -1));
    for (const [at, file] of files.entries()) {
      expect(file.startsWith('region,id,body\r\n')).toBe(true);
      if ((rows[at]?.length ?? 0) > 1) expect(file.length).toBeLessThanOrEqual(SIZE);
    }
    expect(rows.filter((own) => own.length === 1 && (own[0]?.length ?? 0) > SIZE)).toHaveLength(2);
    expect(rows.flat().map((row) => Number(row.split(',')[1]))).toEqual(
      Array.from({ length: ROWS }, (_, index) => index + 1),
    );
  });

  it('is gone on with behind its last whole part after kill -9, twice, and becomes what it would have been', async () => {
    using desk = await newDesk();
    const first = await standing(desk, { args: RUN, parts: 4 });
    first.child.kill('SIGKILL');
    await first.ended;
    await endSessions();
    const before = await lastRun(desk);
    const asked = await desk.run(['resume', before]);
    expect(asked.code).not.toBe(0);
    expect(asked.stderr).toMatch(/1 finished table and [3-9] parts of public\.big show/);
    const second = await standing(desk, { args: ['resume', before, '--two-snapshots'], parts: 9 });
    second.child.kill('SIGKILL');
    await second.ended;
    await endSessions();
    const between = await lastRun(desk);
    const resumed = await desk.json<RunResult>(['resume', between, '--two-snapshots']);
    expect(resumed.tables[1]).toMatchObject({ verdict: 'complete', sourceRows: ROWS, rereadRows: ROWS });
    expect(dataOf(resumed)).toEqual(undisturbed);
    const { verdict, story } = await desk.json<VerifyDocument>(['verify', resumed.package]);
    expect(verdict).toBe('CONSISTENT, NOT ANCHORED');
    const moments = story?.find(({ about }) => about === 'Moments')?.text ?? '';
    expect(moments).toMatch(new RegExp(`^Three moments\\. As run ${before} read it .*public\\.small, \\d+ parts? of`));
    expect(moments).toMatch(new RegExp(`As run ${between} read it .*: \\d+ parts? of public\\.big\\.`));
    expect(hiddenIn(desk.path('out'))).toEqual([]);
  });

  it('is read from the first part on that is no longer what was written', async () => {
    using desk = await newDesk();
    const started = await standing(desk, { args: RUN, parts: 4 });
    started.child.kill('SIGTERM');
    const ended = await started.ended;
    expect((ended.json as { tables: unknown[] }).tables[1]).toMatchObject({ resources: [], wholeParts: {} });
    const run = await lastRun(desk);
    expect((await desk.run(['runs', 'show', run])).stdout).toMatch(/public\.big: [3-9] parts are whole \(/);
    const [second] = filesIn(desk.path('out')).filter((name) => name.includes(run) && name.includes('big.0002'));
    rmSync(desk.path('out', second ?? 'none'));
    const { stderr } = await desk.run(['resume', run]);
    expect(stderr).toContain('1 finished table and 1 part of public.big show');
    const resumed = await desk.json<RunResult>(['resume', run, '--two-snapshots']);
    expect(dataOf(resumed)).toEqual(undisturbed);
    const { verdict } = await desk.json<VerifyDocument>(['verify', resumed.package]);
    expect(verdict).toBe('CONSISTENT, NOT ANCHORED');
  });

  it('goes on in the same snapshot when its reader is lost and another is there', async () => {
    using desk = await newDesk(2);
    // The table is begun by the younger reader once the older one has the other table.
    const run = await standing(desk, { args: RUN, parts: 3 });
    await endSessions(
      "and backend_start = (select max(backend_start) from pg_stat_activity where datname = current_database() and application_name like 'waybill%')",
    );
    const { code, json, stderr } = await run.ended;
    expect(code).toBe(0);
    const result = json as RunResult;
    expect(dataOf(result)).toEqual(undisturbed);
    expect(stderr).toContain('"type":"table.retry","table":"public.big"');
    expect(result.tables[1]).toMatchObject({ verdict: 'complete', sourceRows: ROWS });
  });
});
