import type { CompiledColumn, CompiledTableFacts, TableColumns } from '../../../../src-shared/contract/plans.ts';

export interface MaskingRow {
  readonly id: string;
  readonly table: CompiledTableFacts;
  readonly column: CompiledColumn;
}

/** Names both, and no two alike: no database takes a NUL in a name. */
export const rowId = (table: string, column: string): string => `${table}\0${column}`;

/** All columns that go out, in the order of the plan. */
export function maskingRows(
  tables: readonly CompiledTableFacts[],
  columns: readonly TableColumns[],
): readonly MaskingRow[] {
  const listed = new Set(columns.map(({ name }) => name));
  const byName = new Map(tables.filter(({ name }) => listed.has(name)).map((table) => [table.name, table]));
  return columns.flatMap(({ name, columns: all }) => {
    const table = byName.get(name);
    if (table === undefined) return [];
    return all
      .filter(({ chosen }) => chosen)
      .map((column): MaskingRow => ({ id: rowId(name, column.name), table, column }));
  });
}

/** Suspected and bare first, then decided ones, then the rest. */
export function urgency({ column: { personal, mask, remark } }: MaskingRow): number {
  if (mask === null && personal !== null) return remark === null ? 0 : 1;
  if (mask !== null) return personal === null ? 3 : 2;
  return 4;
}

/**
 * The rows in the order that was made when the step was opened: a row does not leave while it is edited. Rows that came
 * since stand where they would have stood.
 */
export function inKeptOrder(rows: readonly MaskingRow[], kept: Map<string, number>): readonly MaskingRow[] {
  for (const row of rows) if (!kept.has(row.id)) kept.set(row.id, urgency(row));
  return rows.toSorted((a, b) => (kept.get(a.id) ?? 0) - (kept.get(b.id) ?? 0));
}

/** The next column after this one that is still to be decided about; the first again behind the last. */
export function nextSuspect(rows: readonly MaskingRow[], from: string | null): MaskingRow | undefined {
  const at = rows.findIndex(({ id }) => id === from);
  const isOpen = (row: MaskingRow): boolean => urgency(row) === 0;
  return rows.slice(at + 1).find(isOpen) ?? rows.find(isOpen);
}
