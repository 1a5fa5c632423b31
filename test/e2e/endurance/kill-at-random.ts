import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { errorOf, type Desk, type Ended, type Started } from '../cli/driver.ts';
import type { RunResult } from '../cli/results.ts';
import { dataOf, deskAt, expectStory, expectWhole, nameOf, RUN, runsOf, type Shop } from './shop.ts';

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** So long after a run says this; null: after its start. */
interface Moment {
  readonly after: string | null;
  readonly ms: number;
}

/** How long the stretches of an undisturbed run are, and what it says where one ends. */
interface Life {
  readonly stretches: readonly (Moment & { readonly weight: number })[];
  readonly data: Readonly<Record<string, string>>;
}

const WATCHED = ['--progress', 'json', '--json'];

async function undisturbed(desk: Desk, shop: Shop): Promise<Life> {
  const big = nameOf(shop, 'big');
  const [begun, done] = [`"table.started","table":"${big}"`, `"table.finished","result":{"name":"${big}"`];
  const times = [performance.now()];
  const run = desk.start([...RUN, ...WATCHED]);
  for (const text of [begun, done]) {
    await run.says(text);
    times.push(performance.now());
  }
  const { json } = await run.ended;
  times.push(performance.now());
  const lengths = times.slice(1).map((time, at) => time - (times[at] ?? 0));
  const of = (at: number, after: string | null, weight: number) => ({ after, ms: lengths[at] ?? 0, weight });
  return {
    // Vault, catalog and snapshot; reading and writing; sealing, ledger and record.
    stretches: [of(0, null, 0.3), of(1, begun, 0.4), of(2, done, 0.3)],
    data: dataOf((json as RunResult).package),
  };
}

function momentIn({ stretches }: Life, random: () => number): Moment {
  let at = random();
  const chosen = stretches.find(({ weight }) => (at -= weight) < 0) ?? stretches[0];
  return { after: chosen?.after ?? null, ms: random() * (chosen?.ms ?? 0) };
}

async function killed(run: Started, { after, ms }: Moment): Promise<Ended> {
  // What it has kept it does not begin.
  if (after !== null) await run.says(after).catch(() => undefined);
  await Promise.race([pause(ms), run.ended]);
  run.child.kill('SIGKILL');
  return await run.ended;
}

/** The latest run that was written down; null: there is none. */
function latestRun(desk: Desk): string | null {
  const runs = join(desk.home, 'runs');
  const written = readdirSync(runs).filter((name) => existsSync(join(runs, name, 'state.json')));
  return written.sort().at(-1) ?? null;
}

export interface Kills {
  readonly connections: number;
  readonly count: number;
  readonly random: () => number;
  /** Hears of each, for who has to find out what went wrong. */
  readonly note: (line: string) => void;
}

/**
 * Runs an export and kills it, goes on with it and kills that as well, until it comes to its end; then another one, until so
 * many have died. Each that ends must have become what an undisturbed one is.
 */
export async function killAtRandom(shop: Shop, { connections, count, random, note }: Kills): Promise<void> {
  using desk = await deskAt(shop, { connections });
  const life = await undisturbed(desk, shop);
  const first = latestRun(desk);
  let over = first;
  const check = (result: RunResult): void => {
    expectWhole(result, life.data);
    over = result.run;
  };
  for (let dead = 0; dead < count || latestRun(desk) !== over;) {
    const latest = latestRun(desk);
    const args = latest === null || latest === over ? RUN : ['resume', latest, '--two-snapshots'];
    const started = desk.start([...args, ...WATCHED]);
    const dies = dead < count && random() < 0.8;
    const moment = momentIn(life, random);
    const ended = dies ? await killed(started, moment) : await started.ended;
    note(`${args.slice(0, 2).join(' ')}: ${dies ? JSON.stringify(moment) : 'undisturbed'} → ${ended.code}`);
    if (ended.code === null) dead++;
    else if (ended.code === 0) check(ended.json as RunResult);
    else {
      // It had ended when it was killed, and only its process did not say so any more.
      expect([ended.code, errorOf(ended)]).toEqual([5, expect.objectContaining({ code: 'RUN/NOT_RESUMABLE' })]);
      const told = (await runsOf(desk)).find(({ run }) => run === latest);
      expect(told).toMatchObject({ state: 'succeeded' });
      expect(dataOf(told?.package ?? '')).toEqual(life.data);
      over = latest;
    }
  }
  await expectStory(desk);
}
