import type { CoreClient } from '../../../src-shared/contract/contract.ts';
import { showPlan } from './show-plan.ts';

export const isPlanName = (name: string): boolean => /\.ya?ml$/i.test(name);

/** Opens a plan file that was dropped: in its place, or, where a browser hides that, as a copy among this home's plans. */
export async function openDroppedPlan(core: CoreClient, file: File, path: string | null): Promise<void> {
  const plan =
    path === null
      ? await core.plans.keep({ fileName: file.name, text: await file.text() })
      : await core.plans.open({ path });
  showPlan(plan);
}
