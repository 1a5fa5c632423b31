import { nearest } from '../../src-shared/util/nearest.ts';
import type { CompileResult } from '../engine/plan/compile-plan.ts';
import { FindingList } from '../engine/plan/finding-list.ts';
import type { ParsedPlan } from '../engine/plan/parse-plan.ts';

export interface DeliveryCheck {
  readonly parsed: ParsedPlan;
  /** Names of the saved targets of this home. */
  readonly targets: readonly string[];
}

/** A target that this home does not know is found with the plan, not after hours of export. */
export function checkDeliveries(result: CompileResult, { parsed, targets }: DeliveryCheck): CompileResult {
  const findings = new FindingList(parsed.document, result.findings);
  let unknown = false;
  for (const [index, { target }] of (parsed.plan?.deliver ?? []).entries()) {
    if (targets.includes(target)) continue;
    unknown = true;
    const near = nearest(target, targets);
    findings.error('TARGET/ABSENT', ['deliver', index, 'target'], {
      message: `There is no target named ${target}.`,
      remedy: near === undefined ? 'See: waybill target list, waybill target add.' : `Did you mean ${near}?`,
    });
  }
  return unknown ? { ...result, compiled: null, findings: findings.all() } : result;
}
