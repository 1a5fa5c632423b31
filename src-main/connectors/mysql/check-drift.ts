import { appError } from '../../../src-shared/errors/app-error.ts';
import type { ReadColumn, TableRead } from '../../../src-shared/model/table-read.ts';
import { tableColumnsSql } from './catalog.sql.ts';
import type { Link } from './link.ts';

export interface FoundColumn {
  readonly nativeType: string;
  readonly nullable: boolean;
}

/** Compares the tables' columns, as they are now, with what the reads expect: `SOURCE/CATALOG_DRIFT` on a difference. */
export async function checkTableDrift(link: Link, reads: readonly TableRead[], signal: AbortSignal): Promise<void> {
  for (const { source, columns } of reads) {
    if (source.kind !== 'table') continue;
    const rows = await link.rows(tableColumnsSql(source.table), signal);
    const found = rows.map(([name, nativeType, nullable]): [string, FoundColumn] => [
      name ?? '',
      { nativeType: nativeType ?? '', nullable: nullable !== 'NO' },
    ]);
    compareColumns(`${source.table.namespace}.${source.table.name}`, columns, new Map(found));
  }
}

/** Throws when a column a read expects is missing or different. */
export function compareColumns(
  what: string,
  expected: readonly ReadColumn[],
  found: ReadonlyMap<string, FoundColumn>,
): void {
  for (const { name, nativeType, nullable } of expected) {
    const now = found.get(name);
    let change: string | null = null;
    if (now === undefined) change = 'is gone';
    else if (now.nativeType !== nativeType) change = `was ${nativeType} and is ${now.nativeType}`;
    else if (now.nullable !== nullable) change = nullable ? 'does not take NULL any more' : 'takes NULL now';
    if (change === null) continue;
    throw appError('SOURCE/CATALOG_DRIFT', {
      message: `${what} has changed since the plan was compiled: the column ${name} ${change}.`,
      remedy: 'Check the plan against the catalog and sign it off again.',
      context: { table: what, column: name },
    });
  }
}
