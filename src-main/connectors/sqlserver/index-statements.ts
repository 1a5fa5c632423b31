import type { IndexDefinition } from '../../../src-shared/model/catalog-definition.ts';
import type { SchemaNote } from '../../../src-shared/model/table-schema.ts';
import type { KeyRoom } from '../kit/migrate/key-room.ts';
import { NamePool } from '../kit/migrate/name-pool.ts';
import type { PlacedColumn, PlacedTable } from '../kit/migrate/place-tables.ts';
import { quoteName } from './dialect.ts';
import { nameRules, quoteTable } from './migrate-names.ts';
import { statement } from './script-text.ts';
import { INDEX_BYTES, targetType } from './target-type.ts';
import { indexBytesOf } from './type-size.ts';

/** Columns of one index; before version 2016 it is 16. */
const MAX_COLUMNS = 32;

export interface IndexContext {
  readonly own: boolean;
  readonly notes: SchemaNote[];
  readonly room: KeyRoom;
  /** Whether a foreign key refers to these columns. */
  readonly isReferenced: (table: PlacedTable, columns: readonly string[]) => boolean;
}

/** The indexes of a table; those that this product has not, or that are too wide for it, go to the notes. */
export function indexStatements(table: PlacedTable, context: IndexContext): readonly string[] {
  const pool = new NamePool(nameRules);
  return table.schema.indexes.flatMap((index) => {
    const why = hindrance(table, index, context);
    if (why !== null) {
      const what = index.unique ? 'unique index' : 'index';
      context.notes.push({ table: table.schema.name, text: `The ${what} ${index.name} is left out: ${why}.` });
      return [];
    }
    const found = columnsOf(table, index);
    const columns = found.map(({ column, descending }) => `${quoteName(column.as)}${descending ? ' DESC' : ''}`);
    const head = `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX ${quoteName(pool.claim(index.name))}`;
    const filter = filterOf(table, index, context);
    return [statement([`${head} ON ${quoteTable(table)} (${columns.join(', ')})${filter};`])];
  });
}

interface IndexColumn {
  readonly column: PlacedColumn;
  readonly descending: boolean;
}

const columnsOf = (table: PlacedTable, { columns }: IndexDefinition): readonly IndexColumn[] =>
  columns.flatMap(({ name, descending }) =>
    table.columns.filter((column) => column.name === name).map((column) => ({ column, descending })),
  );

function hindrance(table: PlacedTable, index: IndexDefinition, { own, room }: IndexContext): string | null {
  if (index.columns.some(({ prefix }) => prefix !== undefined)) return 'it is over beginnings of values';
  if (index.method !== 'btree' && index.method !== 'hash') return `its method is ${index.method}`;
  if (index.columns.length > MAX_COLUMNS) return `it has more than ${MAX_COLUMNS} columns`;
  // The source's own server has taken it as it is, whatever it warned of.
  if (own) return null;
  const found = columnsOf(table, index).map(({ column }) => column);
  const bytes = indexBytes(table, found, { own, room });
  return bytes !== null && bytes <= INDEX_BYTES
    ? null
    : `its values may be longer than the 1,700 bytes that an index takes of a row`;
}

/** Most bytes of these columns in an index; null: no index takes one of them. */
export function indexBytes(
  table: PlacedTable,
  columns: readonly PlacedColumn[],
  { own, room }: Pick<IndexContext, 'own' | 'room'>,
): number | null {
  const sizes = columns.map((column) => indexBytesOf(targetType(column, { own, keyBytes: room(table, column.name) })));
  return sizes.reduce<number | null>((sum, size) => (sum === null || size === null ? null : sum + size), 0);
}

/**
 * In other products rows with a NULL are equal to none; here two NULLs are the same value. A filter leaves them out, but no
 * foreign key refers to an index that has one.
 */
function filterOf(table: PlacedTable, index: IndexDefinition, { own, notes, isReferenced }: IndexContext): string {
  const nullable = columnsOf(table, index).filter(
    ({ column }) => column.nullable && !table.schema.primaryKey.includes(column.name),
  );
  if (own || !index.unique || nullable.length === 0) return '';
  const names = index.columns.map(({ name }) => name);
  if (isReferenced(table, names)) {
    notes.push({
      table: table.schema.name,
      text: `The unique index ${index.name} takes one row with NULL only: a foreign key refers to it.`,
    });
    return '';
  }
  return ` WHERE ${nullable.map(({ column }) => `${quoteName(column.as)} IS NOT NULL`).join(' AND ')}`;
}
