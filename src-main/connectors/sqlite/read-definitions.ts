import type { Catalog, CatalogColumn, CatalogTable, ForeignKeyAction } from '../../../src-shared/model/catalog.ts';
import type {
  CheckDefinition,
  ColumnDefinition,
  TableDefinition,
  ViewDefinition,
} from '../../../src-shared/model/catalog-definition.ts';
import { withDefinitions, type FoundDefinitions } from '../kit/with-definitions.ts';
import { readDefault } from './column-default.ts';
import {
  DEFAULTS_SQL,
  HAS_SEQUENCES_SQL,
  KEY_RULES_SQL,
  OBJECTS_SQL,
  SEQUENCES_SQL,
  STORED_SQL,
} from './definitions.sql.ts';
import { quoteName } from './dialect.ts';
import { gatherIndexes } from './gather-indexes.ts';
import type { OpenDatabase } from './open-database.ts';
import { parseTable, type WrittenTable } from './parse-table.ts';
import { foreignKeyName } from './read-table.ts';
import { rowidName } from './rowid.ts';

const ACTIONS: Readonly<Record<string, ForeignKeyAction>> = {
  CASCADE: 'cascade',
  RESTRICT: 'restrict',
  'SET NULL': 'set null',
  'SET DEFAULT': 'set default',
};
const NOTHING: WrittenTable = { columns: new Map(), checks: [], words: [], autoincrement: false };

/** A row of the list of objects. */
interface MadeObject {
  readonly type: string;
  readonly name: string;
  readonly table: string;
  readonly sql: string;
}

/** The catalog with what its tables are made of. The library says a part of it; the rest stands in the statement that made a table. */
export function readDefinitions(db: OpenDatabase, catalog: Catalog): Catalog {
  const objects = db.ask(OBJECTS_SQL).map(([type, name, table, sql]): MadeObject => ({
    ...{ type: String(type), name: String(name), table: String(table), sql: String(sql ?? '') },
  }));
  const sequences = readSequences(db);
  const columns: FoundDefinitions['columns'][number][] = [];
  const rules: FoundDefinitions['rules'][number][] = [];
  const tables = new Map<string, TableDefinition>();
  for (const table of catalog.namespaces.flatMap((each) => each.tables)) {
    if (table.kind !== 'table') continue;
    const made = objects.find(({ type, name }) => type === 'table' && name === table.name);
    const written = made === undefined ? NOTHING : parseTable(made.sql);
    const alias = rowidName(db, table.name)?.alias ?? null;
    const place = JSON.stringify([table.namespace, table.name]);
    columns.push(...columnsOf(db, table, { written, alias }).map((found) => [place, ...found] as const));
    rules.push(...rulesOf(db, table).map((found) => [place, ...found] as const));
    const sequence = sequences.get(table.name) ?? null;
    const triggers = objects.filter((each) => each.type === 'trigger' && isSame(each.table, table.name));
    tables.set(place, definitionOf(db, table, { written, alias, sequence, triggers }));
  }
  return withDefinitions(catalog, {
    columns,
    tables,
    rules,
    database: { types: [], views: viewsOf(objects), settings: {} },
  });
}

const isSame = (one: string, two: string): boolean => one.toLowerCase() === two.toLowerCase();

function viewsOf(objects: readonly MadeObject[]): readonly ViewDefinition[] {
  return objects.filter(({ type }) => type === 'view').map(({ name, sql }) => ({ namespace: 'main', name, text: sql }));
}

function readSequences(db: OpenDatabase): ReadonlyMap<string, bigint> {
  if (db.ask(HAS_SEQUENCES_SQL)[0]?.[0] !== 1n) return new Map();
  const rows = db.ask(SEQUENCES_SQL);
  return new Map(rows.flatMap(([name, number]) => (typeof number === 'bigint' ? [[String(name), number]] : [])));
}

interface Written {
  readonly written: WrittenTable;
  /** The column that is another name of the rowid. */
  readonly alias: string | null;
}

