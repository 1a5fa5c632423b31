import { useEffect } from 'react';
import type { CompiledTableFacts } from '../../../src-shared/contract/plans.ts';
import { isSameTable } from '../../state/selection.ts';
import { useWorkbench } from '../../state/workbench.ts';
import type { PlanEditorState } from './plan-editor.ts';

export interface TableInFront {
  /** The table of the plan that the tree or the grid looks at; null: it is not in the plan. */
  readonly table: CompiledTableFacts | null;
  /** What is looked at, in the plan or not. */
  readonly pair: readonly [string, string] | null;
}

/** The table that the steps show; the first of the plan until somebody chooses another. */
export function useTableInFront({ compiled }: PlanEditorState): TableInFront {
  const pair = useWorkbench((state) => state.table);
  const chooseTable = useWorkbench((state) => state.chooseTable);
  const first = compiled?.tables[0]?.table;
  useEffect(() => {
    // What is there by now: somebody may have chosen one since this was drawn.
    if (useWorkbench.getState().table === null && first !== undefined) chooseTable(first);
  }, [pair, first, chooseTable]);
  const table = pair === null ? null : (compiled?.tables.find((one) => isSameTable(one.table, [...pair])) ?? null);
  return { table, pair };
}
