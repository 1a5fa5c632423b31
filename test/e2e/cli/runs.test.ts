// What a person is told of a run afterwards, above all of one that failed.
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../src-main/ports/store.ts';
import { createFaultStore, type StoreCall } from '../../fakes/fault-store.ts';
import { Desk, type Ended, errorOf } from './driver.ts';
import { runInProcess } from './in-process.ts';
import type { RunResult } from './results.ts';

interface LeftOver {
  readonly folder: string;
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
}

let desk: Desk;

beforeEach(async () => {
  desk = new Desk();
  using database = new DatabaseSync(desk.path('shop.db'));
  for (const name of ['first', 'second']) {
    database.exec(`create table ${name} (id integer primary key);
      insert into ${name} values (1), (2), (3);`);
  }
  await desk.json(['connection', 'add', 'shop', '--connector', 'sqlite', '--file', desk.path('shop.db')]);
  const tables = ['first', 'second'].map((name) => `  - { table: main.${name}, columns: [id] }\n`).join('');
  const name = 'a-plan-whose-name-is-rather-long';
  const head = `waybill: 1\nname: ${name}\npurpose: test\nconnection: shop\nformat: { type: csv }\n`;
  desk.write('plan.yaml', `${head}tables:\n${tables}`);
  await desk.json(['plan', 'check', 'plan.yaml', '--accept']);
});
afterEach(() => desk[Symbol.dispose]());

const RUN = ['run', 'plan.yaml', '--out', 'out'];

/** Runs on a disk that is full for the calls that `on` selects. */
function runOnFullDisk(on: (call: StoreCall, path: string) => boolean): Promise<Ended> {
  const wrap = (inner: Store): Store => createFaultStore(inner, { fault: 'ENOSPC', nth: 1, lasting: true, on });
  return runInProcess(desk, RUN, wrap);
}

/** What `runs show` prints for a person; in 80 columns, but for paths, which are there to be copied. */
async function told(run: string): Promise<string> {
  const { stdout } = await desk.run(['runs', 'show', run]);
  for (const line of stdout.split('\n').filter((each) => !each.includes('/'))) expect(line.length).toBeLessThan(81);
  return stdout;
}

