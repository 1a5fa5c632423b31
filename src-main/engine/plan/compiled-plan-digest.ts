import type { CompiledPlan } from '../../../src-shared/model/compiled-plan.ts';
import { jsonDigest } from './json-digest.ts';

/**
 * Digest of what a plan comes to: `sha256:<hex>` over its JCS form. Estimates and lines are left out, so that the same plan
 * on the same catalog has the same digest whatever the statistics say today, and whatever comments stand in the file.
 */
export function compiledPlanDigest(compiled: CompiledPlan): string {
  const tables = compiled.tables.map(
    ({ estimatedRows: _rows, estimatedBytes: _bytes, line: _line, ...table }) => table,
  );
  return jsonDigest({ ...compiled, tables });
}
