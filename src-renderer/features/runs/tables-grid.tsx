import { DataGrid, useGridApiRef, type GridColDef } from '@mui/x-data-grid';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useEffect, useRef, type ReactNode } from 'react';
import type { RunTable } from '../../../src-shared/contract/runs.ts';
import { formatBytes, formatCount } from '../../../src-shared/util/format-number.ts';
import { formatRoughDuration } from '../../../src-shared/util/format-rough-duration.ts';
import { formatShortCount } from '../../../src-shared/util/format-short-count.ts';
import { TableIcon } from '../../components/icons.tsx';
import { Bar } from '../../components/marks.tsx';
import { MiddleEllipsis } from '../../components/middle-ellipsis.tsx';
import { formatPercent } from '../../components/percent.ts';
import { pageNonce } from '../../components/page-nonce.ts';
import { text } from '../../text/text.ts';
import { NARROW_WINDOW } from '../../components/narrow-window.ts';
import { TableMark } from './table-mark.tsx';

const ROW = 26;
/** Rate and time left of the moving table stand in the slip as well. */
const NARROW = { rate: false, left: false };
const WIDE = {};

/** The tables of a run that is alive, in the order of the plan; it keeps the moving one in sight. */
export function TablesGrid({ tables }: { readonly tables: readonly RunTable[] }): ReactNode {
  const api = useGridApiRef();
  const box = useRef<HTMLDivElement>(null);
  const isNarrow = useMediaQuery(NARROW_WINDOW);
  const moving = tables.findIndex(isMoving);
  useEffect(() => {
    // A person who looks at something there is not taken away from it.
    if (moving === -1 || box.current?.matches(':hover, :focus-within') !== false) return;
    api.current?.scrollToIndexes({ rowIndex: moving });
  }, [api, moving]);
  return (
    <div ref={box} className="run-tables" style={{ flexBasis: ROW * (tables.length + 1) + 2 }}>
      <DataGrid
        apiRef={api}
        columnVisibilityModel={isNarrow ? NARROW : WIDE}
        nonce={pageNonce()}
        rows={tables}
        getRowId={(table) => table.name}
        columns={COLUMNS}
        disableRowSelectionOnClick
        rowSelectionModel={{ type: 'include', ids: new Set(tables.filter(isMoving).map(({ name }) => name)) }}
        aria-label={text.runs.tables}
      />
    </div>
  );
}

const isMoving = ({ state }: RunTable): boolean => state === 'reading' || state === 'paused' || state === 'checking';

/** 0…1; null: nobody knows how much there is. */
function shareOf({ state, rows, estimatedRows, verdict }: RunTable): number | null {
  if (state === 'finished') return verdict === 'incomplete' ? null : 1;
  if (state === 'waiting') return 0;
  if (state === 'checking') return 1;
  return estimatedRows === null || estimatedRows === 0 ? null : Math.min(1, rows / Math.max(estimatedRows, 1));
}

const COLUMNS: GridColDef<RunTable>[] = [
  {
    field: 'name',
    headerName: text.runs.table,
    flex: 1,
    minWidth: 116,
    sortable: false,
    renderCell: ({ row }) => (
      <div className="grid-cell">
        <TableIcon size={14} className="faint" />
        <span className="medium grow">
          <MiddleEllipsis text={row.name} />
        </span>
      </div>
    ),
  },
  {
    field: 'progress',
    headerName: text.runs.progress,
    width: 140,
    sortable: false,
    renderCell: ({ row }) => <ProgressCell table={row} />,
  },
  figures({ field: 'rows', headerName: text.runs.rowsWritten, width: 100 }, ({ rows }) => formatCount(rows)),
  figures({ field: 'expected', headerName: text.runs.rowsExpected, width: 144 }, expectedOf),
  figures({ field: 'bytes', headerName: text.runs.read, width: 88 }, ({ bytes }) => formatBytes(bytes)),
  figures({ field: 'rate', headerName: text.runs.rate, width: 88 }, ({ rowsPerSecond }) =>
    rowsPerSecond === 0 ? '' : `${formatShortCount(rowsPerSecond)}/s`,
  ),
  figures({ field: 'left', headerName: text.runs.timeLeft, width: 76 }, ({ etaMs }) =>
    etaMs === null ? '' : `~${formatRoughDuration(etaMs)}`,
  ),
  {
    field: 'state',
    headerName: text.runs.verdict,
    flex: 1,
    minWidth: 150,
    sortable: false,
    renderCell: ({ row }) => (
      <div className="grid-cell">
        <TableMark table={row} />
      </div>
    ),
  },
];

function figures(
  column: Pick<GridColDef<RunTable>, 'field' | 'headerName' | 'width'>,
  of: (table: RunTable) => ReactNode,
): GridColDef<RunTable> {
  return {
    ...column,
    align: 'right',
    headerAlign: 'right',
    sortable: false,
    renderCell: ({ row }) => <div className="grid-cell right figures second">{of(row)}</div>,
  };
}

/** A count once there is one; before it the word that says it is none. */
function expectedOf({ sourceRows, estimatedRows }: RunTable): ReactNode {
  if (sourceRows !== null) return formatCount(sourceRows);
  if (estimatedRows === null) return <span className="faint">{text.everywhere.unknown}</span>;
  return (
    <>
      <span className="faint small">{text.everywhere.estimate}</span> {formatCount(estimatedRows)}
    </>
  );
}

function ProgressCell({ table }: { readonly table: RunTable }): ReactNode {
  const share = shareOf(table);
  return (
    <div className="grid-cell">
      <Bar value={share ?? 0} width={80} moving={table.state === 'reading'} label={text.runs.progressOf(table.name)} />
      <span className="figures second push">{share === null ? '' : formatPercent(share)}</span>
    </div>
  );
}
