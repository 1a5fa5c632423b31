import type { ReadColumn, TableRead } from '../../../src-shared/model/table-read.ts';
import { sqliteDialect } from './dialect.ts';
import type { OpenDatabase } from './open-database.ts';

/** The key at which a read is cut; null: there are fewer rows, or it is no whole number, and none behind it is. */
export function cutKey(
  db: OpenDatabase,
  { read, key, rows }: { readonly read: TableRead; readonly key: readonly ReadColumn[]; readonly rows: number },
): readonly string[] | null {
  const cut = sqliteDialect.keyCuts?.cut(read, key, rows);
  const found = cut === undefined ? undefined : db.ask(cut.text, cut.values)[0];
  if (found === undefined || found.includes(null)) return null;
  return found.map(String);
}

/** Rows of a read, counted by the library in one step. */
export function countRows(db: OpenDatabase, read: TableRead): number {
  const { text, values } = sqliteDialect.count(read);
  return Number(db.ask(text, values)[0]?.[0]);
}
