import type { TableRead } from '../../../src-shared/model/table-read.ts';
import { compareColumns, type FoundColumn } from '../kit/compare-columns.ts';
import { arrayLiteral } from './array-literal.ts';
import { TABLE_COLUMNS_SQL } from './catalog.sql.ts';
import type { Link } from './link.ts';

/** Compares the tables' columns, as they are now, with what the reads expect: `SOURCE/CATALOG_DRIFT` on a difference. */
export async function checkTableDrift(link: Link, reads: readonly TableRead[], signal: AbortSignal): Promise<void> {
  const named = reads.flatMap((read) => (read.source.kind === 'table' ? [{ read, table: read.source.table }] : []));
  if (named.length === 0) return;
  const values = [
    arrayLiteral(named.map(({ table }) => table.namespace)),
    arrayLiteral(named.map(({ table }) => table.name)),
  ];
  const columns = named.map(() => new Map<string, FoundColumn>());
  for (const [place, name, nativeType, notNull] of await link.query(TABLE_COLUMNS_SQL, values, signal)) {
    columns[Number(place) - 1]?.set(name ?? '', { nativeType: nativeType ?? '', nullable: notNull !== 't' });
  }
  for (const [i, { read, table }] of named.entries()) {
    compareColumns(`${table.namespace}.${table.name}`, read.columns, columns[i] ?? new Map());
  }
}
