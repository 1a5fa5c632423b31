import type { ForeignKey } from '../../../src-shared/model/catalog.ts';
import type { SchemaNote, TableSchema } from '../../../src-shared/model/table-schema.ts';
import { tableLabel } from '../plan/table-pattern.ts';
import type { MigratedTable } from './migrated-table.ts';

interface Linked {
  readonly schema: TableSchema;
  readonly notes: readonly SchemaNote[];
}

/** The schemas with the foreign keys that can hold where they go; why others cannot, in words. */
export function schemaForeignKeys(
  tables: readonly MigratedTable[],
  schemas: readonly TableSchema[],
): readonly Linked[] {
  const sent = new Map(schemas.map((schema, at) => [keyOf(schema.table), { schema, from: tables[at] }]));
  return schemas.map((schema, at) => {
    const all = tables[at]?.masked.catalogTable?.foreignKeys ?? [];
    const notes: SchemaNote[] = [];
    const foreignKeys = all.filter((key) => {
      const { namespace, name } = key.references;
      const why = hindrance(key, schema, sent.get(keyOf([namespace, name])));
      if (why !== null) {
        const to = `${tableLabel(key.references)} (${key.references.columns.join(', ')})`;
        notes.push({
          table: schema.name,
          text: `The foreign key (${key.columns.join(', ')}) to ${to} is left out: ${why}.`,
        });
      }
      return why === null;
    });
    return { schema: { ...schema, foreignKeys }, notes };
  });
}

interface OtherEnd {
  readonly schema: TableSchema;
  readonly from: MigratedTable | undefined;
}

function hindrance(key: ForeignKey, schema: TableSchema, other: OtherEnd | undefined): string | null {
  if (other === undefined) return 'that table does not go out';
  const has = ({ columns }: TableSchema, names: readonly string[]): boolean =>
    names.every((name) => columns.some((column) => column.name === name));
  if (!has(schema, key.columns) || !has(other.schema, key.references.columns)) return 'not all of its columns go out';
  const entry = other.from?.masked.entry;
  if (entry?.limit !== undefined || (entry !== undefined && 'where' in entry && entry.where !== undefined)) {
    return 'that table goes out filtered, and rows may refer to others';
  }
  const isKey = [other.schema.primaryKey, ...uniqueOf(other.schema)].some((names) =>
    sameNames(names, key.references.columns),
  );
  return isKey ? null : 'that table has no such key any more';
}

function uniqueOf({ indexes }: TableSchema): readonly (readonly string[])[] {
  return indexes
    .filter(({ unique, columns }) => unique && columns.every(({ prefix }) => prefix === undefined))
    .map(({ columns }) => columns.map(({ name }) => name));
}

function sameNames(one: readonly string[], two: readonly string[]): boolean {
  return one.length === two.length && one.every((name) => two.includes(name));
}

const keyOf = (table: readonly [string, string]): string => JSON.stringify(table);