function columnsOf(
  db: OpenDatabase,
  table: CatalogTable,
  { written, alias }: Written,
): readonly (readonly [column: string, definition: ColumnDefinition])[] {
  const defaults = new Map(db.ask(DEFAULTS_SQL, [table.name]).map(([name, text]) => [String(name), text]));
  return table.columns.flatMap((column): (readonly [string, ColumnDefinition])[] => {
    const own = written.columns.get(column.name.toLowerCase());
    const text = defaults.get(column.name);
    const definition: ColumnDefinition = {
      // The library gives such a column the next number wherever it gets none.
      ...(column.name === alias ? { identity: { always: false } } : {}),
      ...defaultOf(column, typeof text === 'string' ? text : null),
      ...generatedOf(db, table, { column, expression: own?.expression ?? null }),
      ...(own === undefined || own.collation === null || isSame(own.collation, 'binary')
        ? {}
        : { own: `COLLATE ${own.collation}` }),
    };
    return Object.keys(definition).length === 0 ? [] : [[column.name, definition]];
  });
}

function defaultOf({ type, nativeType }: CatalogColumn, text: string | null): ColumnDefinition {
  if (text === null || type === null) return {};
  const found = readDefault(text, type, nativeType);
  return found === undefined ? {} : { default: found };
}

interface Generated {
  readonly column: CatalogColumn;
  readonly expression: string | null;
}

function generatedOf(db: OpenDatabase, table: CatalogTable, { column, expression }: Generated): ColumnDefinition {
  if (column.generated !== true) return {};
  const stored = db.ask(STORED_SQL, [table.name, column.name])[0]?.[0] === 1n;
  return { generated: { expression: expression ?? 'unknown', stored, builtIn: true } };
}

function rulesOf(
  db: OpenDatabase,
  { name, foreignKeys }: CatalogTable,
): readonly (readonly [key: string, rule: FoundDefinitions['rules'][number][2]])[] {
  if (foreignKeys.length === 0) return [];
  return db.ask(KEY_RULES_SQL, [name]).map(([id, onDelete, onUpdate]) => {
    const [first, second] = [ACTIONS[String(onDelete)], ACTIONS[String(onUpdate)]];
    const rule = {
      ...(first === undefined ? {} : { onDelete: first }),
      ...(second === undefined ? {} : { onUpdate: second }),
    };
    return [foreignKeyName(name, id), rule];
  });
}

interface Made extends Written {
  /** What an AUTOINCREMENT has given at most; null: nothing. */
  readonly sequence: bigint | null;
  readonly triggers: readonly MadeObject[];
}

function definitionOf(
  db: OpenDatabase,
  table: CatalogTable,
  { written, alias, sequence, triggers }: Made,
): TableDefinition {
  const indexes = gatherIndexes(db, table.name, alias);
  return {
    indexes: indexes.simple,
    checks: written.checks.map(({ name, column, clause }): CheckDefinition => ({
      ...{ name, clause, columns: null },
      column: table.columns.find((each) => each.name.toLowerCase() === column)?.name ?? column,
    })),
    others: [
      ...indexes.others,
      ...written.words,
      ...nullableKey(table),
      ...spentNumbers(db, table, { written, alias, sequence }),
      ...triggers.map(({ name }) => `trigger ${name}`),
    ],
  };
}

/** Only here a primary key may hold NULL. */
function nullableKey({ primaryKey, columns }: CatalogTable): readonly string[] {
  const names = primaryKey.filter((name) => columns.some((each) => each.name === name && each.nullable));
  return names.length === 0
    ? []
    : [`the NULL that the primary key may hold in ${names.join(', ')}; such a row stops the load`];
}

/** Numbers that AUTOINCREMENT would not give again though their rows are gone. */
function spentNumbers(
  db: OpenDatabase,
  { name }: CatalogTable,
  { written, alias, sequence }: Omit<Made, 'triggers'>,
): readonly string[] {
  if (!written.autoincrement || alias === null || sequence === null) return [];
  const last = db.ask(`select max(${quoteName(alias)}) from main.${quoteName(name)}`)[0]?.[0];
  if (typeof last === 'bigint' && last >= sequence) return [];
  return [`AUTOINCREMENT’s memory: numbers up to ${sequence} were given, and those of deleted rows may come again`];
}
