import type { TableRead } from '../../../src-shared/model/table-read.ts';
import { compareColumns, type FoundColumn } from '../kit/compare-columns.ts';
import { tableColumnsSql } from './catalog.sql.ts';
import type { Link } from './link.ts';

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
