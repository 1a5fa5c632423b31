import { useMemo, type ReactNode } from 'react';
import type { CatalogSummary } from '../../../src-shared/contract/connections.ts';
import type { PlanSelection } from '../../state/selection.ts';
import { footWords } from './foot-words.ts';

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
    if (selection === null) {
      return footWords(
        all.map(({ rows }) => rows),
        null,
      );
    }
    const ticked = catalog.namespaces.flatMap(({ name, tables }) => {
      const chosen = selection.chosen.in(name);
      return tables.filter((table) => chosen.has(table.name));
    });
    return footWords(
      ticked.map(({ rows }) => rows),
      all.length,
    );
  }, [catalog, selection]);
  return <div className="side-foot figures">{words}</div>;
}
