import { useEffect, useLayoutEffect, useMemo } from 'react';
import type { TablePair } from '../../../src-shared/contract/parts.ts';
import { ByTable } from '../../state/by-table.ts';
import { provideSelection } from '../../state/selection.ts';
import { useWorkbench } from '../../state/workbench.ts';
import type { PlanEditorState } from './plan-editor.ts';
import { totalRows } from './total-rows.ts';

/** Lets the tree show and change which tables the plan takes, while the plan is in front. */
export function useProvideSelection(editor: PlanEditorState | null): void {
  const tables = editor?.compiled?.tables;
  const marks = useMemo(() => {
    const all = (tables ?? []).filter(({ query }) => query === null);
    const whole = ({ chosen, all: there }: { chosen: number; all: number }): true | 'some' =>
      chosen === there ? true : 'some';
    return {
      chosen: new ByTable(all.map(({ table, columns }) => [table, whole(columns)] as const)),
      warnings: new ByTable(
        all
          .filter(({ columns }) => columns.suspected > 0)
          .map(({ table, columns }) => [table, columns.suspected] as const),
      ),
    };
  }, [tables]);
  const exact = editor?.exact;
  const total = useMemo(() => (exact === undefined ? null : totalRows(tables ?? [], exact)), [tables, exact]);
  const edit = editor?.edit;
  const planPath = editor?.path;
  const connection = editor?.plan.connection;
  // With the rest of the screen, not a moment later: the tree's foot and the plan's say the same.
  useLayoutEffect(() => {
    if (edit === undefined || planPath === undefined || connection === undefined || total === null) return undefined;
    provideSelection({
      planPath,
      connection,
      ...marks,
      total,
      choose: (pairs: readonly TablePair[], chosen: boolean) =>
        edit(
          ...pairs
            // Ticking a namespace leaves alone what is ticked already, in part or whole.
            .filter((pair) => (marks.chosen.get(pair) !== undefined) !== chosen)
            .map(([namespace, name]) => ({ kind: 'table', table: { namespace, name }, chosen }) as const),
        ),
    });
    return () => provideSelection(null);
  }, [edit, planPath, connection, marks, total]);
  useEffect(() => {
    const { connection: shown, followConnection } = useWorkbench.getState();
    if (connection !== undefined && connection !== shown) followConnection(connection);
  }, [connection]);
  const name = editor?.plan.name;
  useEffect(() => {
    if (name !== undefined && planPath !== undefined) useWorkbench.getState().renameTab(`plan:${planPath}`, name);
  }, [name, planPath]);
}
