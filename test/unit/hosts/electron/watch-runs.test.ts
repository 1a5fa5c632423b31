import { expect, it } from 'vitest';
import { Changes } from '../../../../src-main/app/desk/changes.ts';
import { watchRuns } from '../../../../src-main/hosts/electron/core/watch-runs.ts';

it('tells how many runs are alive without a word of the vault or the ledger, which may be unreadable', async () => {
  const changes = new Changes();
  const runs = { alive: 1 };
  const told: number[] = [];
  // No more of a desk than this is looked at.
  watchRuns({ runs, changes }, (alive) => told.push(alive));
  await expect.poll(() => told).toEqual([1]);
  runs.alive = 0;
  changes.touch();
  await expect.poll(() => told, { timeout: 3000 }).toEqual([1, 0]);
});
