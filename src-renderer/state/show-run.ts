import { useWorkbench, type WorkbenchState } from './workbench.ts';

/** Brings a run to the front. `title`: of the tab that shows runs. */
export function showRun(run: string, title: string): void {
  const { chooseRun, showSection, openTab } = useWorkbench.getState();
  chooseRun(run);
  showSection('runs');
  openTab({ kind: 'runs', id: '', title });
}

/** Brings the runs of a plan over time to the front. `plan`: null for the one that was looked at, or ran last. */
export function showHistory(plan: WorkbenchState['historyPlan'], title: string): void {
  const { chooseHistory, showSection, openTab } = useWorkbench.getState();
  if (plan !== null) chooseHistory(plan);
  showSection('runs');
  openTab({ kind: 'history', id: '', title });
}

/** Brings an entry of the ledger to the front. */
export function showLedgerEntry(seq: number, title: string): void {
  const { chooseLedgerEntry, showSection, openTab } = useWorkbench.getState();
  chooseLedgerEntry(seq);
  showSection('ledger');
  openTab({ kind: 'ledger', id: '', title });
}
