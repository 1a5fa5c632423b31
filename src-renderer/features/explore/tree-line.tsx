import { useMemo, type ReactNode } from 'react';
import { formatCount } from '../../../src-shared/util/format-number.ts';
import { formatShortCount } from '../../../src-shared/util/format-short-count.ts';
import { DownIcon, RightIcon, WarnIcon } from '../../components/icons.tsx';
import { Tick } from '../../components/marks.tsx';
import { MiddleEllipsis } from '../../components/middle-ellipsis.tsx';
import type { Chosen, PlanSelection } from '../../state/selection.ts';
import { text } from '../../text/text.ts';
import type { TreeRow } from './tree-rows.ts';
import './tree.css';

interface LineProps {
  readonly id: string;
  readonly row: TreeRow;
  /** Pixels from the top of the tree. */
  readonly top: number;
  readonly focused: boolean;
  readonly selected: boolean;
  /** The plan in front; null: nothing can be ticked. */
  readonly selection: PlanSelection | null;
  readonly onShow: () => void;
  readonly onToggle: () => void;
}

/** One line of the tree: a namespace or a table. */
export function TreeLine({ id, row, top, focused, selected, selection, onShow, onToggle }: LineProps): ReactNode {
  const name = row.kind === 'namespace' ? row.name : row.table.name;
  const chosen = useMemo(() => (selection === null ? false : chosenOf(row, selection)), [row, selection]);
  return (
    <div
      id={id}
      role="treeitem"
      aria-level={row.kind === 'namespace' ? 1 : 2}
      aria-expanded={row.kind === 'namespace' ? row.open : undefined}
      aria-selected={selected}
      aria-checked={selection === null ? undefined : chosen === 'some' ? 'mixed' : chosen}
      className={focused ? 'tree-line focused' : 'tree-line'}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onShow}
    >
      {row.kind === 'namespace' ? (
        row.open ? (
          <DownIcon size={14} />
        ) : (
          <RightIcon size={14} />
        )
      ) : (
        <span className="indent" />
      )}
      {selection === null ? null : <Tick value={chosen} label={name} tabIndex={-1} onChange={onToggle} />}
      <span className={chosen === false && selection !== null ? 'name off' : 'name'}>
        <MiddleEllipsis text={name} />
      </span>
      <LineFigures row={row} selection={selection} />
    </div>
  );
}

function LineFigures({ row, selection }: Pick<LineProps, 'row' | 'selection'>): ReactNode {
  return row.kind === 'namespace' ? (
    <NamespaceFigures row={row} selection={selection} />
  ) : (
    <TableFigures row={row} selection={selection} />
  );
}

function NamespaceFigures({ row, selection }: FiguresProps<'namespace'>): ReactNode {
  const ticked = useMemo(() => {
    const chosen = selection?.chosen.in(row.name);
    return chosen === undefined ? null : row.tables.reduce((sum, { name }) => (chosen.has(name) ? sum + 1 : sum), 0);
  }, [row, selection]);
  const all = formatCount(row.tables.length);
  return <span className="figure">{ticked === null ? all : `${formatCount(ticked)} / ${all}`}</span>;
}

interface FiguresProps<Kind extends TreeRow['kind']> {
  readonly row: Extract<TreeRow, { kind: Kind }>;
  readonly selection: PlanSelection | null;
}

function TableFigures({ row, selection }: FiguresProps<'table'>): ReactNode {
  const { rows, kind } = row.table;
  const flagged = selection?.warnings.get([row.namespace, row.table.name]) ?? 0;
  return (
    <>
      {flagged > 0 ? (
        <span className="status tone-warn small" style={{ gap: 2 }} title={text.explore.flagged(flagged)}>
          <WarnIcon size={14} />
          {flagged}
        </span>
      ) : null}
      <span
        className="figure"
        title={rows === null ? text.explore.noStatistics : `${formatCount(rows)} (${text.everywhere.estimate})`}
      >
        {rows === null ? (kind.includes('view') ? text.explore.view : '–') : formatShortCount(rows)}
      </span>
    </>
  );
}

function chosenOf(row: TreeRow, { chosen }: PlanSelection): Chosen {
  if (row.kind === 'table') return chosen.get([row.namespace, row.table.name]) ?? false;
  const inPlan = chosen.in(row.name);
  if (row.tables.every(({ name }) => inPlan.get(name) === true)) return row.tables.length > 0;
  return row.tables.some(({ name }) => inPlan.has(name)) ? 'some' : false;
}
