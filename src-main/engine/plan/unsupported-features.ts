import type { Plan } from '../../../src-shared/model/plan.ts';
import type { FindingList } from './finding-list.ts';
import type { PlanPath } from './plan-document.ts';

/** Keys of `package` that this version refuses. */
export const PACKAGE_LACKS = ['encrypt'] as const;

const LACKING = {
  encrypt: 'encrypt a package',
} as const satisfies Record<(typeof PACKAGE_LACKS)[number], string>;

/** What the plan file defines and this version cannot do: said, with its line, never passed over in silence. */
export function findUnsupported(plan: Plan, findings: FindingList): void {
  const refuse = (path: PlanPath, what: string, remedy: string) =>
    findings.error('PLAN/FEATURE_UNSUPPORTED', path, { message: `This version cannot ${what}.`, remedy, at: 'key' });
  const pack = plan.package ?? {};
  for (const key of PACKAGE_LACKS) {
    const asked = pack[key];
    if (asked === undefined) continue;
    refuse(['package', key], LACKING[key], `Remove ${key}.`);
  }
}
