import type { TableRead } from '../../../src-shared/model/table-read.ts';
import { compareColumns, type FoundColumn } from '../kit/compare-columns.ts';
import { TABLE_COLUMNS_SQL } from './catalog.sql.ts';
import type { Link } from './link.ts';
import { nativeTypeIn } from './stored-type.ts';

/** Compares a table's columns, as they are now, with what the read expects: `SOURCE/CATALOG_DRIFT` on a difference. */
export async function checkTableDrift(link: Link, { source, columns }: TableRead, signal: AbortSignal): Promise<void> {
  if (source.kind !== 'table') return;
  const { namespace, name } = source.table;
  const rows = await link.ask(TABLE_COLUMNS_SQL, [namespace, name], signal);
  const found = new Map(
    rows.map((row): [string, FoundColumn] => [
      row[2] ?? '',
      { nativeType: nativeTypeIn(row, 3), nullable: row[10] === '1' },
    ]),
  );
  compareColumns(`${namespace}.${name}`, columns, found);
}
