import type { CompiledTableFacts } from '../../../src-shared/contract/plans.ts';
import type { ExactCount } from './count-memory.ts';

export interface TotalRows {
  /** null: nothing is known. */
  readonly rows: number | null;
  /** When the oldest of the counts was taken; null: not every table was counted under its present filter. */
  readonly exactAt: string | null;
  /** Tables of which nothing is known. */
  readonly unknown: number;
}

/** Rows of these tables together, and how well that is known. */
export function totalRows(
  tables: readonly CompiledTableFacts[],
  countOf: (table: CompiledTableFacts, index: number) => ExactCount | null,
): TotalRows {
  const counts = tables.map(countOf);
  const rows = tables.map((table, index) => counts[index]?.rows ?? table.rows);
  const unknown = rows.filter((count) => count === null).length;
  const moments = counts.flatMap((count) => (count === null ? [] : [count.at])).toSorted();
  return {
    rows: unknown === tables.length ? null : rows.reduce((sum: number, count) => sum + (count ?? 0), 0),
    exactAt: moments.length === tables.length ? (moments[0] ?? null) : null,
    unknown,
  };
}
