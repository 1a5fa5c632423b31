import Button from '@mui/material/Button';
import { useMemo, useState, type ReactNode } from 'react';
import { PlusIcon } from '../../../components/icons.tsx';
import { MiddleEllipsis } from '../../../components/middle-ellipsis.tsx';
import { RowGrid, type RowGridColumn } from '../../../components/row-grid.tsx';
import type { TablePair } from '../../../../src-shared/contract/parts.ts';
import type { CompiledTableFacts } from '../../../../src-shared/contract/plans.ts';
import type { ByTable } from '../../../state/by-table.ts';
import { text } from '../../../text/text.ts';
import type { RelationFact } from './relation-layout.ts';
import { seenText } from '../../../text/seen-text.ts';

const words = text.plan.relations;
const labelOf = ([namespace, name]: TablePair): string => `${namespace}.${name}`;
const idOf = ({ from, to, columns }: RelationFact): string => JSON.stringify([from, to, columns]);

/** The same as the picture, in words. Enter adds what a relation points to, or comes from, to the plan. */
export function RelationList({
  relations,
  inPlan,
  onAdd,
}: {
  readonly relations: readonly RelationFact[];
  readonly inPlan: ByTable<CompiledTableFacts>;
  readonly onAdd: (table: TablePair) => void;
}): ReactNode {
  const [selected, setSelected] = useState<string | null>(null);
  const columns = useMemo(() => columnsFor(inPlan, onAdd), [inPlan, onAdd]);
  return (
    <RowGrid
      label={words.title}
      rows={relations}
      idOf={idOf}
      columns={columns}
      selected={selected}
      onSelect={(relation) => setSelected(idOf(relation))}
      onKey={({ key }, { from, to }) => {
        const outside = [to, from].find((table) => inPlan.get(table) === undefined);
        if (key !== 'Enter' || outside === undefined) return false;
        onAdd(outside);
        return true;
      }}
      minWidth={480}
    />
  );
}

function columnsFor(
  inPlan: ByTable<CompiledTableFacts>,
  onAdd: (table: TablePair) => void,
): readonly RowGridColumn<RelationFact>[] {
  const end = (table: TablePair): ReactNode => (
    <End table={table} isIn={inPlan.get(table) !== undefined} onAdd={onAdd} />
  );
  return [
    { id: 'from', title: words.from, width: 'minmax(140px, 1fr)', cell: ({ from }) => end(from) },
    {
      id: 'columns',
      title: words.column,
      width: 'minmax(100px, 1fr)',
      cell: ({ columns }) => (
        <span className="data second ellipsis" title={seenText(columns.join(', '))}>
          {columns.join(', ')}
        </span>
      ),
    },
    { id: 'to', title: words.to, width: 'minmax(140px, 1fr)', cell: ({ to }) => end(to) },
  ];
}

interface EndProps {
  readonly table: TablePair;
  readonly isIn: boolean;
  readonly onAdd: (table: TablePair) => void;
}

function End({ table, isIn, onAdd }: EndProps): ReactNode {
  const label = labelOf(table);
  return (
    <>
      <span className={isIn ? 'medium' : 'second'} style={{ minWidth: 0 }}>
        <MiddleEllipsis text={label} />
      </span>
      {isIn ? null : (
        <Button
          variant="text"
          tabIndex={-1}
          aria-label={words.addTable(label)}
          sx={{ height: 22 }}
          onClick={() => onAdd(table)}
        >
          <PlusIcon size={12} />
        </Button>
      )}
    </>
  );
}
