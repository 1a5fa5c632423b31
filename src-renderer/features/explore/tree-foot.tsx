import { useMemo, type ReactNode } from 'react';
import type { CatalogSummary } from '../../../src-shared/contract/connections.ts';
import { formatCount } from '../../../src-shared/util/format-number.ts';
import { tableKey, type PlanSelection } from '../../state/selection.ts';
import { text } from '../../text/text.ts';

/** What is ticked, in one line; without a plan, what there is. */
export function TreeFoot({
  catalog,
  selection,
}: {
  readonly catalog: CatalogSummary;
  readonly selection: PlanSelection | null;
}): ReactNode {
  const total = useMemo(() => {
    const all = catalog.namespaces.flatMap(({ name, tables }) =>
      tables.map((table) => ({ key: tableKey([name, table.name]), rows: table.rows })),
    );
    const shown = selection === null ? all : all.filter(({ key }) => selection.chosen.has(key));
    return {
      all: all.length,
      shown: shown.length,
      rows: shown.reduce((sum, { rows }) => sum + (rows ?? 0), 0),
    };
  }, [catalog, selection]);
  const tables =
    selection === null
      ? formatCount(total.all)
      : `${formatCount(total.shown)} ${text.explore.of} ${formatCount(total.all)}`;
  return <div className="side-foot figures">{text.explore.foot(tables, formatCount(total.rows))}</div>;
}
