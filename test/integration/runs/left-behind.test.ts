import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newHome, type Home } from '../targets/rig.ts';
import { outOf, runSample, samplePlan } from './rig.ts';

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
