import type { SchemaNote } from '../../../../src-shared/model/table-schema.ts';
import type { LinkedKey, LoadOrder } from './order-tables.ts';
import type { PlacedColumn, PlacedTable } from './place-tables.ts';

export interface LikeKeysContext {
  /** The source is of the product itself, which took these keys once. */
  readonly own: boolean;
  readonly notes: SchemaNote[];
  /** Columns of one family can refer to each other. */
  readonly familyOf: (column: PlacedColumn, table: PlacedTable) => string;
}

/** The order without foreign keys whose ends the product cannot compare, each noted: some sources take any. */
export function likeKeys(order: LoadOrder, { own, notes, familyOf }: LikeKeysContext): LoadOrder {
  if (own) return order;
  const family = (table: PlacedTable, name: string): string => {
    const column = table.columns.find((each) => each.name === name);
    return column === undefined ? '' : familyOf(column, table);
  };
  const isLike = ({ table, key, other }: LinkedKey): boolean => {
    const unlike = key.columns.find(
      (name, at) => family(table, name) !== family(other, key.references.columns[at] ?? ''),
    );
    if (unlike === undefined) return true;
    const text = `The foreign key ${key.name} is left out: ${unlike} has another type than what it refers to.`;
    notes.push({ table: table.schema.name, text });
    return false;
  };
  return { tables: order.tables, before: order.before.filter(isLike), after: order.after.filter(isLike) };
}
