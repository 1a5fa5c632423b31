import type { MaskedTable } from '../engine/plan/bind-masks.ts';

/**
 * Bytes that the tables of a package may come to, by the database's statistics: a table's size there, for the share of its
 * columns and rows that goes out. A condition is not known to statistics. null: there are none of any table.
 */
export function estimatePackage(tables: readonly MaskedTable[]): number | null {
  const sizes = tables.flatMap((table) => {
    const size = sizeOf(table);
    return size === null ? [] : [size];
  });
  return sizes.length === 0 ? null : Math.round(sizes.reduce((sum, size) => sum + size, 0));
}

function sizeOf({ catalogTable, entry, columns, available }: MaskedTable): number | null {
  const { estimatedBytes = null, estimatedRows = null } = catalogTable ?? {};
  if (estimatedBytes === null || available.length === 0) return null;
  const { limit } = entry;
  const rows = limit === undefined || estimatedRows === null || estimatedRows <= limit ? 1 : limit / estimatedRows;
  return (estimatedBytes * rows * columns.length) / available.length;
}
