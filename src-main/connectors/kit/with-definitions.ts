import type { Catalog, CatalogTable, ForeignKey } from '../../../src-shared/model/catalog.ts';
import type {
  ColumnDefinition,
  DatabaseDefinitions,
  TableDefinition,
} from '../../../src-shared/model/catalog-definition.ts';

type Rule = Pick<ForeignKey, 'onDelete' | 'onUpdate'>;

/** What was found besides a catalog. A table is named by the JSON of its two names. */
export interface FoundDefinitions {
  readonly columns: readonly (readonly [table: string, column: string, definition: ColumnDefinition])[];
  readonly tables: ReadonlyMap<string, TableDefinition>;
  readonly rules: readonly (readonly [table: string, foreignKey: string, rule: Rule])[];
  readonly database: DatabaseDefinitions;
}

/** The catalog with definitions put in their places; what has vanished meanwhile has none. */
export function withDefinitions(catalog: Catalog, found: FoundDefinitions): Catalog {
  const columns = new Map(found.columns.map(([table, name, each]) => [keyOf(table, name), each]));
  const rules = new Map(found.rules.map(([table, name, each]) => [keyOf(table, name), each]));
  const define = (table: CatalogTable): CatalogTable => {
    const place = JSON.stringify([table.namespace, table.name]);
    const definition = found.tables.get(place);
    return {
      ...table,
      columns: table.columns.map((column) => {
        const own = columns.get(keyOf(place, column.name));
        return own === undefined ? column : { ...column, definition: own };
      }),
      foreignKeys: table.foreignKeys.map((key) => ({ ...key, ...rules.get(keyOf(place, key.name)) })),
      ...(definition === undefined ? {} : { definition }),
    };
  };
  return {
    ...catalog,
    namespaces: catalog.namespaces.map(({ name, tables }) => ({ name, tables: tables.map(define) })),
    definitions: found.database,
  };
}

const keyOf = (table: string, name: string): string => `${table}${JSON.stringify(name)}`;
