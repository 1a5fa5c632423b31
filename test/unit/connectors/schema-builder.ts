import type { ColumnDefinition } from '../../../src-shared/model/catalog-definition.ts';
import type { LogicalType } from '../../../src-shared/model/logical-type.ts';
import type { DatabaseSchema, SchemaColumn, TableSchema } from '../../../src-shared/model/table-schema.ts';

export const TEXT: LogicalType = { kind: 'text', maxCharacters: null };
export const INT: LogicalType = { kind: 'int', bits: 32, signed: true };

export function schemaColumn(
  name: string,
  type: LogicalType = TEXT,
  more: Partial<SchemaColumn> & { readonly definition?: ColumnDefinition } = {},
): SchemaColumn {
  return { name, type, nullable: true, native: null, definition: {}, ...more };
}

/** A table on its way: `namespace.name`. */
export function schemaTable(
  label: string,
  columns: readonly SchemaColumn[],
  more: Partial<TableSchema> = {},
): TableSchema {
  const [namespace = '', name = ''] = label.split('.');
  return {
    ...{ name: label, table: [namespace, name], paths: [`data/${label}.csv`], columns, primaryKey: [], indexes: [] },
    ...{ foreignKeys: [], checks: [], comment: null, ...more },
  };
}

export function schemaOf(tables: readonly TableSchema[], more: Partial<DatabaseSchema> = {}): DatabaseSchema {
  return { ...{ source: 'Other 1', own: false, types: [], views: [], settings: {}, notes: [] }, tables, ...more };
}

export const index = (name: string, columns: readonly string[], unique = false) => ({
  ...{ name, unique, method: 'btree' },
  columns: columns.map((column) => ({ name: column, descending: false })),
});

/** A foreign key to a table of the namespace `a`. */
export const linkTo = (name: string, other: string, columns: readonly string[], more = {}) => ({
  ...{ name: `${name}_${other}`, columns: [name], references: { namespace: 'a', name: other, columns } },
  ...more,
});
