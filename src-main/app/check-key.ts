import { isAppError } from '../../src-shared/errors/app-error.ts';
import type { CompileResult } from '../engine/plan/compile-plan.ts';
import { FindingList } from '../engine/plan/finding-list.ts';
import type { ParsedPlan } from '../engine/plan/parse-plan.ts';
import type { Core } from './core.ts';
import { requireKey } from './pseudonym-keys.ts';

/** A named key that a mask needs and this home does not have is found with the plan. Opens no vault. */
export async function checkKey(core: Core, result: CompileResult, parsed: ParsedPlan): Promise<CompileResult> {
  const key = parsed.plan?.pseudonyms?.key;
  if (key === undefined || !result.needsKey) return result;
  try {
    await requireKey(core, key);
    return result;
  } catch (error) {
    if (!isAppError(error, 'MASK/KEY_MISSING')) throw error;
    const findings = new FindingList(parsed.document, result.findings);
    findings.thrown(error, ['pseudonyms', 'key']);
    return { ...result, compiled: null, findings: findings.all() };
  }
}
