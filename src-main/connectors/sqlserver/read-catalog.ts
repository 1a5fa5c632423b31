import type { Catalog, CatalogTable } from '../../../src-shared/model/catalog.ts';
import {
  columnsSql,
  ESTIMATES_FOR_ALL_SQL,
  ESTIMATES_SQL,
  FACTS_SQL,
  foreignKeysSql,
  MAY_SEE_STATE_SQL,
  namespacesSql,
  primaryKeysSql,
  tablesSql,
} from './catalog.sql.ts';
import { gatherTables, type TableParts } from './gather-tables.ts';
import type { Link } from './link.ts';
import { productOf } from './product.ts';
import { kindOf, remarksOf, withheldOf } from './table-remarks.ts';
import type { TextRow } from './text-row.ts';

/** All of the catalog, or one namespace of it. */
export async function readCatalog(link: Link, namespace: string | null, signal: AbortSignal): Promise<Catalog> {
  const ask = (sql: string): Promise<readonly TextRow[]> => link.rows(sql, signal);
  const [version, edition] = (await ask(FACTS_SQL))[0] ?? [];
  // The server may compare names without regard to case.
  const names = (await ask(namespacesSql(namespace))).map(([name]) => name ?? '');
  const namespaces = names.filter((name) => namespace === null || name === namespace).sort(byName);
  const tables = await ask(tablesSql(namespace));
  const parts = gatherTables({
    columns: await ask(columnsSql(namespace)),
    primaryKeys: await ask(primaryKeysSql(namespace)),
    foreignKeys: await ask(foreignKeysSql(namespace)),
    estimates: await ask((await ask(MAY_SEE_STATE_SQL))[0]?.[0] === '1' ? ESTIMATES_SQL : ESTIMATES_FOR_ALL_SQL),
  });
  return {
    product: productOf(edition ?? null),
    version: version ?? '',
    namespaces: namespaces.map((name) => ({
      name,
      tables: tables
        .filter((row) => row[1] === name)
        .map((row) => tableOf(row, parts(row[0] ?? '')))
        .sort((a, b) => byName(a.name, b.name)),
    })),
  };
}

function tableOf(row: TextRow, own: TableParts): CatalogTable {
  const [, namespace, name] = row;
  const remarks = remarksOf(row, own);
  const withheld = withheldOf(row, own);
  return {
    ...{ namespace: namespace ?? '', name: name ?? '', kind: kindOf(row) },
    ...{ columns: own.columns, primaryKey: own.primaryKey, foreignKeys: own.foreignKeys },
    ...{ estimatedRows: own.rows, estimatedBytes: own.bytes },
    ...(remarks.length > 0 ? { remarks } : {}),
    ...(withheld.length > 0 ? { withheld } : {}),
  };
}

/** By code units, the same on every machine. */
function byName(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
