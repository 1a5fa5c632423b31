// The wire is cut, or the server is taken down and comes up again, in the middle of a table: what was whole is kept, and said.
import { execFileSync, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProxy, type SilentProxy } from '../../servers/silent-proxy.ts';
import { errorOf, type Desk, type Ended, type Started } from '../cli/driver.ts';
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

const canSeeSockets = spawnSync('ss', ['-V']).status === 0;

describe.each(PRODUCTS)('a run that reads from %s', { timeout: 60_000 }, (product) => {
  let shop: OwnShop;
  let proxy: SilentProxy;
  let desk: Desk;
  let undisturbed: Record<string, string>;
  beforeAll(async () => {
    shop = await startShop(product);
    proxy = await startProxy(shop.server);
    desk = await deskAt(shop, { port: proxy.port });
    undisturbed = dataOf((await desk.json<RunResult>(RUN)).package);
  });
  afterAll(async () => {
    desk[Symbol.dispose]();
    proxy.close();
    await shop.stop();
  });

  /** A run somewhere in the middle of its large table. */
  async function reading(how: PlanHow, more: readonly string[] = []): Promise<Started> {
    desk.write('night.yaml', planOf(shop, { rowsPerSecond: 2000, ...how }));
    const run = desk.start([...RUN, ...more, '--progress', 'json']);
    await run.says(`"type":"table.progress","table":"${nameOf(shop, 'big')}"`);
    await pause(randomInt(400));
    return run;
  }

  /** What was whole is in a package that says what it lacks; what it was, what to do, and how to go on is said. */
  async function expectGoesOn(ended: Ended, why: RegExp): Promise<void> {
    expect(ended.code).toBe(12);
    // With several readers a small table may still have been counted.
    expect(ended.stderr).toMatch(/^SOURCE\/CONNECTION_LOST: \S+: The connection to the server was lost/m);
    expect(ended.stderr.replaceAll(/\s+/g, ' ')).toMatch(why);
    expect(ended.stderr).toMatch(/^→ Check the network and the server/m);
    const [, run = ''] = /^To go on with it: waybill resume ([0-9A-Z]{26})$/m.exec(ended.stdout) ?? [];
    expectWhole(await desk.json<RunResult>(['resume', run, '--two-snapshots']), undisturbed);
  }

  describe.each(READERS[product])('with %i readers', (connections) => {
    it('goes on after its wire was cut', async () => {
      const run = await reading({ connections });
      proxy.reset();
      await expectGoesOn(await run.ended, /was lost( \((ECONNRESET|EPIPE)\))?\./);
    });

    it('goes on after its server was stopped in good order and started again', async () => {
      const run = await reading({ connections });
      await shop.faults.down(product === 'postgres' ? 'SIGINT' : 'SIGTERM');
      const ended = await run.ended;
      await shop.faults.up();
      await expectGoesOn(ended, product === 'postgres' ? /or the server was stopped \(SQLSTATE 57P01\)\./ : /was lost/);
    });

    it('goes on after its server was killed and started again', async () => {
      const run = await reading({ connections });
      await shop.faults.down(product === 'postgres' ? 'SIGQUIT' : 'SIGKILL');
      const ended = await run.ended;
      await shop.faults.up();
      await expectGoesOn(ended, /was lost/);
    });
  });

  it.runIf(canSeeSockets)('asks a connection that is quiet for a sign of life', async () => {
    const run = await reading({ rowsPerSecond: 500 });
    // Its timer in the system, of the connection to the proxy.
    const timers = () =>
      execFileSync('ss', ['-tnoH', 'state', 'established', 'dst', `127.0.0.1:${proxy.port}`]).toString();
    await expect.poll(timers).toContain('timer:(keepalive,');
    run.child.kill('SIGINT');
    expect((await run.ended).code).toBe(130);
  });

  it('says where nothing was whole yet that the connection was lost', async () => {
    const run = await reading({ rowsPerSecond: 100 }, ['--only', nameOf(shop, 'big'), '--json']);
    proxy.reset();
    const ended = await run.ended;
    expect([ended.code, errorOf(ended)]).toEqual([
      7,
      expect.objectContaining({
        code: 'SOURCE/CONNECTION_LOST',
        remedy: expect.stringContaining('Check the network') as string,
      }),
    ]);
  });

  it('has left a ledger that tells all this', () => expectStory(desk));
});
