import type { Catalog } from '../../../src-shared/model/catalog.ts';
import type { TypeDefinition } from '../../../src-shared/model/catalog-definition.ts';
import type { DatabaseSchema, SchemaNote, TableSchema } from '../../../src-shared/model/table-schema.ts';
import type { MigratedTable } from './migrated-table.ts';
import { schemaForeignKeys } from './schema-foreign-keys.ts';
import { tableSchema } from './table-schema.ts';

export interface SchemaRequest {
  readonly tables: readonly MigratedTable[];
  readonly catalog: Catalog;
  /** The source is of the product that is written for. */
  readonly own: boolean;
}

/** What goes out, as its counterpart elsewhere has to be made, and all that is left behind on the way. */
export function databaseSchema({ tables, catalog, own }: SchemaRequest): DatabaseSchema {
  const described = tables.map((table) => tableSchema(table, own));
  const linked = schemaForeignKeys(
    tables,
    described.map(({ schema }) => schema),
  );
  const schemas = linked.map(({ schema }) => schema);
  const definitions = catalog.definitions;
  const namespaces = new Set(schemas.map(({ table: [namespace] }) => namespace));
  const types = own ? usedTypes(schemas, definitions?.types ?? []) : [];
  return {
    source: `${catalog.product} ${catalog.version}`.trim(),
    own,
    tables: schemas,
    types,
    views: (definitions?.views ?? []).filter(({ namespace }) => namespaces.has(namespace)),
    settings: own ? (definitions?.settings ?? {}) : {},
    notes: [
      ...(definitions === undefined ? [unread] : []),
      ...types.flatMap(({ name, left = [] }) =>
        left.map((text) => ({ table: null, text: `Not carried of the type ${name}: ${text}.` })),
      ),
      ...described.flatMap(({ notes }, at) => [...notes, ...(linked[at]?.notes ?? [])]),
    ],
  };
}

const unread: SchemaNote = {
  table: null,
  text: 'Defaults, indexes, comments and views of this source are not read: only columns and keys are carried.',
};

/** The types that columns name, and those these are made of: each behind what it uses. */
function usedTypes(tables: readonly TableSchema[], types: readonly TypeDefinition[]): readonly TypeDefinition[] {
  const byName = new Map(types.map((type) => [type.name, type]));
  const used = new Set<TypeDefinition>();
  const add = (name: string): void => {
    const type = byName.get(name);
    if (type === undefined || used.has(type)) return;
    for (const each of type.uses) add(each);
    used.add(type);
  };
  for (const { columns } of tables) for (const { native } of columns) add(bareType(native ?? ''));
  return [...used];
}

/** The name without what says how many: `public.mood[]`, `ext.geometry(Point,4326)`. */
function bareType(native: string): string {
  return native.replace(/(?:\[\])+$/, '').replace(/\([^()"]*\)$/, '');
}
