import { fork, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '../../../src-main/ledger/node-primitives.ts';
import { openLedger, placeOf } from '../../../src-main/ledger/open-ledger.ts';
import { openLedgerReader } from '../../../src-main/ledger/read-ledger.ts';
import { LedgerWalk } from '../../../src-shared/proof/ledger-walk.ts';
import { FindingLog } from '../../../src-shared/proof/finding-log.ts';
import { ledgerHome, shareVault, type TestLedgerHome } from '../../fakes/ledger-home.ts';
import { TempFolder } from '../../fakes/temp-folder.ts';

const PROCESSES = 4;
const APPENDS = 500;

/** One worker: a process that is killed after some appends, at some moment of the next, and started again until it is done. */
class Worker {
  readonly acknowledged: number[] = [];
  kills = 0;
  readonly #root: string;
  readonly #name: string;

  constructor(root: string, name: string) {
    this.#root = root;
    this.#name = name;
  }

  async finish(): Promise<void> {
    while (!(await this.#live(randomInt(40, 160)))) this.kills += 1;
  }

  /** One life; whether it got to the end. */
  async #live(appends: number): Promise<boolean> {
    const child = fork(new URL('./appender.ts', import.meta.url), [this.#root, this.#name, String(APPENDS)]);
    const state = { isDone: false };
    let left = appends;
    child.on('message', (message) => {
      if (message === 'done') state.isDone = true;
      if (message === 'done' || message === 'open') return;
      this.acknowledged.push(Number(message));
      left -= 1;
      if (left === 0) killSoon(child);
    });
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    if (signal !== 'SIGKILL') expect([this.#name, code, state.isDone]).toEqual([this.#name, 0, true]);
    return state.isDone;
  }
}

/** At a random moment within the time that an append takes. */
function killSoon(child: ChildProcess): void {
  setTimeout(() => child.kill('SIGKILL'), randomInt(0, 6));
}

/** Everything a verifier checks of the entries; gives the appended numbers per worker. */
async function verify(
  home: TestLedgerHome,
): Promise<{ size: number; types: Set<string>; numbers: Map<string, number[]> }> {
  const numbers = new Map<string, number[]>();
  const types = new Set<string>();
  const log = new FindingLog();
  const walk = new LedgerWalk({ primitives: nodePrimitives, log, probes: [], onEntry: () => undefined });
  for await (const { entry, line } of (await openLedgerReader(placeOf(home))).entries()) {
    expect(walk.take(line)).toBe(true);
    if (entry.kind !== 'event') throw new Error('a seal that nobody wrote');
    types.add(entry.type);
    const { worker, n } = entry.data;
    if (typeof worker === 'string') numbers.set(worker, [...(numbers.get(worker) ?? []), Number(n)]);
  }
  expect(log.broken).toBe(false);
  return { size: walk.size, types, numbers };
}

describe('a ledger that several processes write', () => {
  it('loses, doubles and invents nothing, whoever is killed, and is whole whenever it is read', async () => {
    using folder = new TempFolder();
    const home = ledgerHome(folder.path);
    await openLedger(home);
    shareVault(folder.path, home.vault);
    const workers = Array.from({ length: PROCESSES }, (_, i) => new Worker(folder.path, `worker ${i}`));
    const state = { isRunning: true, readings: 0 };
    const reading = (async () => {
      for (let size = 0; state.isRunning; state.readings++) {
        const now = await verify(home);
        expect(now.size).toBeGreaterThanOrEqual(size);
        size = now.size;
      }
    })();
    const written = Promise.all(workers.map((worker) => worker.finish())).finally(() => {
      state.isRunning = false;
    });
    await Promise.all([written, reading]);

    // What the last one killed left is recovered by the next opening.
    await openLedger(home);
    const { numbers, types } = await verify(home);
    const all = Array.from({ length: APPENDS }, (_, n) => n);
    for (let i = 0; i < PROCESSES; i++) expect(numbers.get(`worker ${i}`)).toEqual(all);
    for (const { acknowledged } of workers) expect(new Set(acknowledged).size).toBe(acknowledged.length);
    expect(
      [...types].filter((type) => !['ledger.created', 'export.started', 'ledger.recovered'].includes(type)),
    ).toEqual([]);
    expect(workers.reduce((kills, worker) => kills + worker.kills, 0)).toBeGreaterThan(PROCESSES);
    expect(state.readings).toBeGreaterThan(1);
  }, 180_000);

  it('is open to its owner alone under umask 000', async () => {
    using folder = new TempFolder();
    const home = ledgerHome(folder.path);
    await openLedger(home);
    shareVault(folder.path, home.vault);
    const child = fork(new URL('./appender.ts', import.meta.url), [folder.path, 'worker', '3', '0']);
    expect(await once(child, 'exit')).toEqual([0, null]);
    for (const top of [home.ledgerFolder, home.keysFolder]) {
      for (const name of readdirSync(top, { recursive: true, encoding: 'utf8' })) {
        const found = statSync(join(top, name));
        expect([name, found.mode & 0o777]).toEqual([name, found.isDirectory() ? 0o700 : 0o600]);
      }
    }
    expect((await verify(home)).numbers.get('worker')).toEqual([0, 1, 2]);
  });
});
