import type { Catalog, CatalogColumn, CatalogTable } from '../../../src-shared/model/catalog.ts';
import { detectPersonal, type PersonalColumn } from './detect-personal.ts';

export interface DetectedColumn {
  readonly table: CatalogTable;
  readonly column: CatalogColumn;
  readonly found: PersonalColumn;
}

/** All columns of a catalog that look personal, in the catalog's order. */
export function detectCatalog(catalog: Catalog): readonly DetectedColumn[] {
  return catalog.namespaces
    .flatMap(({ tables }) => tables)
    .flatMap((table) => table.columns.map((column) => ({ table, column, found: detectPersonal(table, column) })))
    .flatMap(({ table, column, found }) => (found === null ? [] : [{ table, column, found }]));
}
