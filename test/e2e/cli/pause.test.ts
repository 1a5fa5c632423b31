import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPostgresDatabase } from '../../servers/shared-servers.ts';
import { Desk, type Ended, type Started } from './driver.ts';
import type { RunResult } from './results.ts';

let database: Awaited<ReturnType<typeof newPostgresDatabase>>;

beforeAll(async () => {
  database = await newPostgresDatabase();
  await database.sql('create table lines (id int primary key); insert into lines select generate_series(1, 2500)');
});
afterAll(() => database.drop());

/** A run that takes two seconds and a half, once it has read first rows. */
async function running(desk: Desk, limits = ''): Promise<Started> {
  await desk.connect(database.server, database.name);
  desk.write(
    'plan.yaml',
    `waybill: 1
name: slow
purpose: test
connection: shop
tables: [{ table: public.lines, columns: [id] }]
format: { type: csv }
limits: { rowsPerSecond: 1000${limits} }
`,
  );
  const args = ['run', 'plan.yaml', '--accept-catalog', '--out', 'out', '--progress', 'plain', '--json'];
  const run = desk.start(args);
  await run.says('public.lines: reading');
  return run;
}

const resultOf = ({ json }: Ended): RunResult & { summary: { time: { pausedMs: number | null } } } =>
  json as RunResult & { summary: { time: { pausedMs: number | null } } };

describe('a run at the command line', { timeout: 60_000 }, () => {
  it('is paused by SIGUSR2, says what that costs and for how long, and goes on by another one', async () => {
    using desk = new Desk();
    const run = await running(desk);
    run.child.kill('SIGUSR2');
    await run.says('Paused for 30 minutes at most; SIGUSR2 again goes on. The snapshot stays open. VACUUM keeps');
    const { runs } = await desk.json<{ runs: { state: string }[] }>(['runs']);
    expect(runs).toMatchObject([{ state: 'paused' }]);
    run.child.kill('SIGUSR2');
    await run.says('Going on after');
    const ended = await run.ended;
    expect(ended.code).toBe(0);
    const { state, tables, summary } = resultOf(ended);
    expect({ state, verdicts: tables.map(({ verdict }) => verdict) }).toEqual({
      ...{ state: 'succeeded', verdicts: ['complete'] },
    });
    expect(summary.time.pausedMs).toBeGreaterThan(0);
    // Whoever gets the package is told, and so is whoever audits the ledger.
    const told = /Pauses: Paused once, for \d[\d.]* m?s; its snapshot stayed open meanwhile\./;
    const verified = await desk.run(['verify', resultOf(ended).package]);
    expect(verified.stdout).toMatch(told);
    expect(verified.stdout).not.toMatch(/Hours:|Lost connections:|Moments:/);
    await desk.run(['ledger', 'bundle', '--out', 'audit']);
    const report = readFileSync(desk.path('audit', 'data', 'report.html'), 'utf8');
    expect(report).toMatch(/Pauses<\/th><td>Paused once, for \d[\d.]* m?s; its snapshot stayed open meanwhile\.</);
    expect(report).toMatch(/Moments<\/th><td>One: all rows are of the snapshot [\w-]+\.</);
  });

  it('is not paused where its plan forbids it, and bears being stopped as a process', async () => {
    using desk = new Desk();
    const run = await running(desk, ', pauseMinutes: 0');
    run.child.kill('SIGUSR2');
    await run.says('The run cannot be paused');
    run.child.kill('SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 500));
    run.child.kill('SIGCONT');
    const ended = await run.ended;
    expect([ended.code, resultOf(ended).state, resultOf(ended).summary.time.pausedMs]).toEqual([0, 'succeeded', null]);
  });
});
