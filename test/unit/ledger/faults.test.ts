import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLedger } from '../../../src-main/ledger/open-ledger.ts';
import { startLedger } from '../../../src-main/ledger/start-ledger.ts';
import type { FileWriter, Store } from '../../../src-main/ports/store.ts';
import { isAppError } from '../../../src-shared/errors/app-error.ts';
import { createFaultStore, Killed, type Fault, type FaultPlan } from '../../fakes/fault-store.ts';
import { ledgerHome, type TestLedgerHome } from '../../fakes/ledger-home.ts';
import { TempFolder } from '../../fakes/temp-folder.ts';
import { entriesOf, folderOf, typesOf } from './ledger-folder.ts';

const FAULTS: readonly Fault[] = ['ENOSPC', 'EIO', 'short', 'kill-before', 'kill-after'];
const APPENDS = 3;

interface Attempt {
  readonly acknowledged: number[];
  readonly error: unknown;
}

/** Appends numbered entries until something fails. */
async function appendSome(home: TestLedgerHome, store: Store): Promise<Attempt> {
  const acknowledged: number[] = [];
  try {
    const ledger = await openLedger({ ...home, store });
    for (let n = 0; n < APPENDS; n++) {
      await ledger.append('export.started', { n });
      acknowledged.push(n);
    }
  } catch (error) {
    return { acknowledged, error };
  }
  return { acknowledged, error: undefined };
}

/** The numbers in the ledger after it was opened again, in their order. */
async function numbersAfterReopening(home: TestLedgerHome): Promise<unknown[]> {
  const ledger = await openLedger(home);
  await ledger.append('export.failed', {});
  const entries = await entriesOf(home);
  return entries.flatMap(({ entry }) => (entry.kind === 'event' && 'n' in entry.data ? [entry.data['n']] : []));
}

/** Whether every acknowledged entry is there once, in order, with at most the one that was under way beside them. */
function isWhole(numbers: readonly unknown[], { acknowledged }: Attempt): boolean {
  const extra = numbers.length - acknowledged.length;
  return (extra === 0 || extra === 1) && numbers.every((n, i) => n === i);
}

describe('a fault in any call of an append', () => {
  for (const fault of FAULTS) {
    it(`(${fault}) loses, doubles and invents nothing`, async () => {
      let hits = 0;
      for (let nth = 1; nth === hits + 1; nth++) {
        using folder = new TempFolder();
        const home = ledgerHome(folder.path);
        await openLedger(home);
        const store = createFaultStore(home.store, { fault, nth });
        const attempt = await appendSome(home, store);
        if (!store.hit) break;
        hits += 1;
        const numbers = await numbersAfterReopening(home);
        expect([nth, numbers, isWhole(numbers, attempt)]).toEqual([nth, numbers, true]);
        // Who was told that it failed does not find it in the ledger; only a dead process cannot take it back.
        if (attempt.error !== undefined && !(attempt.error instanceof Killed)) {
          expect(numbers).toEqual(attempt.acknowledged);
          const expected = fault === 'EIO' ? 'LEDGER/WRITE_FAILED' : 'SPOOL/DISK_FULL';
          expect(isAppError(attempt.error, expected)).toBe(true);
        }
      }
      // openAppend, write, sync, replace for each entry.
      expect(hits).toBeGreaterThanOrEqual(4 * APPENDS);
    });
  }

  it('would be noticed if the checkpoint were written before the entry', async () => {
    const broken: number[] = [];
    for (let nth = 1; nth <= 4 * APPENDS; nth++) {
      using folder = new TempFolder();
      const home = ledgerHome(folder.path);
      await openLedger(home);
      await appendSome(home, createFaultStore(lyingStore(home.store), { fault: 'kill-after', nth }));
      try {
        await numbersAfterReopening(home);
      } catch (error) {
        if (isAppError(error, 'LEDGER/TRUNCATED')) broken.push(nth);
      }
    }
    expect(broken.length).toBeGreaterThan(0);
  });
});

/** Takes bytes at once but hands them to the disk only after the next file was replaced: the wrong order. */
function lyingStore(inner: Store): Store {
  let late: (() => Promise<void>)[] = [];
  return {
    ...inner,
    openAppend: async (path) => {
      let size = (await inner.read.stat(path))?.size ?? 0;
      const writer: FileWriter = {
        get size() {
          return size;
        },
        write: (bytes) => {
          const copy = bytes.slice();
          size += bytes.length;
          late.push(async () => {
            await using real = await inner.openAppend(path);
            await real.write(copy);
          });
          return Promise.resolve();
        },
        flushEarly: () => Promise.resolve(0),
        sync: () => Promise.resolve(),
        truncate: () => Promise.resolve(),
        close: () => Promise.resolve(),
        [Symbol.asyncDispose]: () => Promise.resolve(),
      };
      return writer;
    },
    replace: async (path, bytes) => {
      // What the call before left is written only now; what this one belongs to waits for the next.
      const [due, waiting] = path.endsWith('checkpoint') ? [late.slice(0, -1), late.slice(-1)] : [late, []];
      for (const write of due) await write();
      late = waiting;
      await inner.replace(path, bytes);
    },
  };
}

