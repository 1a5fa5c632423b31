import type { MigratedTable } from '../../../src-main/engine/migrate/migrated-table.ts';
import type { CatalogTable } from '../../../src-shared/model/catalog.ts';

/** A table of a catalog that goes out as it is, but for columns that nothing can carry. */
export function migrated(table: CatalogTable): MigratedTable {
  const { namespace, name } = table;
  const columns = table.columns.flatMap(({ type, ...column }) => (type === null ? [] : [{ ...column, type }]));
  const masked = {
    ...{ name: `${namespace}.${name}`, table: [namespace, name], catalogTable: table, available: columns, columns },
    ...{ masks: columns.map(() => null), outputColumns: columns, entry: { table: [namespace, name] } },
  };
  return {
    masked: masked as unknown as MigratedTable['masked'],
    paths: [`data/${namespace}.${name}.csv`],
    keepsApart: () => true,
  };
}
