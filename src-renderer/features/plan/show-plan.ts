import type { PlanState } from '../../../src-shared/contract/plans.ts';
import { useWorkbench } from '../../state/workbench.ts';

/** Brings a plan to the front, with the tree of its connection beside it. */
export function showPlan({ path, name, connection }: Pick<PlanState, 'path' | 'name' | 'connection'>): void {
  const { openTab, chooseConnection, showSection, connection: shown } = useWorkbench.getState();
  openTab({ kind: 'plan', id: path, title: name });
  if (connection !== null && connection !== shown) chooseConnection(connection);
  showSection('explore');
}