describe('a full disk', () => {
  const full = (plan: Partial<FaultPlan> = {}): FaultPlan => ({
    fault: 'short',
    nth: 1,
    lasting: true,
    ...plan,
  });

  it('gives its reserve to the end of an export, and to nothing else', async () => {
    for (const [type, fits] of [
      ['export.failed', true],
      ['export.interrupted', true],
      ['delivery.indeterminate', true],
      ['export.started', false],
      ['export.completed', true],
      ['data.previewed', false],
    ] as const) {
      using folder = new TempFolder();
      const home = ledgerHome(folder.path);
      await openLedger(home);
      const reserve = join(folderOf(home), 'reserve');
      expect(statSync(reserve).size).toBe(1024 * 1024);
      // Full until the reserve is gone.
      const on: FaultPlan['on'] = (call) => call === 'write' && readdirSync(folderOf(home)).includes('reserve');
      const store = createFaultStore(home.store, full({ on }));
      const ledger = await openLedger({ ...home, store });
      if (fits) {
        expect((await ledger.append(type, { outcome: 'failure' })).seq).toBe(1);
        expect(readdirSync(folderOf(home))).not.toContain('reserve');
      } else {
        await expect(ledger.append(type, {})).rejects.toMatchObject({ code: 'SPOOL/DISK_FULL', kind: 'exhausted' });
        await expect(ledger.append(type, {})).rejects.toMatchObject({ code: 'LEDGER/WRITE_FAILED' });
        expect(readdirSync(folderOf(home))).toContain('reserve');
      }
      expect(await typesOf(home)).toEqual(fits ? ['ledger.created', type] : ['ledger.created']);
      await openLedger(home);
      expect(statSync(reserve).size).toBe(1024 * 1024);
    }
  });

  it('still lets a torn ledger be recovered', async () => {
    using folder = new TempFolder();
    const home = ledgerHome(folder.path);
    await openLedger(home);
    const killed = createFaultStore(home.store, { fault: 'kill-after', nth: 1, on: (call) => call === 'write' });
    await appendSome(home, killed);
    const on: FaultPlan['on'] = () => readdirSync(folderOf(home)).includes('reserve');
    const store = createFaultStore(
      home.store,
      full({ fault: 'ENOSPC', on: (call, path) => call !== 'remove' && on('write', path) }),
    );
    const ledger = await openLedger({ ...home, store });
    await ledger.append('export.failed', {});
    expect(await typesOf(home)).toEqual(['ledger.created', 'export.started', 'ledger.recovered', 'export.failed']);
  });

  it('does not hinder reading', async () => {
    using folder = new TempFolder();
    const home = ledgerHome(folder.path);
    await openLedger(home);
    const store = createFaultStore(home.store, full());
    expect(await typesOf({ ...home, store })).toEqual(['ledger.created']);
    expect(store.calls).toBe(0);
  });
});

describe('a process that dies while it makes a ledger', () => {
  for (const fault of ['kill-before', 'kill-after'] as const) {
    it(`(${fault}) leaves a home that opens, with one ledger`, async () => {
      let hits = 0;
      for (let nth = 1; nth === hits + 1; nth++) {
        using folder = new TempFolder();
        const home = ledgerHome(folder.path);
        const store = createFaultStore(home.store, { fault, nth });
        await openLedger({ ...home, store }).catch(ignoreKill);
        if (!store.hit) break;
        hits += 1;
        await openLedger(home);
        expect([nth, ...(await typesOf(home))]).toEqual([nth, 'ledger.created']);
        expect(readdirSync(home.ledgerFolder).filter((name) => name !== 'create.sqlite')).toHaveLength(1);
      }
      expect(hits).toBeGreaterThan(8);
    });

    it(`(${fault}) leaves the old ledger or the new one, when one follows the other`, async () => {
      let hits = 0;
      const outcomes = new Set<string>();
      for (let nth = 1; nth === hits + 1; nth++) {
        using folder = new TempFolder();
        const home = ledgerHome(folder.path);
        const { origin } = await openLedger(home);
        const store = createFaultStore(home.store, { fault, nth });
        await startLedger({ ...home, store }, { after: origin }).catch(ignoreKill);
        if (!store.hit) break;
        hits += 1;
        const ledger = await openLedger(home);
        await ledger.append('export.started', {});
        const types = await typesOf(home);
        const isOld = ledger.origin === origin;
        outcomes.add(isOld ? 'old' : 'new');
        if (!isOld) expect([nth, ...types]).toEqual([nth, 'ledger.created', 'export.started']);
      }
      expect(outcomes).toEqual(new Set(['old', 'new']));
    });
  }
});

function ignoreKill(error: unknown): void {
  if (!(error instanceof Killed)) throw error;
}
