import type { CompiledPlan } from '../../../src-shared/model/compiled-plan.ts';
import { jsonDigest } from './json-digest.ts';

/**
 * Digest of what a plan comes to: `sha256:<hex>` over its JCS form. Estimates are left out, so that the same plan on the
 * same catalog has the same digest whatever the statistics say today.
 */
export function compiledPlanDigest(compiled: CompiledPlan): string {
  const tables = compiled.tables.map(({ estimatedRows: _rows, estimatedBytes: _bytes, ...table }) => table);
  return jsonDigest({ ...compiled, tables });
}
