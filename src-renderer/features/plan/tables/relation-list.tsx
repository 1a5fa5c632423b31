import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { PlusIcon } from '../../../components/icons.tsx';
import type { TablePair } from '../../../../src-shared/contract/parts.ts';
import { tableKey } from '../../../state/selection.ts';
import { text } from '../../../text/text.ts';
import type { RelationFact } from './relation-layout.ts';

const words = text.plan.relations;
const labelOf = ([namespace, name]: TablePair): string => `${namespace}.${name}`;

/** The same as the picture, in words. */
export function RelationList({
  relations,
  inPlan,
  onAdd,
}: {
  readonly relations: readonly RelationFact[];
  readonly inPlan: ReadonlySet<string>;
  readonly onAdd: (table: TablePair) => void;
}): ReactNode {
  const end = (table: TablePair): ReactNode =>
    inPlan.has(tableKey(table)) ? (
      <span className="medium">{labelOf(table)}</span>
    ) : (
      <span className="row">
        <span className="second ellipsis">{labelOf(table)}</span>
        <Button
          variant="text"
          aria-label={words.addTable(labelOf(table))}
          sx={{ height: 22 }}
          onClick={() => onAdd(table)}
        >
          <PlusIcon size={12} />
        </Button>
      </span>
    );
  return (
    <div className="scroll grow" tabIndex={0} role="region" aria-label={words.title}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{words.from}</th>
            <th scope="col">{words.column}</th>
            <th scope="col">{words.to}</th>
          </tr>
        </thead>
        <tbody>
          {relations.map(({ from, to, columns }) => (
            <tr key={JSON.stringify([from, to, columns])}>
              <td title={labelOf(from)}>{end(from)}</td>
              <td className="data second">{columns.join(', ')}</td>
              <td title={labelOf(to)}>{end(to)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
