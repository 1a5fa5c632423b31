import {
  memo,
  useCallback,
  useId,
  useMemo,
  useRef,
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { useFixedRows } from './use-fixed-rows.ts';
import './styles/row-grid.css';

export interface RowGridColumn<Row> {
  readonly id: string;
  readonly title: ReactNode;
  /** A track of a CSS grid: `120px`, `minmax(168px, 1fr)`. */
  readonly width: string;
  readonly right?: boolean;
  readonly cell: (row: Row) => ReactNode;
}

export interface RowGridProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly idOf: (row: Row) => string;
  readonly columns: readonly RowGridColumn<Row>[];
  /** Id of the row that is looked at. */
  readonly selected: string | null;
  readonly onSelect: (row: Row) => void;
  /** Space, and Ctrl+Space for all rows from the last one on; true: the key was taken. */
  readonly onKey?: (event: KeyboardEvent, row: Row) => boolean;
  readonly rowHeight?: number;
  /** Narrower than this it scrolls sideways, pixels. */
  readonly minWidth?: number;
  /** Rows in sight before it scrolls; without it, it fills its place. */
  readonly showRows?: number;
}

const ROW_HEIGHT = 26;
const PAGE = 12;

/** Rows of any number: only those in sight are drawn, so that thousands scroll as ten do. Keys as in every grid. */
export function RowGrid<Row>(props: RowGridProps<Row>): ReactNode {
  const { label, rows, idOf, columns, selected, rowHeight = ROW_HEIGHT, showRows, minWidth = 0 } = props;
  const prefix = useId();
  const { box, lines, show } = useFixedRows({ count: rows.length, rowHeight, head: ROW_HEIGHT, overscan: 3 });
  const at = rows.findIndex((row) => idOf(row) === selected);
  const goTo = (index: number): void => {
    const place = Math.max(0, Math.min(rows.length - 1, index));
    const row = rows[place];
    if (row === undefined) return;
    props.onSelect(row);
    show(place);
  };
  const tracks = useTracks(columns, minWidth);
  const select = useLatest(props.onSelect);
  const height = showRows === undefined ? undefined : heightOf(Math.min(showRows, rows.length), rowHeight);
  return (
    <div
      ref={box}
      className={showRows === undefined ? 'row-grid grow' : 'row-grid'}
      style={{ height }}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-activedescendant={at < 0 ? undefined : `${prefix}-${at}`}
      onKeyDown={(event) =>
        pressInGrid(event, { at, last: rows.length - 1, goTo, taken: () => taken(event, rows[at], props) })
      }
    >
      <GridHead columns={columns} tracks={tracks} />
      <div role="rowgroup" style={{ height: lines.getTotalSize(), position: 'relative' }}>
        {lines.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return row === undefined ? null : (
            <GridLine
              key={idOf(row)}
              id={`${prefix}-${index}`}
              index={index}
              isSelected={index === at}
              row={row}
              columns={columns}
              tracks={tracks}
              height={rowHeight}
              top={start}
              onSelect={select}
            />
          );
        })}
      </div>
    </div>
  );
}

/** Of the head and so many rows, at least one. */
const heightOf = (rows: number, rowHeight: number): number => ROW_HEIGHT + Math.max(rows, 1) * rowHeight + 1;

function GridHead<Row>({
  columns,
  tracks,
}: {
  readonly columns: readonly RowGridColumn<Row>[];
  readonly tracks: CSSProperties;
}): ReactNode {
  return (
    <div role="rowgroup" className="row-grid-head">
      <div role="row" aria-rowindex={1} className="row-grid-row" style={tracks}>
        {columns.map(({ id, title, right }) => (
          <span key={id} role="columnheader" className={right === true ? 'right' : undefined}>
            {title}
          </span>
        ))}
      </div>
    </div>
  );
}

interface LineProps<Row> {
  readonly id: string;
  readonly index: number;
  readonly isSelected: boolean;
  readonly row: Row;
  readonly columns: readonly RowGridColumn<Row>[];
  readonly tracks: CSSProperties;
  readonly height: number;
  /** Pixels from the first row's place. */
  readonly top: number;
  readonly onSelect: (row: Row) => void;
}

// Drawn anew only when something of it changes: most lines stay as they are while it scrolls. `memo` forgets the type.
const GridLine = memo(DrawnLine) as typeof DrawnLine;

function DrawnLine<Row>(props: LineProps<Row>): ReactNode {
  const { id, index, isSelected, row, columns, tracks, height, top, onSelect } = props;
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className="row-grid-row"
      style={{ ...tracks, height, transform: `translateY(${top}px)` }}
      onClick={() => onSelect(row)}
    >
      {columns.map(({ id: column, right, cell }) => (
        <span key={column} role="gridcell" className={right === true ? 'grid-cell right' : 'grid-cell'}>
          {cell(row)}
        </span>
      ))}
    </div>
  );
}

function useTracks<Row>(columns: readonly RowGridColumn<Row>[], minWidth: number): CSSProperties {
  return useMemo(
    () => ({ gridTemplateColumns: columns.map(({ width }) => width).join(' '), minWidth }),
    [columns, minWidth],
  );
}

/** The same function at every drawing, which calls the newest one. */
function useLatest<Row>(work: (row: Row) => void): (row: Row) => void {
  const latest = useRef(work);
  latest.current = work;
  return useCallback((row: Row) => latest.current(row), []);
}

function taken<Row>(event: KeyboardEvent, row: Row | undefined, { onKey }: RowGridProps<Row>): boolean {
  return row !== undefined && onKey !== undefined && onKey(event, row);
}

interface Moves {
  readonly at: number;
  readonly last: number;
  readonly goTo: (index: number) => void;
  readonly taken: () => boolean;
}

function pressInGrid(event: KeyboardEvent<HTMLElement>, { at, last, goTo, taken: isTaken }: Moves): void {
  // Keys inside a field or button of a cell are its own.
  if (event.target !== event.currentTarget) return;
  if (isTaken()) return event.preventDefault();
  if (event.altKey || event.metaKey || event.ctrlKey) return;
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: last, PageDown: at + PAGE, PageUp: at - PAGE }[
    event.key
  ];
  if (to === undefined) return;
  event.preventDefault();
  goTo(to);
}
