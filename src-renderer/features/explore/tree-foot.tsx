import Button from '@mui/material/Button';
import { useMemo, type ReactNode } from 'react';
import type { CatalogSummary } from '../../../src-shared/contract/connections.ts';
import { formatCount } from '../../../src-shared/util/format-number.ts';
import { runCommand } from '../../state/commands.ts';
import { useSelection, type PlanSelection } from '../../state/selection.ts';
import { useWorkbench } from '../../state/workbench.ts';
import { text } from '../../text/text.ts';
import { footWords, planFootWords } from './foot-words.ts';

/** What is ticked, in one line; without a plan, what there is. */
export function TreeFoot({
  catalog,
  selection,
}: {
  readonly catalog: CatalogSummary;
  readonly selection: PlanSelection | null;
}): ReactNode {
  const isOpening = useIsOpening();
  const words = useMemo(() => {
    const all = catalog.namespaces.flatMap(({ tables }) => tables);
    if (isOpening) return text.explore.tables(formatCount(all.length));
    if (selection === null) return footWords(all.map(({ rows }) => rows));
    const ticked = catalog.namespaces.reduce((sum, { name, tables }) => {
      const chosen = selection.chosen.in(name);
      return tables.reduce((count, table) => (chosen.has(table.name) ? count + 1 : count), sum);
    }, 0);
    return planFootWords({ ticked, all: all.length }, selection.total);
  }, [catalog, selection, isOpening]);
  return (
    <div className="side-foot figures">
      {words}
      {selection === null && !isOpening ? <NewPlan /> : null}
    </div>
  );
}

/** A plan is in front whose tables are not known yet: until then nothing is said of rows, nor that there is none. */
function useIsOpening(): boolean {
  const isPlan = useWorkbench(({ active }) => active?.startsWith('plan:') ?? false);
  return useSelection(({ selection }) => selection === null) && isPlan;
}

/** Without a plan in front nothing can be ticked: the way to one. */
function NewPlan(): ReactNode {
  return (
    <div className="row" style={{ justifyContent: 'space-between', marginTop: 4 }}>
      <span className="faint">{text.explore.noPlan}</span>
      <Button variant="outlined" sx={{ height: 24, flex: 'none' }} onClick={() => runCommand('plan-new')}>
        {text.plan.list.new}
      </Button>
    </div>
  );
}
