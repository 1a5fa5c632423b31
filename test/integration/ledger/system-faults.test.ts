// The same faults as in test/unit/ledger/faults.test.ts, but from the system itself: where we may, by a small tmpfs and by
// strace's fault injection; everywhere else by a store that fails.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLedger, placeOf } from '../../../src-main/ledger/open-ledger.ts';
import { openLedgerReader } from '../../../src-main/ledger/read-ledger.ts';
import { createFaultStore } from '../../fakes/fault-store.ts';
import { ledgerHome, shareVault, type TestLedgerHome } from '../../fakes/ledger-home.ts';
import { TempFolder } from '../../fakes/temp-folder.ts';

const IS_ROOT = process.getuid?.() === 0;
const APPENDS = 3;

async function numbersOf(home: TestLedgerHome): Promise<number[]> {
  const numbers: number[] = [];
  for await (const { entry } of (await openLedgerReader(placeOf(home))).entries()) {
    if (entry.kind === 'event' && 'n' in entry.data) numbers.push(Number(entry.data['n']));
  }
  return numbers;
}

/** A home on a disk that can be filled up, and emptied again. */
interface SmallDisk extends AsyncDisposable {
  readonly home: TestLedgerHome;
  fill(): void;
}

function smallDisk(): SmallDisk {
  const folder = new TempFolder();
  const mountPoint = folder.join('disk');
  mkdirSync(mountPoint);
  const mounted = IS_ROOT && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', mountPoint]).status === 0;
  const dispose = (): Promise<void> => {
    if (mounted) execFileSync('umount', [mountPoint]);
    folder[Symbol.dispose]();
    return Promise.resolve();
  };
  const home = ledgerHome(mountPoint);
  if (mounted) return { home, fill: () => fillUp(join(mountPoint, 'filler')), [Symbol.asyncDispose]: dispose };
  const disk = { isFull: false };
  const plan = { fault: 'ENOSPC', nth: 1, lasting: true } as const;
  const store = createFaultStore(home.store, { ...plan, on: (call) => disk.isFull && call === 'replace' });
  const remove = async (path: string): Promise<void> => {
    await store.remove(path);
    disk.isFull = false;
  };
  return {
    home: { ...home, store: { ...store, remove } },
    fill: () => (disk.isFull = true),
    [Symbol.asyncDispose]: dispose,
  };
}

/** Writes until there is no room for one byte more. */
function fillUp(path: string): void {
  for (const size of [65_536, 4096, 1]) {
    for (let n = 0; ; n++) {
      try {
        writeFileSync(`${path}-${size}-${n}`, Buffer.alloc(size, 'x'));
      } catch {
        // Full: that was the aim.
        rmSync(`${path}-${size}-${n}`, { force: true });
        break;
      }
    }
  }
}

describe('a disk that is full', () => {
  it('stops the ledger, can be read, and still takes the end of the export', async () => {
    await using disk = smallDisk();
    const { home } = disk;
    const ledger = await openLedger(home);
    await ledger.append('export.started', { n: 0 });
    disk.fill();
    await expect(ledger.append('export.started', { n: 1 })).rejects.toMatchObject({ code: 'SPOOL/DISK_FULL' });
    expect(await numbersOf(home)).toEqual([0]);
    const again = await openLedger(home);
    await again.append('export.failed', { n: 2 });
    expect(await numbersOf(home)).toEqual([0, 2]);
  });
});

const CALLS = [
  { call: 'pwrite64', occurrences: [1, 2, 3] },
  { call: 'fsync', occurrences: [1, 2, 3, 4] },
  { call: 'rename', occurrences: [1, 2] },
] as const;
const FAULTS = ['error=EIO', 'error=ENOSPC', 'signal=SIGKILL'] as const;

/** Runs the appender under strace with one fault injected; the numbers it acknowledged, and whether the fault was met. */
async function runTraced(root: string, inject: string): Promise<{ acknowledged: number[]; isHit: boolean }> {
  const trace = join(root, 'trace');
  const script = new URL('./appender.ts', import.meta.url).pathname;
  const command = ['-f', '-qq', '-o', trace, '-e', `trace=${inject.split(':')[0] ?? ''}`, '-e', `inject=${inject}`];
  const child = spawn('strace', [...command, process.execPath, script, root, 'worker', String(APPENDS)], {
    stdio: ['ignore', 'pipe', 'ignore'],
    // strace counts per thread; with one thread for files it counts all of them.
    env: { ...process.env, UV_THREADPOOL_SIZE: '1' },
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  const [code] = (await once(child, 'close')) as [number | null];
  const acknowledged = out.split('\n').filter((line) => /^\d+$/.test(line));
  return { acknowledged: acknowledged.map(Number), isHit: code !== 0 };
}

const canTrace = IS_ROOT && spawnSync('strace', ['-f', '-o', '/dev/null', '/bin/true']).status === 0;
if (canTrace) {
  describe('a system call that fails', () => {
    for (const { call, occurrences } of CALLS) {
      for (const fault of FAULTS) {
        it(`(${call}, ${fault}) loses, doubles and invents nothing`, async () => {
          let hits = 0;
          for (const when of occurrences) {
            using folder = new TempFolder();
            const home = ledgerHome(folder.path);
            await openLedger(home);
            shareVault(folder.path, home.vault);
            const { acknowledged, isHit } = await runTraced(folder.path, `${call}:${fault}:when=${when}`);
            if (isHit) hits += 1;
            await (await openLedger(home)).append('export.failed', {});
            const numbers = await numbersOf(home);
            expect(numbers.slice(0, acknowledged.length)).toEqual(acknowledged);
            expect(numbers).toEqual(numbers.map((_, i) => i));
            expect(numbers.length - acknowledged.length).toBeLessThanOrEqual(1);
          }
          expect(hits).toBe(occurrences.length);
        }, 120_000);
      }
    }
  });
}
