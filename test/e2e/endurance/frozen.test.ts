// A server that stands still, with all its processes: nothing is lost by waiting, and nobody has to wait.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Desk, Started } from '../cli/driver.ts';
import type { RunResult } from '../cli/results.ts';
import { startShop, type OwnShop } from './own-shop.ts';
import {
  dataOf,
  deskAt,
  expectStory,
  expectWhole,
  nameOf,
  planOf,
  PRODUCTS,
  READERS,
  RUN,
  type PlanHow,
} from './shop.ts';

describe.each(PRODUCTS)('a frozen server of %s', { timeout: 60_000 }, (product) => {
  let shop: OwnShop;
  let desk: Desk;
  let undisturbed: Record<string, string>;
  beforeAll(async () => {
    shop = await startShop(product);
    desk = await deskAt(shop);
    undisturbed = dataOf((await desk.json<RunResult>(RUN)).package);
  });
  afterAll(async () => {
    shop.faults.thaw();
    await shop.stop();
    desk[Symbol.dispose]();
  });

  async function frozen(how: PlanHow, table = 'big', more: readonly string[] = []): Promise<Started> {
    desk.write('night.yaml', planOf(shop, how));
    const run = desk.start([...RUN, ...more, '--progress', 'json', '--json']);
    await run.says(`"type":"table.progress","table":"${nameOf(shop, table)}"`);
    shop.faults.freeze();
    return run;
  }

  /** Ctrl+C while the server stands still; then it goes on. */
  async function cancelled(run: Started): Promise<RunResult> {
    try {
      const began = performance.now();
      run.child.kill('SIGINT');
      const { code, json } = await run.ended;
      const ms = performance.now() - began;
      expect(code).toBe(130);
      expect(ms).toBeLessThan(1000);
      return json as RunResult;
    } finally {
      shop.faults.thaw();
    }
  }

  it.each(READERS[product])('is waited for by %i readers, which go on when it does', async (connections) => {
    const run = await frozen({ connections, rowsPerSecond: 3000 });
    const early = await Promise.race([run.ended, new Promise((resolve) => setTimeout(resolve, 1500, 'waiting'))]);
    shop.faults.thaw();
    expect(early).toBe('waiting');
    const { code, json } = await run.ended;
    expect(code).toBe(0);
    expectWhole(json as RunResult, undisturbed);
  });

  it.each(READERS[product])(
    'is left within a second, its sessions end when it wakes, and the run goes on',
    async (connections) => {
      const run = await frozen({ connections, rowsPerSecond: 3000 });
      const early = await Promise.race([run.ended, new Promise((resolve) => setTimeout(resolve, 500, 'waiting'))]);
      expect(early).toBe('waiting');
      const result = await cancelled(run);
      expect(result).toMatchObject({
        state: 'cancelled',
        error: {
          code: 'RUN/CANCELLED',
          message: 'The run was cancelled.',
          remedy: expect.stringContaining('resume') as string,
        },
      });
      await expect.poll(() => shop.sessions()).toBe(0);
      expectWhole(await desk.json<RunResult>(['resume', result.run, '--two-snapshots']), undisturbed);
    },
  );

  it.each(READERS[product])(
    'is left within a second by %i readers that hold rows back, or have nothing to do',
    async (connections) => {
      // Its only part is read by one of them.
      const run = await frozen({ connections, rowsPerSecond: 25 }, 'small', ['--only', nameOf(shop, 'small')]);
      expect(await cancelled(run)).toMatchObject({ state: 'cancelled' });
      await expect.poll(() => shop.sessions()).toBe(0);
    },
  );

  it('has left a ledger that tells all this', () => expectStory(desk));
});
