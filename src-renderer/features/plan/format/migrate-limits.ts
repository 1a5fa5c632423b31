import type { CompiledState, FormatLimitFacts } from '../../../../src-shared/contract/plans.ts';

/** What is not as in the source where the package is loaded, as the check of the plan tells it. */
export function migrateLimits(compiled: Pick<CompiledState, 'findings'> | null): readonly FormatLimitFacts[] {
  return (compiled?.findings ?? [])
    .filter(({ code, severity }) => code === 'PLAN/LOSSY_FIELD' && severity === 'warning')
    .map(({ message }) => ({ kind: 'changes', text: message, columns: [], count: null }));
}
