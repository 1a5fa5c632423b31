import IconButton from '@mui/material/IconButton';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useMemo, type ReactNode } from 'react';
import type { CompiledTableFacts } from '../../../../src-shared/contract/plans.ts';
import { formatClock, formatMoment } from '../../../../src-shared/util/format-moment.ts';
import { formatBytes, formatCount } from '../../../../src-shared/util/format-number.ts';
import { CloseIcon, TableIcon } from '../../../components/icons.tsx';
import { Bar, Counting, Status } from '../../../components/marks.tsx';
import { MiddleEllipsis } from '../../../components/middle-ellipsis.tsx';
import { NARROW_WINDOW } from '../../../components/narrow-window.ts';
import { RowGrid, type RowGridColumn } from '../../../components/row-grid.tsx';
import { isSameTable } from '../../../state/selection.ts';
import { useWorkbench } from '../../../state/workbench.ts';
import { text } from '../../../text/text.ts';
import type { PlanEditorState } from '../plan-editor.ts';
import { seenText } from '../../../text/seen-text.ts';

const words = text.plan.tables;

/** The tables of the plan, in its order. Delete takes the one that is looked at out. */
export function ChosenTables({
  editor,
  tables,
}: {
  readonly editor: PlanEditorState;
  readonly tables: readonly CompiledTableFacts[];
}): ReactNode {
  const shown = useWorkbench((state) => state.table);
  const chooseTable = useWorkbench((state) => state.chooseTable);
  const isNarrow = useMediaQuery(NARROW_WINDOW);
  const columns = useMemo(() => columnsFor(editor, tables, isNarrow), [editor, tables, isNarrow]);
  return (
    <RowGrid
      label={words.grid}
      rows={tables}
      idOf={({ name }) => name}
      columns={columns}
      selected={(shown === null ? null : tables.find(({ table }) => isSameTable(table, [...shown]))?.name) ?? null}
      onSelect={({ table }) => chooseTable(table)}
      onKey={({ key }, row) => {
        if (key !== 'Delete') return false;
        remove(editor, row);
        return true;
      }}
      showRows={8}
      minWidth={(isNarrow ? 518 : 562) + rowsWidthOf(editor, tables, isNarrow)}
    />
  );
}

/** What a pattern brings in, and queries, are taken out in the file. */
const canRemove = ({ pattern, query }: CompiledTableFacts): boolean => pattern === null && query === null;

function remove(editor: PlanEditorState, row: CompiledTableFacts): void {
  const [namespace, name] = row.table;
  if (canRemove(row)) editor.edit({ kind: 'table', table: { namespace, name }, chosen: false });
}

type Column = RowGridColumn<CompiledTableFacts>;

function columnsFor(editor: PlanEditorState, tables: readonly CompiledTableFacts[], isNarrow: boolean): Column[] {
  // The namespace goes without saying where there is one only.
  const short = new Set(tables.map(({ table: [namespace] }) => namespace)).size === 1;
  const most = Math.max(...tables.map(({ bytes }) => bytes ?? 0), 1);
  const rowsOf = (table: CompiledTableFacts): number => editor.exact.of(table)?.rows ?? table.rows ?? 0;
  const mostRows = Math.max(...tables.map(rowsOf), 1);
  const rowsWidth = rowsWidthOf(editor, tables, isNarrow);
  return [
    {
      id: 'table',
      title: words.table,
      width: 'minmax(104px, 1.5fr)',
      cell: (row) => <NameCell row={row} short={short} />,
    },
    {
      id: 'rows',
      title: words.rows,
      width: `${rowsWidth}px`,
      right: true,
      cell: (row) => <RowsCell editor={editor} row={row} />,
    },
    {
      id: 'size',
      title: words.size,
      width: isNarrow ? '80px' : '124px',
      cell: (row) => (
        <>
          {isNarrow ? null : <Bar value={row.bytes === null ? rowsOf(row) / mostRows : row.bytes / most} width={36} />}
          <span className="figures second">{row.bytes === null ? '' : `~${formatBytes(row.bytes)}`}</span>
        </>
      ),
    },
    ...CONTENT,
    {
      id: 'remove',
      title: <span className="visually-hidden">{words.remove}</span>,
      width: '36px',
      cell: (row) => (canRemove(row) ? <RemoveButton name={row.name} onRemove={() => remove(editor, row)} /> : null),
    },
  ];
}

