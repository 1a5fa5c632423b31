import type { ReviewState } from '../../../../src-shared/contract/plans.ts';

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
