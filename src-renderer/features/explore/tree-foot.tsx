import Button from '@mui/material/Button';
import { useMemo, type ReactNode } from 'react';
import type { CatalogSummary } from '../../../src-shared/contract/connections.ts';
import { runCommand } from '../../state/commands.ts';
import type { PlanSelection } from '../../state/selection.ts';
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
  const words = useMemo(() => {
    const all = catalog.namespaces.flatMap(({ tables }) => tables);
    if (selection === null) return footWords(all.map(({ rows }) => rows));
    const ticked = catalog.namespaces.reduce((sum, { name, tables }) => {
      const chosen = selection.chosen.in(name);
      return tables.reduce((count, table) => (chosen.has(table.name) ? count + 1 : count), sum);
    }, 0);
    return planFootWords({ ticked, all: all.length }, selection.total);
  }, [catalog, selection]);
  return (
    <div className="side-foot figures">
      {words}
      {selection === null ? <NewPlan /> : null}
    </div>
  );
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
