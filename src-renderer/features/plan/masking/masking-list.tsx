import InputAdornment from '@mui/material/InputAdornment';
import OutlinedInput from '@mui/material/OutlinedInput';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useDeferredValue, useMemo, useState, type ReactNode } from 'react';
import { SearchIcon } from '../../../components/icons.tsx';
import { MaskPill, Status } from '../../../components/marks.tsx';
import { MiddleEllipsis } from '../../../components/middle-ellipsis.tsx';
import { NARROW_WINDOW } from '../../../components/narrow-window.ts';
import { RowGrid, type RowGridColumn } from '../../../components/row-grid.tsx';
import { SectionHead } from '../../../components/section-head.tsx';
import { Segmented } from '../../../components/segmented.tsx';
import { text } from '../../../text/text.ts';
import { maskWords } from '../mask-words.ts';
import type { MaskingRow } from './masking-rows.ts';
import type { MaskingRows } from './use-masking-rows.ts';
import { seenText } from '../../../text/seen-text.ts';

const words = text.plan.masking;

interface ListProps {
  readonly rows: readonly MaskingRow[];
  readonly selected: string;
  readonly only: MaskingRows['only'];
  readonly onSelect: (row: MaskingRow) => void;
  /** Enter: to the panel. */
  readonly onEnter: () => void;
}

/** All columns that go out. */
export function MaskingList({ rows, selected, only, onSelect, onEnter }: ListProps): ReactNode {
  const [order, setOrder] = useState<'suspected' | 'table'>('suspected');
  const [filter, setFilter] = useState('');
  const isNarrow = useMediaQuery(NARROW_WINDOW);
  const wanted = useDeferredValue(filter.trim().toLowerCase());
  const shown = useMemo(() => {
    const found = wanted === '' ? rows : rows.filter((row) => labelOf(row).toLowerCase().includes(wanted));
    return order === 'suspected' ? found : found.toSorted((a, b) => BY_NAME.compare(a.table.name, b.table.name));
  }, [rows, wanted, order]);
  return (
    <div className="masking-list">
      <SectionHead
        title={words.count(rows.length)}
        actions={
          <OutlinedInput
            placeholder={text.plan.columns.filter}
            value={filter}
            onChange={({ target }) => setFilter(target.value)}
            inputProps={{ 'aria-label': text.plan.columns.filter }}
            sx={{ width: 148, height: 24, fontSize: 12 }}
            startAdornment={
              <InputAdornment position="start" sx={{ mr: 0 }}>
                <SearchIcon size={14} />
              </InputAdornment>
            }
          />
        }
      >
        <Segmented
          label={words.order}
          value={order}
          onChange={setOrder}
          items={[
            { id: 'suspected', title: words.suspectedFirst },
            { id: 'table', title: words.byTable },
          ]}
        />
      </SectionHead>
      {only === null ? null : <div className="note">{words.onlyTelling(only)}</div>}
      <RowGrid
        label={words.grid}
        rows={shown}
        idOf={({ id }) => id}
        columns={isNarrow ? NARROW_COLUMNS : COLUMNS}
        selected={selected}
        onSelect={onSelect}
        onKey={({ key }) => {
          if (key !== 'Enter') return false;
          onEnter();
          return true;
        }}
        minWidth={isNarrow ? 440 : 504}
      />
    </div>
  );
}

const BY_NAME = new Intl.Collator();

const labelOf = ({ table, column }: MaskingRow): string => `${table.name}.${column.name}`;

const COLUMNS: readonly RowGridColumn<MaskingRow>[] = [
  {
    id: 'column',
    title: text.plan.columns.column,
    width: 'minmax(150px, 1.5fr)',
    cell: (row) => (
      <span className="masking-name" title={seenText(labelOf(row))}>
        <span className="faint ellipsis">{seenText(row.table.table[1])}.</span>
        <span className="medium">
          <MiddleEllipsis text={row.column.name} />
        </span>
      </span>
    ),
  },
  {
    id: 'class',
    title: text.plan.columns.class,
    width: '142px',
    cell: ({ column: { personal, mask } }) => {
      if (personal === null) return <span className="faint">{words.notPersonal}</span>;
      if (mask !== null) return <span className="second ellipsis">{personal.class}</span>;
      return (
        <Status tone="warn">
          <span className="text-first">{personal.class}</span>
        </Status>
      );
    },
  },
  {
    id: 'why',
    title: words.evidence,
    width: 'minmax(64px, 0.8fr)',
    cell: ({ column: { personal, remark } }) => (
      <span className="faint ellipsis" title={remark ?? personal?.reason}>
        {remark === null ? (personal?.reason ?? '–') : text.plan.suspects.decided(remark)}
      </span>
    ),
  },
  {
    id: 'mask',
    title: text.plan.columns.mask,
    width: 'minmax(142px, 0.7fr)',
    cell: ({ column: { mask, personal } }) => {
      if (mask !== null) return <MaskPill>{maskWords(mask)}</MaskPill>;
      return personal === null ? (
        <span className="faint">–</span>
      ) : (
        <span className="tone-warn">{text.plan.columns.goesOut}</span>
      );
    },
  },
];

/** Why a column is suspected stands in the panel too. */
const NARROW_COLUMNS = COLUMNS.filter(({ id }) => id !== 'why');
