import { DataGrid, type GridColDef } from '@mui/x-data-grid';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useMemo, type ReactNode } from 'react';
import type { RunTable } from '../../../src-shared/contract/runs.ts';
import { formatDuration } from '../../../src-shared/util/format-duration.ts';
import { formatBytes, formatCount } from '../../../src-shared/util/format-number.ts';
import { formatShortCount } from '../../../src-shared/util/format-short-count.ts';
import { TableIcon } from '../../components/icons.tsx';
import { MiddleEllipsis } from '../../components/middle-ellipsis.tsx';
import { pageNonce } from '../../components/page-nonce.ts';
import { text } from '../../text/text.ts';
import { NARROW_WINDOW } from '../../components/narrow-window.ts';
import { TableMark } from './table-mark.tsx';
import { worstFirst } from './verdict.ts';

const ROW = 26;
const NARROW = { files: false, took: false, rate: false };
const WIDE = {};

/** The three counts of each table of a finished run; what is not equal comes first, in red. */
export function CountsGrid({ tables }: { readonly tables: readonly RunTable[] }): ReactNode {
  const isNarrow = useMediaQuery(NARROW_WINDOW);
  const rows = useMemo(() => worstFirst(tables), [tables]);
  return (
    <div className="run-tables" style={{ flexBasis: ROW * (tables.length + 1) + 2 }}>
      <DataGrid
        nonce={pageNonce()}
        columnVisibilityModel={isNarrow ? NARROW : WIDE}
        rows={rows}
        getRowId={(table) => table.name}
        columns={COLUMNS}
        disableRowSelectionOnClick
        aria-label={text.runs.counts}
      />
    </div>
  );
}

const countOf = (rows: number | null): ReactNode =>
  rows === null ? <span className="faint">{text.everywhere.unknown}</span> : formatCount(rows);

const COLUMNS: GridColDef<RunTable>[] = [
  {
    field: 'name',
    headerName: text.runs.table,
    flex: 1.4,
    minWidth: 132,
    renderCell: ({ row }) => (
      <div className="grid-cell">
        <TableIcon size={14} className="faint" />
        <span className="medium grow">
          <MiddleEllipsis text={row.name} />
        </span>
      </div>
    ),
  },
  figures({ field: 'sourceRows', headerName: text.runs.source, width: 100 }, ({ sourceRows }) => countOf(sourceRows)),
  equality('first', ({ sourceRows, writtenRows }) => [sourceRows, writtenRows]),
  figures({ field: 'writtenRows', headerName: text.runs.written, width: 100 }, ({ writtenRows }) =>
    countOf(writtenRows),
  ),
  equality('second', ({ writtenRows, rereadRows }) => [writtenRows, rereadRows]),
  figures({ field: 'rereadRows', headerName: text.runs.reread, width: 100 }, ({ rereadRows }) => countOf(rereadRows)),
  figures({ field: 'files', headerName: text.runs.files, width: 56 }, ({ files, verdict }) =>
    verdict === null ? '' : formatCount(files),
  ),
  figures({ field: 'bytes', headerName: text.runs.bytes, width: 84 }, ({ bytes, verdict }) =>
    verdict === null ? '' : formatBytes(bytes),
  ),
  figures({ field: 'took', headerName: text.runs.took, width: 72 }, ({ elapsedMs }) =>
    elapsedMs === null ? '' : formatDuration(elapsedMs),
  ),
  figures({ field: 'rate', headerName: text.runs.rowsEachSecond, width: 76 }, ({ writtenRows, keptRows, elapsedMs }) =>
    writtenRows === null || elapsedMs === null || elapsedMs === 0
      ? ''
      : formatShortCount(Math.round(((writtenRows - keptRows) * 1000) / elapsedMs)),
  ),
  {
    field: 'verdict',
    headerName: text.runs.verdict,
    flex: 1,
    minWidth: 132,
    renderCell: ({ row }) => (
      <div className="grid-cell">
        <TableMark table={row} hasEnded />
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
    renderCell: ({ row }) => <div className="grid-cell right figures">{of(row)}</div>,
  };
}

/** The sign between two counts. Where one of them was never taken there is nothing to compare. */
function equality(
  field: string,
  pair: (table: RunTable) => readonly [number | null, number | null],
): GridColDef<RunTable> {
  return {
    ...{ field, headerName: '', width: 26, sortable: false, align: 'center', resizable: false },
    renderCell: ({ row }) => {
      const [one, other] = pair(row);
      if (one === null || other === null) return null;
      return one === other ? (
        <span className="faint" aria-label={text.runs.equals}>
          =
        </span>
      ) : (
        <span className="differs" aria-label={text.runs.differs}>
          ≠
        </span>
      );
    },
  };
}
