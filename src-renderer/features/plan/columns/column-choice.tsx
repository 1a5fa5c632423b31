import Button from '@mui/material/Button';
import OutlinedInput from '@mui/material/OutlinedInput';
import { useDeferredValue, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { CompiledColumn, CompiledTableFacts } from '../../../../src-shared/contract/plans.ts';
import { formatClock } from '../../../../src-shared/util/format-moment.ts';
import { formatBytes, formatCount } from '../../../../src-shared/util/format-number.ts';
import { KeyIcon, LinkIcon } from '../../../components/icons.tsx';
import { MaskPill, Status, Tick } from '../../../components/marks.tsx';
import { MiddleEllipsis } from '../../../components/middle-ellipsis.tsx';
import { RowGrid, type RowGridColumn } from '../../../components/row-grid.tsx';
import { SectionHead } from '../../../components/section-head.tsx';
import { text } from '../../../text/text.ts';
import { maskWords } from '../mask-words.ts';
import { entryOf, type PlanEditorState } from '../plan-editor.ts';
import { canChoose, chooseColumns } from './choose-columns.ts';
import { seenText } from '../../../text/seen-text.ts';

const words = text.plan.columns;

interface ColumnChoiceProps {
  readonly editor: PlanEditorState;
  readonly table: CompiledTableFacts;
  readonly columns: readonly CompiledColumn[];
}

/** The columns of a table with their ticks. Space ticks one, Ctrl+Space all from the last one on. */
export function ColumnChoice({ editor, table, columns }: ColumnChoiceProps): ReactNode {
  const [filter, setFilter] = useState('');
  const [selected, setSelected] = useState<string | null>(null);
  const last = useRef<string | null>(null);
  const wanted = useDeferredValue(filter.trim().toLowerCase());
  const rows = useMemo(
    () => (wanted === '' ? columns : columns.filter(({ name }) => name.toLowerCase().includes(wanted))),
    [columns, wanted],
  );
  const isFixed = table.pattern !== null || table.query !== null;
  const choose = (names: readonly string[], chosen: boolean): void =>
    editor.edit(...chooseColumns(entryOf(table), columns, { names, chosen }));
  const press = (event: KeyboardEvent, column: CompiledColumn): boolean => {
    if (event.key !== ' ' || isFixed) return false;
    const from = rows.findIndex(({ name }) => name === last.current);
    const to = rows.indexOf(column);
    const range = event.ctrlKey && from >= 0 ? rows.slice(Math.min(from, to), Math.max(from, to) + 1) : [column];
    choose(namesOf(range), !column.chosen);
    last.current = column.name;
    return true;
  };
  const grid = useMemo(() => gridColumns(isFixed ? null : choose), [editor, table, columns]); // oxlint-disable-line react-hooks/exhaustive-deps
  return (
    <>
      <ChoiceHead
        title={<MiddleEllipsis text={table.name} />}
        filter={filter}
        isFixed={isFixed}
        onFilter={setFilter}
        onAll={() => choose(namesOf(columns), true)}
        onKeys={() => onlyKeys(editor, table, columns)}
      >
        <span className="second figures">{words.count(table.columns.chosen, table.columns.all)}</span>
        <span className="faint figures ellipsis size-of-table">{sizeOf(editor, table)}</span>
      </ChoiceHead>
      {table.pattern === null ? null : <div className="note">{words.fromPattern(table.pattern)}</div>}
      {table.query === null ? null : <div className="note">{words.fromQuery}</div>}
      <div className="column-choice">
        <RowGrid
          label={words.grid(table.name)}
          rows={rows}
          idOf={({ name }) => name}
          columns={grid}
          selected={selected}
          onSelect={({ name }) => setSelected(name)}
          onKey={press}
          minWidth={696}
          showRows={9}
        />
      </div>
    </>
  );
}

const namesOf = (columns: readonly CompiledColumn[]): string[] => columns.map(({ name }) => name);

interface HeadProps {
  readonly title: ReactNode;
  readonly filter: string;
  readonly isFixed: boolean;
  readonly onFilter: (filter: string) => void;
  readonly onAll: () => void;
  readonly onKeys: () => void;
  readonly children: ReactNode;
}

function ChoiceHead({ title, filter, isFixed, onFilter, onAll, onKeys, children }: HeadProps): ReactNode {
  return (
    <SectionHead
      title={title}
      actions={
        <>
          <OutlinedInput
            placeholder={words.filter}
            value={filter}
            onChange={({ target }) => onFilter(target.value)}
            inputProps={{ 'aria-label': words.filter }}
            sx={{ width: 140, height: 24, fontSize: 12 }}
          />
          <Button variant="text" sx={{ height: 24 }} disabled={isFixed} onClick={onAll}>
            {words.all}
          </Button>
          <Button variant="text" sx={{ height: 24 }} disabled={isFixed} onClick={onKeys}>
            {words.keysOnly}
          </Button>
        </>
      }
    >
      {children}
    </SectionHead>
  );
}

function onlyKeys(editor: PlanEditorState, table: CompiledTableFacts, columns: readonly CompiledColumn[]): void {
  const isKey = ({ primaryKey, foreignKey }: CompiledColumn): boolean => primaryKey || foreignKey !== null;
  const names = columns.filter((column) => !isKey(column) || !canChoose(column)).map(({ name }) => name);
  const keys = columns.filter((column) => isKey(column) && canChoose(column)).map(({ name }) => name);
  const entry = entryOf(table);
  const after = columns.map((column) => (keys.includes(column.name) ? { ...column, chosen: true } : column));
  if (keys.length > 0) editor.edit(...chooseColumns(entry, after, { names, chosen: false }));
}

function sizeOf(editor: PlanEditorState, table: CompiledTableFacts): string {
  const exact = editor.exact.of(table);
  const rows = exact?.rows ?? table.rows;
  if (rows === null) return '';
  const how = exact === null ? text.everywhere.estimate : text.everywhere.exactAt(formatClock(exact.at));
  const size = table.bytes === null ? '' : ` · ~${formatBytes(table.bytes)}`;
  return `${text.everywhere.rows(formatCount(rows))} (${how})${size}`;
}

function gridColumns(
  choose: ((names: readonly string[], chosen: boolean) => void) | null,
): RowGridColumn<CompiledColumn>[] {
  return [
    {
      id: 'tick',
      title: <span className="visually-hidden">{words.tick}</span>,
      width: '36px',
      cell: (column) => (
        <Tick
          value={column.chosen}
          label={column.name}
          tabIndex={-1}
          disabled={choose === null || (!canChoose(column) && !column.chosen)}
          onChange={(chosen) => choose?.([column.name], chosen)}
        />
      ),
    },
    {
      id: 'name',
      title: words.column,
      width: 'minmax(140px, 1fr)',
      cell: ({ name, chosen }) => (
        <span className={chosen ? 'grow' : 'grow faint'}>
          <MiddleEllipsis text={name} />
        </span>
      ),
    },
    {
      id: 'type',
      title: words.type,
      width: '116px',
      cell: ({ nativeType, type }) => (
        <span
          className={type === null ? 'data ellipsis tone-bad' : 'data ellipsis second'}
          title={type === null ? words.notCarried(nativeType) : nativeType}
        >
          {nativeType}
        </span>
      ),
    },
    {
      id: 'null',
      title: words.nullable,
      width: '52px',
      cell: ({ nullable }) => <span className="faint">{nullable ? words.yes : ''}</span>,
    },
    { id: 'key', title: words.key, width: 'minmax(124px, 0.8fr)', cell: (column) => <KeyCell column={column} /> },
    { id: 'class', title: words.class, width: '144px', cell: (column) => <ClassCell column={column} /> },
    { id: 'mask', title: words.mask, width: 'minmax(96px, 148px)', cell: (column) => <MaskCell column={column} /> },
  ];
}

function KeyCell({ column: { primaryKey, foreignKey } }: { readonly column: CompiledColumn }): ReactNode {
  return (
    <>
      {primaryKey ? (
        <span className="row second" style={{ gap: 6 }}>
          <KeyIcon size={14} />
          {foreignKey === null ? words.primary : null}
        </span>
      ) : null}
      {foreignKey === null ? null : (
        <>
          <LinkIcon size={14} className="faint" />
          <span className="ellipsis second" title={seenText(foreignKey)}>
            {seenText(foreignKey)}
          </span>
        </>
      )}
    </>
  );
}

function ClassCell({ column: { personal, mask } }: { readonly column: CompiledColumn }): ReactNode {
  if (personal === null) return null;
  return mask === null ? (
    <Status tone="warn">
      <span className="text-first" title={personal.reason}>
        {personal.class}
      </span>
    </Status>
  ) : (
    <span className="second ellipsis" title={personal.reason}>
      {personal.class}
    </span>
  );
}

function MaskCell({ column: { personal, mask, chosen } }: { readonly column: CompiledColumn }): ReactNode {
  if (mask !== null) return <MaskPill>{maskWords(mask)}</MaskPill>;
  return personal !== null && chosen ? <span className="tone-warn">{words.goesOut}</span> : null;
}
