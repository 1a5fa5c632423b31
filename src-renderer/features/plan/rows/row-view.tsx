import { DataGrid, type GridColDef } from '@mui/x-data-grid';
import { useMemo, useState, type ReactNode } from 'react';
import type { PreviewState } from '../../../../src-shared/contract/plans.ts';
import { MaskIcon, WarnIcon } from '../../../components/icons.tsx';
import { MiddleEllipsis } from '../../../components/middle-ellipsis.tsx';
import { pageNonce } from '../../../components/page-nonce.ts';
import { ValueCell } from '../../../components/value-cell.tsx';
import { text } from '../../../text/text.ts';
import { widthOf } from './column-widths.ts';
import { ValueDialog, type ShownValue } from './value-dialog.tsx';
import './rows.css';
import { seenText } from '../../../text/seen-text.ts';

export interface RowColumn {
  readonly id: string;
  readonly column: PreviewState['columns'][number];
  /** Place of the value in a row of `values`. */
  readonly at: number;
  /** `masked`: as it will be written, changed by a mask; `original`: as it is in the source. */
  readonly look: 'plain' | 'masked' | 'original';
  readonly suspected?: boolean;
  /** The first column of another group: a line stands before it. */
  readonly begins?: boolean;
}

interface RowViewProps {
  readonly label: string;
  readonly columns: readonly RowColumn[];
  /** Values by row: written ones, then originals where there are some. */
  readonly values: readonly (readonly (string | null)[])[];
  readonly marks: boolean;
  readonly dimmed: boolean;
}

interface GridRow {
  readonly id: number;
  readonly values: readonly (string | null)[];
}

/** Rows of a database as they are: exact, with what cannot be seen made visible. F2 opens a value. */
export function RowView({ label, columns, values, marks, dimmed }: RowViewProps): ReactNode {
  const [value, setValue] = useState<ShownValue | null>(null);
  const rows = useMemo((): GridRow[] => values.map((row, id) => ({ id, values: row })), [values]);
  const drawn = useMemo(() => columns.map((column) => gridColumn(column, { values, marks })), [columns, values, marks]);
  const open = (field: string, row: GridRow): void => {
    const found = columns.find(({ id }) => id === field);
    if (found !== undefined) setValue({ name: found.column.name, value: row.values[found.at] ?? null });
  };
  return (
    <div className={dimmed ? 'grow dimmed' : 'grow'} aria-busy={dimmed}>
      <DataGrid
        nonce={pageNonce()}
        aria-label={label}
        rows={rows}
        columns={drawn}
        disableRowSelectionOnClick
        disableColumnSorting
        localeText={{ noRowsLabel: text.plan.rows.none }}
        onCellDoubleClick={({ field, row }) => open(field, row)}
        onCellKeyDown={({ field, row }, event) => {
          if (event.key === 'F2' || event.key === 'Enter') open(field, row);
        }}
      />
      {value === null ? null : <ValueDialog shown={value} onClose={() => setValue(null)} />}
    </div>
  );
}

function gridColumn(
  { id, column, at, look, suspected, begins }: RowColumn,
  { values, marks }: Pick<RowViewProps, 'values' | 'marks'>,
): GridColDef<GridRow> {
  const isRight = column.kind === 'number';
  const classes = [look === 'masked' ? 'masked' : '', begins === true ? 'begins-group' : ''].join(' ').trim();
  return {
    field: id,
    headerName: column.name,
    width: widthOf(
      column,
      values.map((row) => row[at] ?? null),
    ),
    align: isRight ? 'right' : 'left',
    headerAlign: isRight ? 'right' : 'left',
    cellClassName: classes,
    headerClassName: begins === true ? 'begins-group' : '',
    valueGetter: (_value, row) => row.values[at] ?? null,
    renderHeader: () => (
      <span className="status row-head" title={seenText(`${column.name} ${column.type}`)}>
        {look === 'masked' ? <MaskIcon size={14} className="tone-mask" /> : null}
        {suspected === true ? <WarnIcon size={14} className="tone-warn" /> : null}
        <MiddleEllipsis text={column.name} />
      </span>
    ),
    renderCell: ({ row }) => <ValueCell value={row.values[at] ?? null} marks={marks} />,
  };
}
