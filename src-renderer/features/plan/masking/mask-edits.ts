import type { CompiledColumn, PlanEditRequest } from '../../../../src-shared/contract/plans.ts';
import type { MaskSpec, Plan } from '../../../../src-shared/model/plan.ts';
import { entryOf } from '../plan-editor.ts';
import type { MaskingRow } from './masking-rows.ts';

/** What was said of a bare column does not hold of a masked one. */
export function maskEdits({ table, column }: MaskingRow, mask: MaskSpec | null): readonly PlanEditRequest[] {
  const entry = entryOf(table);
  const undo: readonly PlanEditRequest[] =
    mask === null || column.remark === null ? [] : [{ kind: 'remark', entry, column: column.name, remark: null }];
  return [{ kind: 'mask', entry, column: column.name, mask }, ...undo];
}

/**
 * One option of a column's mask, set in the mask as the plan has it when the edit's turn comes: the one that was set a moment
 * before is not on screen yet. undefined: the adapter's own default.
 */
export function optionEdit(
  plan: Plan,
  { table, column }: MaskingRow,
  { property, value }: { readonly property: string; readonly value: unknown },
): PlanEditRequest {
  const shown = column.mask ?? { mask: '' };
  const now = maskInPlan(plan, { table, column }) ?? shown;
  const { [property]: _before, ...rest } = now;
  const next = value === undefined ? { ...rest, mask: now.mask } : { ...now, [property]: value };
  // Another mask was chosen meanwhile: the option was meant for the one before.
  const mask = now.mask === shown.mask ? next : now;
  return { kind: 'mask', entry: entryOf(table), column: column.name, mask };
}

/** null: the plan has none there, or its entry is not found by its plain name. */
function maskInPlan(
  { tables }: Plan,
  { table, column: { name } }: Pick<MaskingRow, 'table' | 'column'>,
): MaskSpec | null {
  const [namespace, own] = table.table;
  const found = tables.find((entry) => {
    if ('query' in entry) return entry.name === table.query;
    if (table.query !== null) return false;
    return Array.isArray(entry.table)
      ? entry.table[0] === namespace && entry.table[1] === own
      : entry.table === `${namespace}.${own}`;
  });
  const listed = found?.columns === undefined || Array.isArray(found.columns) ? undefined : found.columns[name];
  return found?.masks?.[name] ?? asMask(listed);
}

function asMask(spec: CompiledColumn['mask'] | object | undefined): MaskSpec | null {
  return spec !== null && spec !== undefined && 'mask' in spec && typeof spec.mask === 'string'
    ? { ...spec, mask: spec.mask }
    : null;
}
