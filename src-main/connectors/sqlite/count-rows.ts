import type { TableRead } from '../../../src-shared/model/table-read.ts';
import { sqliteDialect } from './dialect.ts';
import type { OpenDatabase } from './open-database.ts';

/** Rows of a read, counted by the library in one step. */
export function countRows(db: OpenDatabase, read: TableRead): number {
  const { text, values } = sqliteDialect.count(read);
  return Number(db.ask(text, values)[0]?.[0]);
}
