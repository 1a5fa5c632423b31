// The full disks of full-disk.test.ts for everybody, through a store that fails; and here at every moment of a run.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src-main/ports/store.ts';
import { createFaultStore, type FaultPlan, type FaultStore } from '../../fakes/fault-store.ts';
import { Desk, errorOf, type Ended } from './driver.ts';
import { runInProcess } from './in-process.ts';
import { readTree } from './read-tree.ts';
import type { LedgerList, RunResult, VerifyDocument } from './results.ts';

const ROWS = 2000;
const PLAN = `waybill: 1
name: little
purpose: test
connection: shop
format: { type: csv }
tables:
  - { table: main.first, columns: [id] }
  - { table: main.second, columns: [id] }
`;

/** A desk that has run its plan once. */
async function newDesk(): Promise<Desk> {
  const desk = new Desk();
  using database = new DatabaseSync(desk.path('shop.db'));
  for (const name of ['first', 'second']) {
    database.exec(`create table ${name} (id integer primary key);
      insert into ${name} with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ROWS}) select i from n`);
  }
  await desk.json(['connection', 'add', 'shop', '--connector', 'sqlite', '--file', desk.path('shop.db')]);
  desk.write('plan.yaml', PLAN);
  await desk.json(['plan', 'check', 'plan.yaml', '--accept']);
  await desk.json(['run', 'plan.yaml', '--out', 'before']);
  return desk;
}

interface Injected {
  readonly ended: Ended;
  readonly store: FaultStore;
}

async function runWith(desk: Desk, plan: FaultPlan): Promise<Injected> {
  const made: { store?: FaultStore } = {};
  const wrap = (inner: Store): Store => (made.store = createFaultStore(inner, plan));
  const ended = await runInProcess(desk, ['run', 'plan.yaml', '--out', 'out'], wrap);
  if (made.store === undefined) throw new Error('the run opened no store');
  return { ended, store: made.store };
}

/** A full fsync fails as a full write does, and folders are made in between them. */
const needsRoom = (call: string): boolean => call !== 'sync' && call !== 'makeFolder';
const outFiles = (desk: Desk) => (existsSync(desk.path('out')) ? readTree(desk.path('out')) : []);
const inPackage = (desk: Desk) => (_call: string, path: string) => path.startsWith(desk.path('out'));

describe('a disk that is full while a run writes', () => {
  it('below the package from the first block on: 8, no package, and the ledger says failed', async () => {
    using desk = await newDesk();
    const on = (call: string, path: string) => call === 'write' && inPackage(desk)(call, path);
    const { ended } = await runWith(desk, { fault: 'short', nth: 1, lasting: true, on });
    expect([ended.code, errorOf(ended).code]).toEqual([8, 'SPOOL/DISK_FULL']);
    expect(ended.json).toMatchObject({ state: 'failed', package: null });
    expect(outFiles(desk).filter(({ path }) => path.endsWith('.csv'))).toEqual([]);
    const { entries } = await desk.json<LedgerList>(['ledger', 'list']);
    expect(entries.slice(-2).map(({ type }) => type)).toEqual(['export.started', 'export.failed']);
    expect(await desk.json(['runs'])).toMatchObject({ runs: [{ state: 'failed', package: null }, {}] });
  });

  it('while the package is sealed: 8, and no table is called complete', async () => {
    using desk = await newDesk();
    const on = (call: string, path: string) => call === 'write' && path.includes('datapackage.json');
    const { ended } = await runWith(desk, { fault: 'short', nth: 1, lasting: true, on });
    expect([ended.code, errorOf(ended).code]).toEqual([8, 'SPOOL/DISK_FULL']);
    const { state, tables } = ended.json as RunResult;
    expect(state).toBe('failed');
    expect(tables.map(({ verdict }) => verdict)).not.toContain('complete');
    expect(tables.length).toBeGreaterThan(0);
  });

  it('before a row is read, when the system says that too little is free: 8, and nothing is written', async () => {
    using desk = await newDesk();
    const ended = await runInProcess(desk, ['run', 'plan.yaml', '--out', 'out'], (inner) => ({
      ...inner,
      read: { ...inner.read, freeBytes: () => Promise.resolve(1024) },
    }));
    expect([ended.code, errorOf(ended).code]).toEqual([8, 'SPOOL/DISK_FULL']);
    expect(ended.json).toMatchObject({ state: 'failed', package: null, tables: [] });
    expect(outFiles(desk).filter(({ kind }) => kind === 'file')).toEqual([]);
  });

  it('below the home from the first byte on: 8, no file, and no run is left behind', async () => {
    using desk = await newDesk();
    const runs = await desk.json(['runs']);
    const on = (call: string, path: string) => ['write', 'replace'].includes(call) && path.startsWith(desk.home);
    const { ended } = await runWith(desk, { fault: 'ENOSPC', nth: 1, lasting: true, on });
    expect([ended.code, errorOf(ended).code]).toEqual([8, 'SPOOL/DISK_FULL']);
    expect(outFiles(desk).filter(({ kind }) => kind === 'file')).toEqual([]);
    expect(await desk.json(['runs'])).toEqual(runs);
  });

  it('at any one moment: never a package that is not whole, never a broken ledger, and the next run works', async () => {
    using desk = await newDesk();
    const told: { run: string; state: string; package: string | null }[] = [];
    const seen = new Set<string>();
    for (let nth = 1, isHit = true; isHit; nth++) {
      const { ended, store } = await runWith(desk, { fault: 'ENOSPC', nth, on: needsRoom });
      isHit = store.hit;
      if (!isHit) expect(ended.code).toBe(0);
      const result = judge(ended, `call ${nth}`);
      seen.add(result?.state ?? 'none');
      if (result !== null) told.push({ run: result.run, state: result.state, package: result.package });
    }
    // Before the run; in one table; in the sealing; and where it costs nothing (the log, the record, the ledger's reserve).
    expect([...seen].sort()).toEqual(['failed', 'none', 'partial', 'succeeded']);
    // The last run has made good what its predecessors could not record.
    const { runs } = await desk.json<{ runs: { run: string }[] }>(['runs']);
    for (const each of told) expect(runs.find(({ run }) => run === each.run)).toMatchObject(each);
    const { entries } = await desk.json<LedgerList>(['ledger', 'list']);
    expect(entries.filter(({ type }) => type === 'export.interrupted')).toEqual([]);
    for (const name of readdirSync(desk.path('out')).filter((each) => !each.startsWith('.'))) {
      const { verdict } = await desk.json<VerifyDocument>(['verify', desk.path('out', name)]);
      expect([name, verdict]).toEqual([name, 'CONSISTENT, NOT ANCHORED']);
    }
    expect((await desk.json<VerifyDocument>(['verify', desk.ledger()])).verdict).toBe('CONSISTENT, NOT ANCHORED');
  }, 300_000);
});

/** Whether exit code, result and package say the same; gives the result, or null when no run came to be. */
function judge(ended: Ended, moment: string): RunResult | null {
  const { state = 'none', ...result } = ended.json as Partial<RunResult>;
  const codes: Record<string, number> = { succeeded: 0, partial: 12, failed: 8, none: 8 };
  expect([moment, ended.code]).toEqual([moment, codes[state]]);
  if (ended.code !== 0) expect([moment, errorOf(ended).code]).toEqual([moment, 'SPOOL/DISK_FULL']);
  if (state === 'none') return null;
  const data = result.package === null ? [] : readdirSync(join(result.package ?? '', 'data'));
  expect([moment, data.length]).toEqual([moment, { succeeded: 2, partial: 1, failed: 0 }[state]]);
  return ended.json as RunResult;
}
