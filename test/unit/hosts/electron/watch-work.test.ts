import { expect, it } from 'vitest';
import { Changes } from '../../../../src-main/app/desk/changes.ts';
import { watchWork, type Work } from '../../../../src-main/hosts/electron/core/watch-work.ts';

it('tells what is under way, runs and deliveries, without a word of the vault or the ledger, which may be unreadable', async () => {
  const changes = new Changes();
  const runs = { alive: 1 };
  const deliveries = { alive: 0 };
  const told: Work[] = [];
  // No more of a desk than this is looked at.
  watchWork({ runs, deliveries, changes }, (work) => told.push(work));
  await expect.poll(() => told).toEqual([{ runs: 1, deliveries: 0 }]);
  changes.touch();
  runs.alive = 0;
  deliveries.alive = 2;
  changes.touch();
  await expect.poll(() => told.at(-1), { timeout: 3000 }).toEqual({ runs: 0, deliveries: 2 });
  deliveries.alive = 0;
  changes.touch();
  await expect.poll(() => told.at(-1), { timeout: 3000 }).toEqual({ runs: 0, deliveries: 0 });
  expect(told).toHaveLength(3);
});
