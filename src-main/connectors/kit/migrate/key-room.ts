import type { IndexDefinition } from '../../../../src-shared/model/catalog-definition.ts';
import type { Placed, PlacedTable } from './place-tables.ts';

/** Bytes that each value of a key may have, by table and column: a key's columns share the room of one index. */
export type KeyRoom = (table: PlacedTable, column: string) => number | null;

/** Both ends of a foreign key get the same room, so that they are of one type. `indexBytes`: all that an index takes. */
export function keyRoom({ tables, find }: Placed, indexBytes: number): KeyRoom {
  const room = new Map<string, number>();
  const place = (table: PlacedTable, column: string): string => JSON.stringify([...table.schema.table, column]);
  const ask = (table: PlacedTable, columns: readonly string[]): void => {
    const long = columns.filter((name) =>
      table.columns.some((column) => column.name === name && isLong(column.type.kind)),
    );
    const short = (columns.length - long.length) * 40;
    for (const column of long) {
      const share = Math.floor((indexBytes - short) / Math.max(long.length, 1));
      room.set(place(table, column), Math.min(room.get(place(table, column)) ?? indexBytes, share));
    }
  };
  for (const table of tables) {
    ask(table, table.schema.primaryKey);
    for (const { columns } of table.schema.indexes.filter(isWholeUnique)) {
      ask(
        table,
        columns.map(({ name }) => name),
      );
    }
    for (const { columns } of table.schema.foreignKeys) ask(table, columns);
  }
  // A chain of references is short; twice its length is always enough.
  for (let round = 0; round < 8; round++) for (const table of tables) even(table);
  return (table, column) => room.get(place(table, column)) ?? null;

  function even(table: PlacedTable): void {
    for (const { columns, references } of table.schema.foreignKeys) {
      const other = find([references.namespace, references.name]);
      if (other === undefined) continue;
      for (const [at, column] of columns.entries()) {
        const [one, two] = [place(table, column), place(other, references.columns[at] ?? '')];
        const least = Math.min(room.get(one) ?? Infinity, room.get(two) ?? Infinity);
        if (least === Infinity) continue;
        room.set(one, least);
        room.set(two, least);
      }
    }
  }
}

const isLong = (kind: string): boolean => kind === 'text' || kind === 'bytes';

export const isWholeUnique = ({ unique, columns }: IndexDefinition): boolean =>
  unique && columns.every(({ prefix }) => prefix === undefined);
