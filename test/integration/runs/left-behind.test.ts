import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHomeLedger } from '../../../src-main/app/open-home-ledger.ts';
import { listRuns } from '../../../src-main/app/run-records.ts';
import { settleUnasked } from '../../../src-main/app/settle-unasked.ts';
import { newHome, type Home } from '../targets/rig.ts';
import { eventsOf, outOf, runSample, samplePlan } from './rig.ts';

describe('a run that wrote nothing', () => {
  let home: Home;
  beforeEach(async () => {
    home = await newHome();
  });
  afterEach(() => home[Symbol.dispose]());

  /** Cancels at the first table, after `first` had its turn in the hidden folder. */
  async function cancelled(first: (folder: string) => void = () => undefined): Promise<string[]> {
    const stop = new AbortController();
    const result = await runSample(home, samplePlan(), {
      signal: stop.signal,
      onEvent: ({ type }) => {
        if (type !== 'table.started' || stop.signal.aborted) return;
        const [hidden = ''] = readdirSync(outOf(home)).filter((name) => name.endsWith('.partial'));
        first(join(outOf(home), hidden));
        stop.abort();
      },
    });
    expect(result).toMatchObject({ state: 'cancelled', package: null });
    return readdirSync(outOf(home), { recursive: true, encoding: 'utf8' }).sort();
  }

  it('leaves no hidden folder', async () => {
    await expect(cancelled()).resolves.toEqual([]);
  });

  it.each(['precious.txt', 'data/precious.txt'])('leaves %s, which is not its own, alone', async (name) => {
    const left = await cancelled((folder) => writeFileSync(join(folder, name), 'x'));
    expect(left.some((path) => path.endsWith(name))).toBe(true);
  });

  it('leaves an empty folder that it did not make alone', async () => {
    const left = await cancelled((folder) => mkdirSync(join(folder, 'theirs')));
    expect(left.some((path) => path.endsWith('theirs'))).toBe(true);
  });
});

describe('a run that was killed before it wrote anything', () => {
  const RUN = '01JD0000000000000000000000';
  let home: Home;
  let hidden: string;
  beforeEach(async () => {
    home = await newHome();
    hidden = join(outOf(home), `.sample-${RUN}.partial`);
    mkdirSync(join(hidden, 'data'), { recursive: true });
    const facts = {
      run: RUN,
      state: 'running',
      plan: 'sample',
      connection: 'sample',
      started: '2026-01-01T00:00:00.000Z',
    };
    mkdirSync(home.core.home.runFolder(RUN));
    const state = JSON.stringify({ ...facts, folder: hidden, package: null });
    writeFileSync(join(home.core.home.runFolder(RUN), 'state.json'), state);
  });
  afterEach(() => home[Symbol.dispose]());

  it('is cleaned up after by the next command that opens the ledger', async () => {
    await home.core.ledger();
    expect(eventsOf(home).map(({ type }) => type)).toEqual(['ledger.created', 'export.interrupted']);
    expect(readdirSync(outOf(home))).toEqual([]);
  });

  it('is told once, though the command that told it was killed before it wrote the record', async () => {
    const state = join(home.core.home.runFolder(RUN), 'state.json');
    const before = readFileSync(state);
    await home.core.ledger();
    const told = JSON.parse(readFileSync(state, 'utf8')) as Record<string, unknown>;
    expect(told).toMatchObject({ state: 'interrupted', ledger: { seq: 1, size: 2 } });
    writeFileSync(state, before);
    mkdirSync(join(hidden, 'data'), { recursive: true });
    await openHomeLedger(home.core);
    expect(eventsOf(home).map(({ type }) => type)).toEqual(['ledger.created', 'export.interrupted']);
    expect(JSON.parse(readFileSync(state, 'utf8'))).toMatchObject({
      state: 'interrupted',
      ledger: { seq: 1, size: 2 },
    });
    expect(readdirSync(outOf(home))).toEqual([]);
  });

  it('keeps its folder when anything is in it', async () => {
    writeFileSync(join(hidden, 'data', 'customers.csv.partial'), 'half');
    await home.core.ledger();
    expect(readdirSync(join(hidden, 'data'))).toEqual(['customers.csv.partial']);
  });

  it('stops no later command when it had not even written its record', async () => {
    const unborn = home.core.home.runFolder('01JD0000000000000000000001');
    mkdirSync(unborn);
    writeFileSync(join(unborn, 'plan.yaml'), 'waybill: 1');
    await home.core.ledger();
    expect((await listRuns(home.core)).map(({ run }) => run)).toEqual([RUN]);
    expect(readdirSync(unborn)).toEqual(['plan.yaml']);
  });

  it('makes no new ledger where the old one is lost', async () => {
    await expect(settleUnasked(home.core)).resolves.toBe('This home has lost its ledger.');
    expect(readdirSync(home.core.home.ledgerFolder)).toEqual([]);
  });
});
