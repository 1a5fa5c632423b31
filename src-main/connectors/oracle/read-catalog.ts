import type { Catalog, CatalogTable, TableKind } from '../../../src-shared/model/catalog.ts';
import { COLUMNS, FOREIGN_KEYS, NAMESPACES, PRIMARY_KEYS, TABLES, type Scoped } from './catalog.sql.ts';
import { gatherTables, type TableParts } from './gather-tables.ts';
import type { Link } from './link.ts';
import { PRODUCT } from './product.ts';
import type { TextRow } from './text-row.ts';

const ROW_SECURITY = 'Row security is in force: this login may see only some of the rows, and some of their values.';

/** All of the catalog, or one namespace of it. */
export async function readCatalog(link: Link, namespace: string | null, signal: AbortSignal): Promise<Catalog> {
  const ask = ({ all, one }: Scoped): Promise<readonly TextRow[]> =>
    namespace === null ? link.ask(all, [], signal) : link.ask(one, [namespace], signal);
  const namespaces = (await ask(NAMESPACES)).map(([name]) => name ?? '').sort(byName);
  const tables = await ask(TABLES);
  const partsOf = gatherTables({
    columns: await ask(COLUMNS),
    primaryKeys: await ask(PRIMARY_KEYS),
    foreignKeys: await ask(FOREIGN_KEYS),
  });
  return {
    ...{ product: PRODUCT, version: link.version },
    namespaces: namespaces.map((name) => ({
      name,
      tables: tables
        .filter(([owner]) => owner === name)
        .map((row) => tableOf(row, partsOf(row)))
        .sort((a, b) => byName(a.name, b.name)),
    })),
  };
}

function tableOf(row: TextRow, own: TableParts): CatalogTable {
  const [namespace, name, kind, rows, bytes, , policies] = row;
  const remarks = remarksOf(row);
  return {
    ...{ namespace: namespace ?? '', name: name ?? '', kind: (kind ?? 'table') as TableKind, ...own },
    estimatedRows: typeof rows === 'string' ? Number(rows) : null,
    estimatedBytes: typeof bytes === 'string' ? Number(bytes) : null,
    ...(remarks.length > 0 ? { remarks } : {}),
    ...(policies === '0' ? {} : { withheld: [{ words: ROW_SECURITY }] }),
  };
}

/** What an operator should know before reading it, in words. */
function remarksOf([, , kind, rows, , temporary, policies]: TextRow): string[] {
  const remarks: string[] = [];
  if (policies !== '0') remarks.push(ROW_SECURITY);
  if (temporary === '1') remarks.push('A temporary table: each session sees its own rows, and ours has none.');
  if (kind === 'foreign table') {
    remarks.push('An external table: its rows lie outside the database and outside any snapshot.');
  }
  if (kind !== 'view' && rows === null) remarks.push('No statistics: its size is not known.');
  return remarks;
}

/** By code units, the same on every machine. */
function byName(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
