import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TableRead } from '../../../src-shared/model/table-read.ts';
import { throwIfAborted } from '../kit/abort.ts';
import { sqliteDialect } from './dialect.ts';
import type { OpenDatabase } from './open-database.ts';

/** Rows of a read, counted by the library in one step. */
export async function countRows(db: OpenDatabase, read: TableRead, signal: AbortSignal): Promise<number> {
  throwIfAborted(signal);
  const { text, values } = sqliteDialect.count(read);
  const rows = db.ask(text, values);
  // The step cannot be interrupted: whoever cancelled meanwhile is heard right after it.
  await nextTurn();
  throwIfAborted(signal);
  db.verify();
  return Number(rows[0]?.[0]);
}
