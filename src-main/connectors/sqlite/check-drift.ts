import { appError } from '../../../src-shared/errors/app-error.ts';
import type { ReadColumn, TableRead } from '../../../src-shared/model/table-read.ts';
import { describeColumns } from './describe-columns.ts';
import type { OpenDatabase } from './open-database.ts';
import { readColumns } from './read-table.ts';

/** Compares what the reads expect with the columns of the snapshot at hand: `SOURCE/CATALOG_DRIFT` on a difference. */
export function checkDrift(db: OpenDatabase, reads: readonly TableRead[]): void {
  for (const { source, columns, params } of reads) {
    if (source.kind === 'query') {
      compareColumns('The query', columns, describeColumns(db, { sql: source.sql, params }));
    } else {
      const { namespace, name } = source.table;
      compareColumns(`${namespace}.${name}`, columns, readColumns(db, { name, type: 'table' }).columns);
    }
  }
}

type Found = Pick<ReadColumn, 'name' | 'nativeType' | 'nullable'>;

function compareColumns(what: string, expected: readonly ReadColumn[], found: readonly Found[]): void {
  const byName = new Map(found.map((column) => [column.name, column]));
  for (const column of expected) {
    const change = changeOf(column, byName.get(column.name));
    if (change === null) continue;
    throw appError('SOURCE/CATALOG_DRIFT', {
      message: `${what} has changed since the plan was compiled: the column ${column.name} ${change}.`,
      remedy: 'Check the plan against the catalog and sign it off again.',
      context: { table: what, column: column.name },
    });
  }
}

function changeOf(column: ReadColumn, now: Found | undefined): string | null {
  if (now === undefined) return 'is gone';
  if (now.nativeType !== column.nativeType) return `was ${column.nativeType} and is ${now.nativeType}`;
  if (now.nullable === column.nullable) return null;
  return now.nullable ? 'takes NULL now' : 'does not take NULL any more';
}
