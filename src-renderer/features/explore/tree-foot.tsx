import { useMemo, type ReactNode } from 'react';
import type { CatalogSummary } from '../../../src-shared/contract/connections.ts';
import { tableKey, type PlanSelection } from '../../state/selection.ts';
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
    const all = catalog.namespaces.flatMap(({ name, tables }) => tables.map((table) => ({ name, table })));
    if (selection === null) return footWords(all.map(({ table }) => table.rows));
    const ticked = all.filter(({ name, table }) => selection.chosen.has(tableKey([name, table.name])));
    return planFootWords({ ticked: ticked.length, all: all.length }, selection.total);
  }, [catalog, selection]);
  return <div className="side-foot figures">{words}</div>;
}
