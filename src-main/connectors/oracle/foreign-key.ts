import type { SchemaNote } from '../../../src-shared/model/table-schema.ts';
import type { KeyRoom } from '../kit/migrate/key-room.ts';
import type { LinkedKey, LoadOrder } from '../kit/migrate/order-tables.ts';
import type { Placed, PlacedTable } from '../kit/migrate/place-tables.ts';
import { quoteName } from './dialect.ts';
import { quoteList } from './migrate-names.ts';
import { statement } from './script-text.ts';
import { targetType } from './target-type.ts';

interface Context {
  readonly own: boolean;
  readonly notes: SchemaNote[];
  readonly room: KeyRoom;
}

/** The order with the foreign keys that the product takes, as it takes them; what it does not goes to the notes. */
export function fittedOrder(order: LoadOrder, context: Context): LoadOrder {
  const fit = (links: readonly LinkedKey[]): readonly LinkedKey[] => links.filter((link) => fits(link, context));
  return { tables: order.tables, before: fit(order.before), after: fit(order.after) };
}

function fits({ table, key, other }: LinkedKey, { own, notes, room }: Context): boolean {
  const note = (text: string): void => void notes.push({ table: table.schema.name, text });
  const typeOf = (each: PlacedTable, name: string): string => {
    const column = each.columns.find((one) => one.name === name);
    if (column === undefined) return '';
    return targetType(column, { own, keyBytes: room(each, name) }).replace(/\([^()]*\)/g, '');
  };
  const unlike = key.columns.find(
    (name, at) => typeOf(table, name) !== typeOf(other, key.references.columns[at] ?? ''),
  );
  if (unlike !== undefined && !own) {
    note(`The foreign key ${key.name} is left out: ${unlike} has another type than what it refers to.`);
    return false;
  }
  const lost = [
    ...(key.onUpdate === undefined || key.onUpdate === 'restrict' ? [] : [`ON UPDATE ${key.onUpdate.toUpperCase()}`]),
    ...(key.onDelete === 'set default' ? ['ON DELETE SET DEFAULT'] : []),
  ];
  for (const words of lost) note(`The foreign key ${key.name} goes without ${words}.`);
  return true;
}

/** Adds a foreign key. */
export function foreignKey({ table, key, other }: LinkedKey, placed: Placed): string {
  const follows = key.onDelete === 'cascade' || key.onDelete === 'set null';
  const from = quoteList(placed.columnsAs(table, key.columns));
  const to = `${quoteName(other.as)} (${quoteList(placed.columnsAs(other, key.references.columns))})`;
  const name = quoteName(placed.poolOf(null).claim(key.name));
  return statement([
    `ALTER TABLE ${quoteName(table.as)} ADD CONSTRAINT ${name}`,
    `  FOREIGN KEY (${from})`,
    `  REFERENCES ${to}${follows ? ` ON DELETE ${key.onDelete?.toUpperCase()}` : ''}`,
  ]);
}