describe('runs', { timeout: 60_000 }, () => {
  it('shows one that succeeded as it told itself, and for a person with its tables, package and ledger entry', async () => {
    const result = await desk.json<RunResult>(RUN);
    expect(await desk.json(['runs', 'show', result.run])).toMatchObject({ ...result });
    const text = await told(result.run);
    expect(text).toMatch(/^state +succeeded$/m);
    expect(text).toMatch(/^started +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/m);
    expect(text).toMatch(/^plan +a-plan-whose-name-is-rather-long$/m);
    expect(text).toMatch(/^connection +shop$/m);
    expect(text).toMatch(new RegExp(`^ledger +entry ${result.ledger.seq};`, 'm'));
    expect(text).toMatch(/^main\.first +complete +3 +3 +3 +\d+ B$/m);
    expect(text).toContain(`\nPlan file: ${desk.path('plan.yaml')}\nPackage: ${result.package}\n`);
    expect(text).not.toMatch(/Left behind/);
  });

  it('reports at its end how much and how quick it was, and where the time went, and keeps that', async () => {
    const ended = await desk.run(RUN);
    expect(ended.stdout).toMatch(/^ {2}Tables: 2 complete$/m);
    expect(ended.stdout).toMatch(
      /^ {2}Written: 6 rows, \d+ B in 2 files in \S+ (ms|s); \d+ rows\/s, [\d.]+ (B|KiB)\/s$/m,
    );
    expect(ended.stdout).toMatch(/^ {2}Time: .* waiting for first rows, [^]* sealing$/m);
    expect(ended.stdout).toMatch(/^ {2}SLOWEST +TOOK +ROWS\/S +SIZE\/S +WAITING +WRITING +CHECKING$/m);
    const { runs } = await desk.json<{ runs: { run: string; summary: RunResult['summary'] }[] }>(['runs']);
    const { run = '', summary } = runs[0] ?? {};
    const text = await told(run);
    const report = ended.stdout.split('\n').filter((line) => line.startsWith('  ') && !line.includes('main.'));
    for (const line of report.filter((each) => /Tables:|Written:|SLOWEST/.test(each)))
      expect(text).toContain(`${line}\n`);
    const shown = await desk.json<RunResult>(['runs', 'show', run]);
    expect(shown.summary).toEqual(summary);
    expect(summary).toMatchObject({
      tables: { planned: 2, complete: 2, unproven: 0, failed: 0, notReached: 0, kept: 0 },
      ...{ rows: 6, files: 2 },
    });
    expect(summary?.slowest.map(({ name }) => name).toSorted()).toEqual(['main.first', 'main.second']);
    // In the report that the ledger vouches for, too.
    const kept = JSON.parse(readFileSync(join(desk.home, 'runs', run, 'report.json'), 'utf8')) as RunResult;
    expect(kept.summary).toEqual(summary);
    expect((await desk.run([...RUN, '--quiet'])).stdout.trim().split('\n')).toHaveLength(1);
  });

  it('names in JSON the folder that the package lies in, and no hidden one that is gone', async () => {
    const { run, package: folder } = await desk.json<RunResult>(RUN);
    expect(folder).toBe(desk.path('out', `a-plan-whose-name-is-rather-long-${run}`));
    const listed = await desk.json<{ runs: { folder: string; package: string }[] }>(['runs']);
    expect(listed.runs).toMatchObject([{ run, package: folder, folder }]);
    expect(await desk.json(['runs', 'show', run])).toMatchObject({ package: folder, folder });
    // A run that failed keeps what it left where it was written.
    const failed = await runOnFullDisk((call, path) => call === 'write' && path.includes('datapackage.json'));
    const { run: other, leftOver } = failed.json as RunResult & { leftOver: LeftOver };
    expect(await desk.json(['runs', 'show', other])).toMatchObject({ package: null, folder: leftOver.folder });
  });

  it('lists them in 80 columns, with their whole names', async () => {
    const { run } = await desk.json<RunResult>(RUN);
    const { stdout } = await desk.run(['runs']);
    const lines = stdout.trimEnd().split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines[0]).toMatch(/^RUN +STATE +STARTED \(UTC\) +PLAN$/);
    expect(lines[1]).toMatch(new RegExp(`^${run}  succeeded +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d +a-plan-whose`));
  });

  it('lists the runs of one plan over time with what each took, and knows no plan that has not run', async () => {
    const { run: first } = await desk.json<RunResult>(RUN);
    const { run: other } = (await runOnFullDisk((call, path) => call === 'write' && path.includes('main.second')))
      .json as RunResult;
    const named = ['runs', '--plan', 'a-plan-whose-name-is-rather-long'];
    const { plan, runs } = await desk.json<{ plan: string; runs: RunResult[] }>(named);
    expect(plan).toBe('a-plan-whose-name-is-rather-long');
    expect(runs).toMatchObject([
      { run: other, state: 'partial', summary: { rows: 3, tables: { complete: 1, failed: 1 } } },
      { run: first, state: 'succeeded', summary: { rows: 6, tables: { complete: 2 } } },
    ]);
    const lines = (await desk.run(named)).stdout.trimEnd().split('\n');
    expect(lines[0]).toBe('a-plan-whose-name-is-rather-long: 2 runs, newest first');
    expect(lines[1]).toMatch(/^STARTED \(UTC\) +TOOK +TABLES +ROWS +SIZE +ROWS\/S +SIZE\/S$/);
    expect(lines[2]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d +\S+ m?s +1 of 2 +3 +13 B +\d+ +\d+ B$/);
    expect(lines[3]).toBe(`  ${other}  partial`);
    expect(lines[5]).toBe(`  ${first}  succeeded`);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(81);
    const absent = await desk.run(['runs', '--plan', 'a-plan-whose-name-is-rather-lang', '--json']);
    expect([absent.code, errorOf(absent).code]).toEqual([4, 'RUN/ABSENT']);
    expect(errorOf(absent).remedy).toContain('a-plan-whose-name-is-rather-long');
  });

  it('keeps the runs of two plans of one name apart, also of one that is gone on with', async () => {
    const name = 'a-plan-whose-name-is-rather-long';
    const ended = await runOnFullDisk((call, path) => call === 'write' && path.includes('main.second'));
    const { run: broken } = ended.json as RunResult;
    const { run: onward } = await desk.json<RunResult>(['resume', broken, '--two-snapshots']);
    desk.write('other.yaml', readFileSync(desk.path('plan.yaml'), 'utf8'));
    const { run: other } = await desk.json<RunResult>(['run', 'other.yaml', '--out', 'out']);
    const lines = (await desk.run(['runs', '--plan', name])).stdout.trimEnd().split('\n');
    expect(lines.filter((line) => !/^\d|^STARTED/.test(line))).toEqual([
      `${name}: 1 run, newest first`,
      `  of ${desk.path('other.yaml')}`,
      `  ${other}  succeeded`,
      '',
      `${name}: 2 runs, newest first`,
      `  of ${desk.path('plan.yaml')}`,
      `  ${onward}  succeeded, goes on with ${broken}`,
      `  ${broken}  partial`,
    ]);
  });

  it('says of each table that failed why', async () => {
    const ended = await runOnFullDisk((call, path) => call === 'write' && path.includes('main.second'));
    const { run, state } = ended.json as RunResult;
    expect(state).toBe('partial');
    const text = await told(run);
    expect(text).toMatch(/^state +partial$/m);
    expect(text).toMatch(/^main\.first +complete +3 +3 +3 +\d+ B$/m);
    expect(text).toMatch(/^main\.second +incomplete/m);
    expect(text).toMatch(/^ {2}Tables: 1 complete, 1 failed$/m);
    expect(text).toMatch(/^ {2}main\.second: SPOOL\/DISK_FULL: /m);
    expect(errorOf(ended).message).toBe(`main.second: There is no space left in ${desk.path('out')} (ENOSPC).`);
    expect(text).toMatch(/^Package: .*\.incomplete$/m);
  });

  it('says what one left behind that could not be sealed, where, and that it can be deleted', async () => {
    const ended = await runOnFullDisk((call, path) => call === 'write' && path.includes('datapackage.json'));
    const { run, leftOver } = ended.json as RunResult & { leftOver: LeftOver };
    expect(leftOver.folder).toBe(desk.path('out', readdirSync(desk.path('out'))[0] ?? ''));
    expect(leftOver.files).toContainEqual({ path: 'data/main.first.csv', bytes: expect.any(Number) as number });
    expect(await desk.json(['runs', 'show', run])).toMatchObject({ state: 'failed', package: null, leftOver });
    const text = await told(run);
    expect(text).toMatch(/SPOOL\/DISK_FULL: /);
    expect(text).toMatch(/^package +none$/m);
    expect(text).toContain(`Left behind: ${leftOver.folder}\n`);
    expect(text).toContain('data/main.first.csv (');
    expect(text).toContain('it can be deleted');
  });

  it('keeps nothing of one that could not be written down, wherever the disk was full', async () => {
    await desk.json(RUN);
    const runs = join(desk.home, 'runs');
    const before = readdirSync(runs);
    for (const name of ['plan.yaml', 'sql.json', 'state.json']) {
      const ended = await runOnFullDisk(
        (call, path) => call === 'replace' && path.startsWith(runs) && path.endsWith(name),
      );
      expect([name, ended.code]).toEqual([name, 8]);
      expect([name, readdirSync(runs)]).toEqual([name, before]);
    }
  });

  it('explains the folder of one that was killed before it was written down', async () => {
    const folder = join(desk.home, 'runs', '01JD0000000000000000000000');
    mkdirSync(folder);
    writeFileSync(join(folder, 'plan.yaml'), 'waybill: 1');
    // It may be one that is starting at this very moment.
    expect(await desk.json(['runs'])).toEqual({ runs: [] });
    const yesterday = new Date(Date.now() - 86_400_000);
    utimesSync(folder, yesterday, yesterday);
    expect(await desk.json(['runs'])).toEqual({ runs: [], unrecorded: [folder] });
    const { stdout } = await desk.run(['runs']);
    expect(stdout).toContain(`No run: ${folder}\n`);
    expect(stdout).toContain('it can be deleted');
    expect(dirname(folder)).toBe(join(desk.home, 'runs'));
  });
});
