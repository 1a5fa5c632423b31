import type { ReviewState } from '../../../../src-shared/contract/plans.ts';
import type { PlanEditorState } from '../plan-editor.ts';

export interface KnownRows {
  /** null: nothing is known. */
  readonly rows: number | null;
  /** Every table was counted under its present filter. */
  readonly isExact: boolean;
  /** Tables of which nothing is known. */
  readonly unknown: number;
}

/** Rows that the run will read, and how well that is known. */
export function rowsOf({ compiled, exact }: Pick<PlanEditorState, 'compiled' | 'exact'>): KnownRows {
  const tables = compiled?.tables ?? [];
  const counts = tables.map((table) => exact.of(table) ?? table.rows);
  const unknown = counts.filter((rows) => rows === null).length;
  return {
    rows: unknown === tables.length ? null : counts.reduce((sum: number, rows) => sum + (rows ?? 0), 0),
    isExact: tables.length > 0 && tables.every((table) => exact.of(table) !== null),
    unknown,
  };
}

export interface MaskKind {
  readonly mask: string;
  readonly columns: number;
}

/** How many columns each mask has, the most used one first. */
export function maskKinds({ tables }: Pick<ReviewState, 'tables'>): readonly MaskKind[] {
  const counts = new Map<string, number>();
  for (const { mask } of tables.flatMap(({ masks }) => masks)) counts.set(mask, (counts.get(mask) ?? 0) + 1);
  return [...counts]
    .map(([mask, columns]) => ({ mask, columns }))
    .toSorted((a, b) => b.columns - a.columns || a.mask.localeCompare(b.mask, 'en'));
}

/** A statement with the values that are bound to it, as lines. */
export function statementText({ sql, values }: Pick<ReviewState['tables'][number], 'sql' | 'values'>): string {
  const bound = values.map((value, index) => `-- ${index + 1}: ${value ?? 'NULL'}`);
  return [`${sql};`, ...bound].join('\n');
}
