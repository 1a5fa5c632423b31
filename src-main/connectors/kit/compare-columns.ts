import { appError } from '../../../src-shared/errors/app-error.ts';
import type { ReadColumn } from '../../../src-shared/model/table-read.ts';

/** What a column is now; which of its facts a change of would move bytes. */
export type FoundColumn = Pick<ReadColumn, 'nativeType' | 'nullable'>;

/** Throws `SOURCE/CATALOG_DRIFT` when a column a read expects is missing or different; `what` names table or query. */
export function compareColumns(
  what: string,
  expected: readonly ReadColumn[],
  found: ReadonlyMap<string, FoundColumn>,
): void {
  for (const column of expected) {
    const change = changeOf(column, found.get(column.name));
    if (change === null) continue;
    throw appError('SOURCE/CATALOG_DRIFT', {
      message: `${what} has changed since the plan was compiled: the column ${column.name} ${change}.`,
      remedy: 'Check the plan against the catalog and sign it off again.',
      context: { table: what, column: column.name },
    });
  }
}

function changeOf(expected: ReadColumn, now: FoundColumn | undefined): string | null {
  if (now === undefined) return 'is gone';
  if (now.nativeType !== expected.nativeType) return `was ${expected.nativeType} and is ${now.nativeType}`;
  if (now.nullable === expected.nullable) return null;
  return now.nullable ? 'takes NULL now' : 'does not take NULL any more';
}
