import { DataGrid, type GridColDef } from '@mui/x-data-grid';
import type { ReactNode } from 'react';
import type { TableColumnFacts, TableDetail } from '../../../src-shared/contract/connections.ts';
import { formatBytes, formatCount } from '../../../src-shared/util/format-number.ts';
import { KeyIcon, LinkIcon } from '../../components/icons.tsx';
import { Status } from '../../components/marks.tsx';
import { MiddleEllipsis } from '../../components/middle-ellipsis.tsx';
import { pageNonce } from '../../components/page-nonce.ts';
import { SectionHead } from '../../components/section-head.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { useAnswer } from '../../rpc/core-context.tsx';
import { useWorkbench } from '../../state/workbench.ts';
import { text } from '../../text/text.ts';

/** A table of a connection: its columns, keys and what looks personal. `id`: the connection's name. */
export function TableScreen({ id: connection }: { readonly id: string }): ReactNode {
  const table = useWorkbench((state) => state.table);
  if (table === null) return <EmptyState title={text.explore.noTable}>{text.explore.chooseTable}</EmptyState>;
  return <TableColumns connection={connection} table={table} />;
}

function TableColumns({
  connection,
  table,
}: {
  readonly connection: string;
  readonly table: readonly [string, string];
}): ReactNode {
  const [namespace, name] = table;
  const { data, error, refetch } = useAnswer(['catalog', 'table', connection, namespace, name], (core, signal) =>
    core.catalog.table({ connection, table: [namespace, name] }, { signal }),
  );
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <LoadingState what={text.explore.reading} />;
  return (
    <>
      <SectionHead title={`${namespace}.${name}`}>
        <span className="second figures">{text.explore.columnCount(data.columns.length)}</span>
        <span className="faint figures">{estimateOf(data)}</span>
      </SectionHead>
      {data.remarks.map((remark) => (
        <div key={remark} className="note warn">
          {remark}
        </div>
      ))}
      <div className="grow">
        <DataGrid
          nonce={pageNonce()}
          rows={data.columns}
          getRowId={(column) => column.name}
          columns={COLUMNS}
          disableRowSelectionOnClick
          aria-label={`${text.explore.columns} ${namespace}.${name}`}
        />
      </div>
    </>
  );
}

function estimateOf({ rows, bytes }: TableDetail): string {
  if (rows === null) return text.explore.noStatistics;
  const size = bytes === null ? '' : ` · ${formatBytes(bytes)}`;
  return `${text.everywhere.rows(formatCount(rows))}${size} (${text.everywhere.estimate})`;
}

const COLUMNS: GridColDef<TableColumnFacts>[] = [
  {
    field: 'name',
    headerName: text.explore.column,
    flex: 1,
    minWidth: 168,
    renderCell: ({ row }) => (
      <div className="grid-cell">
        <MiddleEllipsis text={row.name} />
      </div>
    ),
  },
  {
    field: 'nativeType',
    headerName: text.explore.type,
    width: 160,
    renderCell: ({ row }) => (
      <div className="grid-cell">
        <span className="data second ellipsis" title={row.nativeType}>
          {row.nativeType}
        </span>
      </div>
    ),
  },
  {
    field: 'nullable',
    headerName: text.explore.nullable,
    width: 60,
    renderCell: ({ row }) => <div className="grid-cell faint">{row.nullable ? text.explore.yes : ''}</div>,
  },
  {
    field: 'key',
    headerName: text.explore.key,
    width: 180,
    sortable: false,
    renderCell: ({ row }) => <KeyOf column={row} />,
  },
  {
    field: 'personal',
    headerName: text.explore.class,
    width: 160,
    sortable: false,
    renderCell: ({ row }) => (
      <div className="grid-cell">
        {row.personal === null ? null : <Status tone="warn">{row.personal.class}</Status>}
      </div>
    ),
  },
  {
    field: 'why',
    headerName: text.explore.why,
    flex: 1,
    minWidth: 160,
    sortable: false,
    renderCell: ({ row }) => (
      <div className="grid-cell">
        <span className="second ellipsis" title={row.personal?.reason}>
          {row.personal?.reason}
        </span>
      </div>
    ),
  },
];

function KeyOf({ column }: { readonly column: TableColumnFacts }): ReactNode {
  return (
    <div className="grid-cell second">
      {column.primaryKey ? (
        <>
          <KeyIcon size={14} />
          {text.explore.primary}
        </>
      ) : null}
      {column.foreignKey === null ? null : (
        <>
          <LinkIcon size={14} className="faint" />
          <span className="ellipsis" title={column.foreignKey}>
            {column.foreignKey}
          </span>
        </>
      )}
    </div>
  );
}
