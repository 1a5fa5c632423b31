import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ownValue } from '../../../src-shared/util/own-value.ts';
import { SAMPLE_CONNECTION } from '../sample.ts';
import type { Desk } from './desk.ts';

/** A plan that is half made, for a person who sees Waybill for the first time; once, in a home that never had plans. */
export async function provideFirstPlan(desk: Desk): Promise<void> {
  const { core, settings } = desk;
  const folder = core.home.plansFolder;
  if ((await core.store.read.stat(folder)) !== null) return;
  await core.store.makeFolder(folder);
  if (ownValue(await core.records.connections.read(), SAMPLE_CONNECTION) === undefined) return;
  const path = join(folder, 'first-export.plan.yaml');
  await core.store.replace(path, await readFile(core.assets.firstPlan));
  await settings.update((now) => ({
    ...now,
    recentPlans: [path, ...now.recentPlans],
    tabs: [{ kind: 'plan', id: path }, ...now.tabs],
  }));
}
