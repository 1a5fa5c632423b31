import { appError, type AppError } from '../../../src-shared/errors/app-error.ts';
import type { ReadColumn, TableRead } from '../../../src-shared/model/table-read.ts';
import { queryStatements } from './dialect.ts';
import type { OpenDatabase } from './open-database.ts';
import { logicalType } from './types.ts';

/** A query's output columns, from its compilation alone. Whether one can be NULL nobody knows: all are nullable. */
export function describeColumns(
  db: OpenDatabase,
  { sql, params }: { readonly sql: string; readonly params: TableRead['params'] },
): readonly ReadColumn[] {
  const { bare, derived } = queryStatements(sql, params);
  // SQLite renames doubles in a derived table, and finds names whatever their case.
  const names = db
    .prepare(bare.text)
    .columns()
    .map(({ name }) => name.toLowerCase());
  if (new Set(names).size < names.length) throw invalid();
  return db
    .prepare(derived.text)
    .columns()
    .map(({ name, type }) => {
      const nativeType = type ?? '';
      return { name, nativeType, nullable: true, type: logicalType(nativeType) };
    });
}

function invalid(): AppError {
  return appError('SOURCE/QUERY_INVALID', {
    message: 'Two output columns of the query have the same name.',
    remedy: 'Give each output column a name of its own with AS.',
  });
}
