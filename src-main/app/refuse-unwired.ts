import type { CompiledPlan } from '../../src-shared/model/compiled-plan.ts';
import type { Finding } from '../../src-shared/model/finding.ts';
import type { CompileResult } from '../engine/plan/compile-plan.ts';

/** What a plan can say and a run does not do yet: an error, since passing over it in silence would be a lie. */
export function refuseUnwired(result: CompileResult): CompileResult {
  const refused = result.compiled === null ? [] : unwired(result.compiled);
  return refused.length === 0 ? result : { ...result, compiled: null, findings: [...result.findings, ...refused] };
}

function unwired({ deliver }: CompiledPlan): readonly Finding[] {
  const refuse = (what: string, remedy: string): Finding => ({
    severity: 'error',
    code: 'PLAN/FEATURE_UNSUPPORTED',
    message: `This version cannot ${what}.`,
    remedy,
  });
  return [
    ...(deliver.length === 0
      ? []
      : [refuse('deliver at the end of a run', 'Remove deliver, and run: waybill deliver PACKAGE --to TARGET.')]),
  ];
}
