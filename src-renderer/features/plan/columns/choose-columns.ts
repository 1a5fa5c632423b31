import type { CompiledColumn, PlanEditRequest } from '../../../../src-shared/contract/plans.ts';

type Entry = Extract<PlanEditRequest, { kind: 'columns' }>['entry'];

/** Whether a column's type can be carried exactly. */
export const canChoose = ({ type }: Pick<CompiledColumn, 'type'>): boolean => type !== null;

/**
 * The edits that tick or untick columns. A mask goes with its column: one that applies nowhere is an error. At least one
 * column stays.
 */
export function chooseColumns(
  entry: Entry,
  columns: readonly CompiledColumn[],
  { names, chosen }: { readonly names: readonly string[]; readonly chosen: boolean },
): readonly PlanEditRequest[] {
  const meant = new Set(names);
  const goesOut = (column: CompiledColumn): boolean => {
    if (!meant.has(column.name)) return column.chosen;
    return chosen && (column.chosen || canChoose(column));
  };
  const changed = columns.filter((column) => goesOut(column) !== column.chosen);
  const after = columns.filter(goesOut).map(({ name }) => name);
  if (changed.length === 0 || after.length === 0) return [];
  const bare = changed
    .filter((column) => column.mask !== null && !goesOut(column))
    .map((column): PlanEditRequest => ({ kind: 'mask', entry, column: column.name, mask: null }));
  const [only] = changed;
  // One column keeps an order made by hand; many are written at once.
  if (changed.length === 1 && only !== undefined) {
    return [...bare, { kind: 'column', entry, column: only.name, chosen: goesOut(only) }];
  }
  return [...bare, { kind: 'columns', entry, columns: after }];
}
