import type { CompileResult } from '../../engine/plan/compile-plan.ts';
import { jsonDigest } from '../../engine/plan/json-digest.ts';

/** Names what a person accepts by starting a run: the catalog, and each warning of the compiled plan. */
export function seenDigest({ catalog, findings }: Pick<CompileResult, 'catalog' | 'findings'>): string {
  const warnings = findings.filter(({ severity }) => severity === 'warning').map(({ message }) => message);
  return jsonDigest([catalog?.digest ?? null, ...warnings.toSorted()]);
}
