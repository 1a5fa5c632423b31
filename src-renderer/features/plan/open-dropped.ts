import type { CoreClient } from '../../../src-shared/contract/contract.ts';
import { AppError } from '../../../src-shared/errors/app-error.ts';
import { text } from '../../text/text.ts';
import { showPlan } from './show-plan.ts';

/** As the plan file's own limit, without the plan's schema, which the first screen does not need. */
const MAX_BYTES = 1024 * 1024;

export const isPlanName = (name: string): boolean => /\.ya?ml$/i.test(name);

/** Opens a plan file that was dropped: in its place, or, where a browser hides that, as a copy among this home's plans. */
export async function openDroppedPlan(core: CoreClient, file: File, path: string | null): Promise<void> {
  if (path === null && file.size > MAX_BYTES) {
    const { tooLarge, tooLargeHint } = text.plan.list;
    throw new AppError('PLAN/INVALID', { message: tooLarge(file.name), remedy: tooLargeHint });
  }
  const plan =
    path === null
      ? await core.plans.keep({ fileName: file.name, text: await file.text() })
      : await core.plans.open({ path });
  showPlan(plan);
}
