import { useState, type ReactNode } from 'react';
import type { TableColumnFacts, TableDetail } from '../../../src-shared/contract/connections.ts';
import { formatBytes, formatCount } from '../../../src-shared/util/format-number.ts';
import { KeyIcon, LinkIcon } from '../../components/icons.tsx';
import { Status } from '../../components/marks.tsx';
import { MiddleEllipsis } from '../../components/middle-ellipsis.tsx';
import { RowGrid, type RowGridColumn } from '../../components/row-grid.tsx';
import { SectionHead } from '../../components/section-head.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { useAnswer } from '../../rpc/core-context.tsx';
import { tableKey } from '../../state/selection.ts';
import { useWorkbench } from '../../state/workbench.ts';
import { text } from '../../text/text.ts';

/** A table of a connection: its columns, keys and what looks personal. `id`: the connection's name. */
export function TableScreen({ id: connection }: { readonly id: string }): ReactNode {
  const table = useWorkbench((state) => state.table);
  if (table === null) return <EmptyState title={text.explore.noTable}>{text.explore.chooseTable}</EmptyState>;
  return <TableColumns key={tableKey([...table])} connection={connection} table={table} />;
}

function TableColumns({
  connection,
  table,
}: {
  readonly connection: string;
  readonly table: readonly [string, string];
}): ReactNode {
  const [namespace, name] = table;
  const [selected, setSelected] = useState<string | null>(null);
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
      <RowGrid
        label={`${text.explore.columns} ${namespace}.${name}`}
        rows={data.columns}
        idOf={(column) => column.name}
        columns={COLUMNS}
        selected={selected}
        onSelect={(column) => setSelected(column.name)}
        minWidth={752}
      />
    </>
  );
}

function estimateOf({ rows, bytes }: TableDetail): string {
  if (rows === null) return text.explore.noStatistics;
  const size = bytes === null ? '' : ` · ${formatBytes(bytes)}`;
  return `${text.everywhere.rows(formatCount(rows))}${size} (${text.everywhere.estimate})`;
}

const COLUMNS: readonly RowGridColumn<TableColumnFacts>[] = [
  {
    id: 'name',
    title: text.explore.column,
    width: 'minmax(168px, 1fr)',
    cell: ({ name }) => <MiddleEllipsis text={name} />,
  },
  {
    id: 'type',
    title: text.explore.type,
    width: '132px',
    cell: ({ nativeType }) => (
      <span className="data second ellipsis" title={nativeType}>
        {nativeType}
      </span>
    ),
  },
  {
    id: 'nullable',
    title: text.explore.nullable,
    width: '60px',
    cell: ({ nullable }) => <span className="faint">{nullable ? text.explore.yes : ''}</span>,
  },
  { id: 'key', title: text.explore.key, width: '148px', cell: (column) => <KeyOf column={column} /> },
  {
    id: 'class',
    title: text.explore.class,
    width: '148px',
    cell: ({ personal }) => (personal === null ? null : <Status tone="warn">{personal.class}</Status>),
  },
  {
    id: 'why',
    title: text.explore.why,
    width: 'minmax(96px, 1fr)',
    cell: ({ personal }) => (
      <span className="second ellipsis" title={personal?.reason}>
        {personal?.reason}
      </span>
    ),
  },
];

function KeyOf({ column }: { readonly column: TableColumnFacts }): ReactNode {
  return (
    <span className="grid-cell second">
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
    </span>
  );
}
