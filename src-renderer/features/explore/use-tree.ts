import { useDeferredValue, useMemo, useState } from 'react';
import type { CatalogSummary } from '../../../src-shared/contract/connections.ts';
import type { TablePair } from '../../../src-shared/contract/parts.ts';
import { useFixedRows, type FixedRows } from '../../components/use-fixed-rows.ts';
import { useSelection, type PlanSelection } from '../../state/selection.ts';
import { useWorkbench } from '../../state/workbench.ts';
import type { TreeMoves } from './press-in-tree.ts';
import { treeRows, type TreeRow } from './tree-rows.ts';

const ROW_HEIGHT = 24;

export interface TreeSource {
  readonly connection: string;
  readonly catalog: CatalogSummary;
  readonly filter: string;
}

export interface Tree extends TreeMoves, Pick<FixedRows, 'box' | 'lines'> {
  /** The plan in front, when it is one of this connection. */
  readonly selection: PlanSelection | null;
}

/** What the tree shows and what can be done in it. */
export function useTree({ connection, catalog, filter }: TreeSource): Tree {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState(0);
  const wanted = useDeferredValue(filter);
  const rows = useMemo(() => treeRows(catalog, { filter: wanted, closed }), [catalog, wanted, closed]);
  const { box, lines, show: scrollTo } = useFixedRows({ count: rows.length, rowHeight: ROW_HEIGHT, overscan: 3 });
  const inFront = useSelection((state) => state.selection);
  const selection = inFront?.connection === connection ? inFront : null;
  const chooseTable = useWorkbench((state) => state.chooseTable);
  const openTab = useWorkbench((state) => state.openTab);
  const setOpen = (name: string, open: boolean): void =>
    setClosed((now) => new Set(open ? [...now].filter((one) => one !== name) : [...now, name]));
  const show = (row: TreeRow | undefined): void => {
    if (row?.kind === 'namespace') setOpen(row.name, !row.open);
    if (row?.kind !== 'table') return;
    chooseTable([row.namespace, row.table.name]);
    if (selection === null) openTab({ kind: 'explore', id: connection, title: connection });
  };
  const goTo = (index: number): void => {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    setAt(next);
    scrollTo(next);
  };
  const toggle = (row: TreeRow): void => {
    if (selection === null) return show(row);
    selection.choose(tablesOf(row), !isChosen(row, selection));
  };
  return { box, lines, selection, rows, at, goTo, setOpen, show, toggle };
}

function tablesOf(row: TreeRow): readonly TablePair[] {
  return row.kind === 'table'
    ? [[row.namespace, row.table.name]]
    : row.tables.map((table): TablePair => [row.name, table.name]);
}

function isChosen(row: TreeRow, { chosen }: PlanSelection): boolean {
  return tablesOf(row).every((pair) => chosen.get(pair) !== undefined);
}
