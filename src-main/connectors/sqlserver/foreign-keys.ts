import type { ForeignKey, ForeignKeyAction } from '../../../src-shared/model/catalog.ts';
import type { SchemaNote } from '../../../src-shared/model/table-schema.ts';
import type { KeyRoom } from '../kit/migrate/key-room.ts';
import type { LinkedKey, LoadOrder } from '../kit/migrate/order-tables.ts';
import type { Placed, PlacedTable } from '../kit/migrate/place-tables.ts';
import { quoteName } from './dialect.ts';
import { quoteList, quoteTable } from './migrate-names.ts';
import { statement } from './script-text.ts';
import { targetType } from './target-type.ts';
import { comparableType } from './type-size.ts';

interface Context {
  readonly own: boolean;
  readonly notes: SchemaNote[];
  readonly room: KeyRoom;
}

/** The order with the foreign keys that the product takes, as it takes them; what it does not goes to the notes. */
export function fittedOrder(order: LoadOrder, context: Context): LoadOrder {
  const cascades = new Cascades();
  const fit = (links: readonly LinkedKey[]): readonly LinkedKey[] =>
    links.flatMap((link) => {
      const note = (text: string): void => void context.notes.push({ table: link.table.schema.name, text });
      const unlike = unlikeTypes(link, context);
      if (unlike !== null && !context.own) {
        note(
          `The foreign key ${link.key.name} is left out: its columns have other types than those it refers to (${unlike}).`,
        );
        return [];
      }
      if (context.own || !isCascading(link.key) || cascades.add(link)) return [link];
      note(
        `The foreign key ${link.key.name} no longer follows changes of ${link.other.schema.name}: the product takes no second way for them, and no circle.`,
      );
      const { onDelete: _delete, onUpdate: _update, ...plain } = link.key;
      return [{ ...link, key: plain }];
    });
  return { tables: order.tables, before: fit(order.before), after: fit(order.after) };
}

/** Both ends are of one type, texts and bytes of any length. */
function unlikeTypes({ table, key, other }: LinkedKey, { own, room }: Context): string | null {
  const typeOf = (each: PlacedTable, name: string): string => {
    const column = each.columns.find((one) => one.name === name);
    return column === undefined ? '' : comparableType(targetType(column, { own, keyBytes: room(each, name) }));
  };
  const pairs = key.columns.map((name, at) => [typeOf(table, name), typeOf(other, key.references.columns[at] ?? '')]);
  const unlike = pairs.find(([one, two]) => one !== two);
  return unlike === undefined ? null : unlike.join(', ');
}

const doesSomething = (action: ForeignKeyAction | undefined): boolean => action !== undefined && action !== 'restrict';
const isCascading = ({ onDelete, onUpdate }: ForeignKey): boolean => doesSomething(onDelete) || doesSomething(onUpdate);

/** Ways that changes take from table to table: between two tables there may be one, and none back to the first. */
class Cascades {
  readonly #children = new Map<PlacedTable, PlacedTable[]>();

  /** Whether one more way fits to those there are; then it is one of them. */
  add({ table, other }: LinkedKey): boolean {
    const below = this.#reach(table);
    const above = [...this.#children.keys(), other].filter((each) => this.#reach(each).has(other));
    const meets = above.some((each) => {
      const reached = this.#reach(each);
      return [...below].some((one) => reached.has(one));
    });
    if (meets || below.has(other)) return false;
    this.#children.set(other, [...(this.#children.get(other) ?? []), table]);
    return true;
  }

  /** The table and all that changes of it lead to. */
  #reach(from: PlacedTable): ReadonlySet<PlacedTable> {
    const reached = new Set([from]);
    for (const table of reached) for (const child of this.#children.get(table) ?? []) reached.add(child);
    return reached;
  }
}

/** Adds a foreign key. RESTRICT is what the product does by itself. */
export function foreignKey({ table, key, other }: LinkedKey, placed: Placed): string {
  const rules = [
    ...(doesSomething(key.onDelete) ? [` ON DELETE ${key.onDelete?.toUpperCase()}`] : []),
    ...(doesSomething(key.onUpdate) ? [` ON UPDATE ${key.onUpdate?.toUpperCase()}`] : []),
  ];
  const from = quoteList(placed.columnsAs(table, key.columns));
  const to = `${quoteTable(other)} (${quoteList(placed.columnsAs(other, key.references.columns))})`;
  const name = quoteName(placed.poolOf(table.namespace).claim(key.name));
  return statement([
    `ALTER TABLE ${quoteTable(table)} ADD CONSTRAINT ${name} FOREIGN KEY (${from}) REFERENCES ${to}${rules.join('')};`,
  ]);
}