/** Room for the longest count with its mark and its word: digits are never cut. */
function rowsWidthOf({ exact }: PlanEditorState, tables: readonly CompiledTableFacts[], isNarrow: boolean): number {
  const longest = tables.reduce((most, table) => Math.max(most, exact.of(table)?.rows ?? table.rows ?? 0), 0);
  const isFiltered = tables.some((table) => table.where !== null && exact.of(table) === null);
  const wordWidth = isFiltered ? 104 : isNarrow ? 62 : 82;
  return Math.max(wordWidth + 46, Math.ceil(wordWidth + (formatCount(longest).length + 1) * 7.2));
}

/** What of a table goes out, and how. */
const CONTENT: readonly Column[] = [
  {
    id: 'columns',
    title: words.columns,
    width: '74px',
    cell: ({ columns: { chosen, all } }) => (
      <span className="figures second">{text.plan.values.columns(chosen, all)}</span>
    ),
  },
  {
    id: 'filter',
    title: words.filter,
    width: 'minmax(64px, 1fr)',
    cell: ({ where }) => (
      <span className={where === null ? 'faint' : 'data ellipsis'} title={where === null ? undefined : seenText(where)}>
        {where === null ? words.allRows : seenText(where)}
      </span>
    ),
  },
  {
    id: 'masked',
    title: words.masked,
    width: '60px',
    cell: ({ columns: { masked } }) =>
      masked === 0 ? <span className="faint">–</span> : <Status tone="mask">{formatCount(masked)}</Status>,
  },
  {
    id: 'suspected',
    title: words.suspected,
    width: '100px',
    cell: ({ columns: { suspected } }) =>
      suspected === 0 ? (
        <span className="faint">{words.none}</span>
      ) : (
        <Status tone="warn">{text.plan.slip.columns(suspected)}</Status>
      ),
  },
];

function NameCell({
  row: { name, table, pattern, query },
  short,
}: {
  readonly row: CompiledTableFacts;
  readonly short: boolean;
}): ReactNode {
  return (
    <>
      <TableIcon size={14} className="faint" />
      <span className="medium grow" title={seenText(name)}>
        <MiddleEllipsis text={short ? table[1] : name} />
      </span>
      {pattern === null ? null : (
        <span className="tag" title={words.pattern(pattern)}>
          {pattern}
        </span>
      )}
      {query === null ? null : <span className="tag">{words.query}</span>}
    </>
  );
}

function RemoveButton({ name, onRemove }: { readonly name: string; readonly onRemove: () => void }): ReactNode {
  return (
    <IconButton
      aria-label={`${words.remove}: ${name}`}
      title={words.remove}
      tabIndex={-1}
      onClick={(event) => {
        event.stopPropagation();
        onRemove();
      }}
      sx={{ width: 20, height: 20 }}
    >
      <CloseIcon size={12} />
    </IconButton>
  );
}

function RowsCell({ editor, row }: { readonly editor: PlanEditorState; readonly row: CompiledTableFacts }): ReactNode {
  const exact = editor.exact.of(row);
  if (exact !== null) {
    return (
      <span className="figures ellipsis" title={text.everywhere.countedAt(formatMoment(exact.at))}>
        {formatCount(exact.rows)}{' '}
        <small className="faint">
          {text.everywhere.exact} <span className="when-wide">{formatClock(exact.at)}</span>
        </small>
      </span>
    );
  }
  if (editor.exact.isComing(row)) return <Counting />;
  if (row.rows === null) return <span className="faint">{text.everywhere.unknown}</span>;
  return (
    <span className="figures" title={text.plan.filter.beforeFilter(row.where !== null)}>
      ~{formatCount(row.rows)}{' '}
      <small className="faint">{row.where === null ? text.everywhere.estimate : text.everywhere.beforeFilter}</small>
    </span>
  );
}
