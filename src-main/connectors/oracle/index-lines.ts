import type { IndexDefinition } from '../../../src-shared/model/catalog-definition.ts';
import type { SchemaNote } from '../../../src-shared/model/table-schema.ts';
import type { KeyRoom } from '../kit/migrate/key-room.ts';
import type { Placed, PlacedColumn, PlacedTable } from '../kit/migrate/place-tables.ts';
import { quoteName } from './dialect.ts';
import { quoteList } from './migrate-names.ts';
import { statement } from './script-text.ts';
import { INDEX_BYTES, targetType } from './target-type.ts';

export interface IndexContext {
  readonly own: boolean;
  readonly placed: Placed;
  readonly notes: SchemaNote[];
  readonly room: KeyRoom;
}

export interface TableIndexes {
  /** Inside CREATE TABLE: what a foreign key can refer to. */
  readonly constraints: readonly string[];
  readonly statements: readonly string[];
}

/** The indexes of a table; those that this product has not, or has already, go to the notes. */
export function tableIndexes(table: PlacedTable, context: IndexContext): TableIndexes {
  const { placed, notes } = context;
  const pool = placed.poolOf(null);
  const constraints: string[] = [];
  const statements: string[] = [];
  // A list of columns is indexed once, and unique ones are worth more.
  const taken = new Set([listOf(table.schema.primaryKey.map((name) => ({ name, descending: false })))]);
  const sorted = [...table.schema.indexes].sort((a, b) => Number(b.unique) - Number(a.unique));
  for (const index of sorted) {
    const list = listOf(index.columns);
    const why = taken.has(list) ? 'its columns are indexed already' : hindrance(table, index, context);
    if (why !== null) {
      const what = index.unique ? 'unique index' : 'index';
      notes.push({ table: table.schema.name, text: `The ${what} ${index.name} is left out: ${why}.` });
      continue;
    }
    taken.add(list);
    const name = quoteName(pool.claim(index.name));
    const names = index.columns.map((column) => column.name);
    if (index.unique && index.columns.every(({ descending }) => !descending)) {
      noteNulls(table, index, context);
      constraints.push(`CONSTRAINT ${name} UNIQUE (${quoteList(placed.columnsAs(table, names))})`);
      continue;
    }
    const columns = index.columns.flatMap(({ name: column, descending }) =>
      placed.columnsAs(table, [column]).map((as) => `${quoteName(as)}${descending ? ' DESC' : ''}`),
    );
    const head = `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX ${name} ON ${quoteName(table.as)}`;
    statements.push(statement([`${head} (${columns.join(', ')})`]));
  }
  return { constraints, statements };
}

const listOf = (columns: readonly { readonly name: string; readonly descending: boolean }[]): string =>
  JSON.stringify(columns.map(({ name, descending }) => [name, descending]));

function hindrance(table: PlacedTable, index: IndexDefinition, { own, room }: IndexContext): string | null {
  if (index.columns.some(({ prefix }) => prefix !== undefined)) return 'it is over beginnings of values';
  if (index.method !== 'btree' && index.method !== 'hash') return `its method is ${index.method}`;
  if (own) return null;
  const columns = table.columns.filter(({ name }) => index.columns.some((column) => column.name === name));
  const sizes = columns.map((column) => indexBytesOf(column, room(table, column.name)));
  if (sizes.includes(null)) return 'no index takes texts or bytes without a length';
  const bytes = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  return bytes <= INDEX_BYTES ? null : 'its values may be longer than the 6,000 bytes that surely fit an index';
}

/** Most bytes of a column in an index; null: no index takes it. */
export function indexBytesOf(column: PlacedColumn, keyBytes: number | null): number | null {
  const type = targetType(column, { own: false, keyBytes });
  if (/^(?:CLOB|BLOB)$/.test(type)) return null;
  const length = Number(/^(?:VARCHAR2|RAW)\((\d+)/.exec(type)?.[1] ?? 22);
  return type.startsWith('VARCHAR2') ? Math.min(4 * length, 4000) : length;
}

/** Rows of nothing but NULL are no equals here either; those with one NULL among other values are. */
function noteNulls(table: PlacedTable, index: IndexDefinition, { own, notes }: IndexContext): void {
  const isOptional = (name: string): boolean =>
    table.columns.some((column) => column.name === name && column.nullable) && !table.schema.primaryKey.includes(name);
  if (own || index.columns.length < 2 || !index.columns.some(({ name }) => isOptional(name))) return;
  notes.push({
    table: table.schema.name,
    text: `The unique key ${index.name} takes rows with a NULL for equal where their other columns are.`,
  });
}
