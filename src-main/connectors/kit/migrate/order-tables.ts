import type { ForeignKey } from '../../../../src-shared/model/catalog.ts';
import type { Placed, PlacedTable } from './place-tables.ts';

export interface LinkedKey {
  readonly table: PlacedTable;
  readonly key: ForeignKey;
  readonly other: PlacedTable;
}

export interface LoadOrder {
  /** Each table behind those it refers to, as far as that can be. */
  readonly tables: readonly PlacedTable[];
  /** Foreign keys that hold at any time when tables are loaded in this order. */
  readonly before: readonly LinkedKey[];
  /** Those of circles, and of tables to themselves: they can only hold when all rows are there. */
  readonly after: readonly LinkedKey[];
}

/** Puts tables in an order that satisfies their foreign keys; plan order decides where nothing else does. */
export function orderTables({ tables, find }: Placed): LoadOrder {
  const links = tables.flatMap((table) =>
    table.schema.foreignKeys.flatMap((key): LinkedKey[] => {
      const other = find([key.references.namespace, key.references.name]);
      return other === undefined ? [] : [{ table, key, other }];
    }),
  );
  const byTable = Map.groupBy(links, ({ table }) => table);
  const place = new Map<PlacedTable, number>();
  const open = new Set<PlacedTable>();
  for (const table of tables) visit(table);
  const placeOf = (table: PlacedTable): number => place.get(table) ?? 0;
  const holds = ({ table, other }: LinkedKey): boolean => placeOf(other) < placeOf(table);
  return {
    tables: [...place.keys()],
    before: links.filter(holds),
    after: links.filter((link) => !holds(link)),
  };

  // Depth first, with a list of its own: chains of tables may be longer than the stack.
  function visit(first: PlacedTable): void {
    const path: { readonly table: PlacedTable; next: number }[] = [{ table: first, next: 0 }];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { table } = top;
      const others = byTable.get(table) ?? [];
      const link = place.has(table) ? undefined : others[top.next++];
      if (link === undefined) {
        if (!place.has(table)) place.set(table, place.size);
        open.delete(table);
        path.pop();
      } else {
        open.add(table);
        if (!open.has(link.other) && !place.has(link.other)) path.push({ table: link.other, next: 0 });
      }
    }
  }
}
