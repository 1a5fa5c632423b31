import { isAppError } from '../../../src-shared/errors/app-error.ts';
import type { CatalogColumn, CatalogTable, ForeignKey, TableKind } from '../../../src-shared/model/catalog.ts';
import { COLUMNS_SQL, FOREIGN_KEYS_SQL, KEY_INDEX_SQL } from './catalog.sql.ts';
import type { StoredValue } from './cell-writers.ts';
import type { OpenDatabase } from './open-database.ts';
import { logicalType } from './types.ts';

const NAMESPACE = 'main';
const KINDS: Readonly<Record<string, TableKind>> = { table: 'table', view: 'view', virtual: 'foreign table' };

/** A row of the table list. */
export interface ListedTable {
  readonly name: string;
  /** `table`, `view` or `virtual`. */
  readonly type: string;
  readonly estimatedRows: number | null;
  readonly estimatedBytes: number | null;
}

interface Columns {
  readonly columns: readonly CatalogColumn[];
  readonly primaryKey: readonly string[];
}

/** One table as the catalog shows it. `namesByLowerCase`: all tables, since foreign keys name them in any case. */
export function readTable(
  db: OpenDatabase,
  table: ListedTable,
  namesByLowerCase: ReadonlyMap<string, string>,
): CatalogTable {
  const remarks: string[] = [];
  const { columns, primaryKey } = columnsOrRemark(db, table, remarks);
  if (table.type === 'virtual') remarks.push('A virtual table: what it gives out is up to its module; it is not read.');
  if (table.type === 'table' && table.estimatedRows === null) remarks.push('It was never analysed: no estimate.');
  return {
    ...{ namespace: NAMESPACE, name: table.name, kind: KINDS[table.type] ?? 'table', columns, primaryKey },
    foreignKeys: table.type === 'table' ? foreignKeysOf(db, table.name, namesByLowerCase) : [],
    estimatedRows: table.estimatedRows,
    estimatedBytes: table.estimatedBytes,
    ...(remarks.length > 0 ? { remarks } : {}),
  };
}

/** A view whose tables are gone, or a virtual table without its module, is listed and cannot be chosen. */
function columnsOrRemark(db: OpenDatabase, table: ListedTable, remarks: string[]): Columns {
  try {
    return readColumns(db, table);
  } catch (error) {
    if (table.type === 'table' || !isAppError(error) || (error.kind !== 'input' && error.kind !== 'absent'))
      throw error;
    remarks.push(`It cannot be read: ${error.message}`);
    return { columns: [], primaryKey: [] };
  }
}

/** Columns and key of one table, as they are now; no columns: there is no such table. */
export function readColumns(db: OpenDatabase, table: Pick<ListedTable, 'name' | 'type'>): Columns {
  const rows = db
    .ask(COLUMNS_SQL, [table.name])
    .map(([name, type, notNull, pk, hidden]) => ({
      ...{ name: String(name), nativeType: String(type ?? ''), notNull: notNull === 1n },
      ...{ pk: Number(pk), hidden: Number(hidden) },
    }))
    .filter(({ hidden }) => hidden !== 1);
  const key = rows.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
  // INTEGER PRIMARY KEY is the rowid, which is never NULL; any other key takes NULL unless it says NOT NULL.
  const alias = key.length === 1 && key[0]?.nativeType.toUpperCase() === 'INTEGER' && !hasKeyIndex(db, table.name);
  return {
    primaryKey: key.map(({ name }) => name),
    columns: rows.map(({ name, nativeType, notNull, pk, hidden }) => ({
      ...{ name, nativeType, nullable: !(notNull || (alias && pk === 1)) },
      type: table.type === 'virtual' ? null : logicalType(nativeType),
      ...(hidden > 1 ? { generated: true } : {}),
    })),
  };
}

/** The primary key is more than another name of the rowid. */
export function hasKeyIndex(db: OpenDatabase, table: string): boolean {
  return db.ask(KEY_INDEX_SQL, [table])[0]?.[0] !== 0n;
}

function foreignKeysOf(db: OpenDatabase, table: string, names: ReadonlyMap<string, string>): readonly ForeignKey[] {
  const byId = new Map<string, { target: string; columns: string[]; referenced: (string | null)[] }>();
  for (const [id, target, from, to] of db.ask(FOREIGN_KEYS_SQL, [table])) {
    const key = byId.get(String(id)) ?? { target: String(target), columns: [], referenced: [] };
    byId.set(String(id), key);
    key.columns.push(String(from));
    key.referenced.push(to === null || to === undefined ? null : String(to));
  }
  return [...byId].map(([id, { target, columns, referenced }]) => {
    const name = names.get(target.toLowerCase()) ?? target;
    // Without column names the parent's primary key is meant.
    const there = readColumns(db, { name, type: 'table' });
    // They too are named in any case.
    const named = (each: string): string =>
      there.columns.find((column) => column.name.toLowerCase() === each.toLowerCase())?.name ?? each;
    const columnsThere = referenced.includes(null) ? there.primaryKey : referenced.map((each) => named(String(each)));
    return {
      name: foreignKeyName(table, id),
      columns,
      references: { namespace: NAMESPACE, name, columns: columnsThere },
    };
  });
}

/** It has none of its own that the library would tell. */
export function foreignKeyName(table: string, id: StoredValue | undefined): string {
  return `${table}_fk${String(id)}`;
}
