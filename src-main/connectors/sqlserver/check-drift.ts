import type { TableRead } from '../../../src-shared/model/table-read.ts';
import { compareColumns, type FoundColumn } from '../kit/compare-columns.ts';
import { tableColumnsSql } from './catalog.sql.ts';
import type { Link } from './link.ts';
import { nativeTypeIn } from './stored-type.ts';

/**
 * Compares a table's columns, as they are now, with what the read expects: `SOURCE/CATALOG_DRIFT` on a difference. Gives the
 * columns of the read of which the login sees a mask.
 */
export async function checkTableDrift(link: Link, read: TableRead, signal: AbortSignal): Promise<readonly string[]> {
  const { source, columns } = read;
  if (source.kind !== 'table') return [];
  const rows = await link.rows(tableColumnsSql(source.table), signal);
  const found = new Map(
    rows.map((row): [string, FoundColumn] => [
      row[0] ?? '',
      { nativeType: nativeTypeIn(row, 1), nullable: row[7] === '1' },
    ]),
  );
  compareColumns(`${source.table.namespace}.${source.table.name}`, columns, found);
  const masked = new Set(rows.filter((row) => row[8] === '1').map(([name]) => name));
  return columns.map(({ name }) => name).filter((name) => masked.has(name));
}
