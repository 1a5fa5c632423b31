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

/** A product whose point in time cannot be shared is read by one connection. */
export function noteReaders(plan: Plan, sharesSnapshots: boolean, findings: FindingList): void {
  const connections = plan.limits?.connections ?? 1;
  if (sharesSnapshots || connections === 1) return;
  findings.note('PLAN/FEATURE_UNSUPPORTED', ['limits', 'connections'], {
    message: `This product is read with one connection, not with up to ${connections}: others would not be at the same point in time.`,
    remedy:
      'Nothing is lost by it but time; it may stay in the plan. Where there is a server, a second one looks how the run is doing on it.',
    at: 'key',
  });
}
