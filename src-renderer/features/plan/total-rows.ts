import type { CompiledTableFacts } from '../../../src-shared/contract/plans.ts';
import type { TotalRows } from '../../state/selection.ts';
import type { ExactCounts } from './plan-editor.ts';

/** Rows of these tables together, and how well that is known. */
export function totalRows(
  tables: readonly CompiledTableFacts[],
  exact: Pick<ExactCounts, 'of' | 'isComing'>,
): TotalRows {
  const counts = tables.map((table) => exact.of(table));
  const rows = tables.map((table, index) => counts[index]?.rows ?? table.rows);
  const unknown = rows.filter((count) => count === null).length;
  const moments = counts.flatMap((count) => (count === null ? [] : [count.at])).toSorted();
  return {
    rows: unknown === tables.length ? null : rows.reduce((sum: number, count) => sum + (count ?? 0), 0),
    exactAt: moments.length === tables.length ? (moments[0] ?? null) : null,
    known: tables.length - unknown,
    unknown,
    isComing: unknown > 0 && tables.some((table) => exact.isComing(table)),
  };
}
