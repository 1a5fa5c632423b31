import type {
  DatabaseSchema,
  SchemaColumn,
  SchemaNote,
  TableSchema,
} from '../../../../src-shared/model/table-schema.ts';
import { NamePool, type NameRules } from './name-pool.ts';

export interface PlacedColumn extends SchemaColumn {
  /** Its name where it goes. */
  readonly as: string;
}

/** A table with its names where it goes. */
export interface PlacedTable {
  readonly schema: TableSchema;
  /** null: whatever the session's own place is. */
  readonly namespace: string | null;
  readonly as: string;
  readonly columns: readonly PlacedColumn[];
}

export interface PlacingRules {
  readonly names: NameRules;
  /** Where a table of this namespace goes; null: tables have no place but the session's own. */
  readonly namespaceOf: (namespace: string) => string | null;
}

export interface Placed {
  readonly tables: readonly PlacedTable[];
  readonly notes: readonly SchemaNote[];
  /** The names of columns of a table, where it goes. */
  readonly columnsAs: (table: PlacedTable, names: readonly string[]) => readonly string[];
  readonly find: (table: readonly [namespace: string, name: string]) => PlacedTable | undefined;
  /** Further names beside the tables of a namespace: indexes, constraints. */
  readonly poolOf: (namespace: string | null) => NamePool;
}

/** Gives every table and column a name that the product takes; the first in plan order keeps its own. */
export function placeTables({ tables }: DatabaseSchema, rules: PlacingRules): Placed {
  const pools = new Map<string | null, NamePool>();
  const poolOf = (namespace: string | null): NamePool => {
    const pool = pools.get(namespace) ?? new NamePool(rules.names);
    pools.set(namespace, pool);
    return pool;
  };
  const notes: SchemaNote[] = [];
  const placed = tables.map((schema): PlacedTable => {
    const [from, name] = schema.table;
    const namespace = rules.namespaceOf(from);
    const pool = poolOf(namespace);
    const isTaken = namespace === null && from !== '' && pool.has(rules.names.clean(name));
    const as = pool.claim(isTaken ? `${from}_${name}` : name);
    if (as !== name) notes.push({ table: schema.name, text: `The table is named ${shown(as)}.` });
    const own = new NamePool(rules.names);
    const columns = schema.columns.map((column) => ({ ...column, as: own.claim(column.name) }));
    for (const column of columns) {
      if (column.as === column.name) continue;
      notes.push({ table: schema.name, text: `The column ${shown(column.name)} is named ${shown(column.as)}.` });
    }
    return { schema, namespace, as, columns };
  });
  const byName = new Map(placed.map((table) => [JSON.stringify(table.schema.table), table]));
  return {
    tables: placed,
    notes,
    poolOf,
    find: (table) => byName.get(JSON.stringify(table)),
    columnsAs: (table, names) =>
      names.flatMap((name) => table.columns.filter((column) => column.name === name).map(({ as }) => as)),
  };
}

const shown = (name: string): string => JSON.stringify(name);
