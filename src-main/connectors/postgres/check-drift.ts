import { appError } from '../../../src-shared/errors/app-error.ts';
import type { ReadColumn, TableRead } from '../../../src-shared/model/table-read.ts';
import { arrayLiteral } from './array-literal.ts';
import { TABLE_COLUMNS_SQL } from './catalog.sql.ts';
import type { Link } from './link.ts';

interface Found {
  readonly nativeType: string;
  readonly nullable: boolean;
}

/** Compares the tables' columns, as they are now, with what the reads expect: `SOURCE/CATALOG_DRIFT` on a difference. */
export async function checkTableDrift(link: Link, reads: readonly TableRead[], signal: AbortSignal): Promise<void> {
  const named = reads.flatMap((read) => (read.source.kind === 'table' ? [{ read, table: read.source.table }] : []));
  if (named.length === 0) return;
  const values = [
    arrayLiteral(named.map(({ table }) => table.namespace)),
    arrayLiteral(named.map(({ table }) => table.name)),
  ];
  const columns = named.map(() => new Map<string, Found>());
  for (const [place, name, nativeType, notNull] of await link.query(TABLE_COLUMNS_SQL, values, signal)) {
    columns[Number(place) - 1]?.set(name ?? '', { nativeType: nativeType ?? '', nullable: notNull !== 't' });
  }
  for (const [i, { read, table }] of named.entries()) {
    compareColumns(`${table.namespace}.${table.name}`, read.columns, columns[i] ?? new Map());
  }
}

/** Throws when a column a read expects is missing or different. */
export function compareColumns(
  what: string,
  expected: readonly ReadColumn[],
  found: ReadonlyMap<string, { readonly nativeType: string; readonly nullable: boolean }>,
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
