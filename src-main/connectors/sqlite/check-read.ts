import type { TableRead } from '../../../src-shared/model/table-read.ts';
import { sqliteDialect } from './dialect.ts';
import type { OpenDatabase } from './open-database.ts';

/** Has the library compile the statement of a read, which is not run. */
export function checkRead(db: OpenDatabase, read: TableRead): null {
  db.prepare(sqliteDialect.select(read).text);
  return null;
}
