import { COLUMNS_SQL, ROWID_TABLE_SQL } from './catalog.sql.ts';
import type { OpenDatabase } from './open-database.ts';
import { hasKeyIndex } from './read-table.ts';

const ROWID_NAMES = ['rowid', '_rowid_', 'oid'];

export interface RowidName {
  readonly name: string;
  /** A column that is another name of it. */
  readonly alias: string | null;
}

/** How the rowid of a table can be named; null: it is a view or has no rowid, or columns have taken all its names. */
export function rowidName(db: OpenDatabase, table: string): RowidName | null {
  if (db.ask(ROWID_TABLE_SQL, [table])[0]?.[0] !== 1n) return null;
  const rows = db.ask(COLUMNS_SQL, [table]);
  const taken = new Set(rows.map(([name]) => String(name).toLowerCase()));
  const name = ROWID_NAMES.find((each) => !taken.has(each));
  const keys = rows.filter(([, , , pk]) => pk !== 0n);
  const [alias, declared] = keys.length === 1 ? (keys[0] ?? []) : [];
  const isAlias = String(declared).toUpperCase() === 'INTEGER' && !hasKeyIndex(db, table);
  return name === undefined ? null : { name, alias: isAlias ? String(alias) : null };
}
