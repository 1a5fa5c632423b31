import type { DatabaseSchema, SchemaNote } from '../../../src-shared/model/table-schema.ts';
import { commentLine, commentLines, scriptHead } from '../kit/migrate/script-comments.ts';
import { likeKeys } from '../kit/migrate/like-keys.ts';
import { orderTables, type LinkedKey, type LoadOrder } from '../kit/migrate/order-tables.ts';
import type { Placed, PlacedColumn, PlacedTable } from '../kit/migrate/place-tables.ts';
import { collationReason, typeNotes } from '../kit/migrate/type-notes.ts';
import { literal, quoteName } from './dialect.ts';
import { placeInSchemas, quoteList, quoteTable, USUAL_SCHEMA } from './migrate-names.ts';
import { columnLine } from './column-line.ts';
import { familyOf, typeReason } from './target-type.ts';

/** Methods every server has for ordinary columns; others are those of extensions. */
const METHODS = new Set(['btree', 'hash', 'gin', 'gist', 'spgist', 'brin']);

export interface WrittenDdl {
  readonly text: string;
  readonly notes: readonly SchemaNote[];
  readonly placed: Placed;
  readonly order: LoadOrder;
}

/** The script that makes the tables: one transaction, run by psql. */
export function writeDdl(schema: DatabaseSchema): WrittenDdl {
  const placed = placeInSchemas(schema);
  const notes: SchemaNote[] = [...schema.notes, ...placed.notes];
  const order = likeKeys(orderTables(placed), { own: schema.own, notes, familyOf });
  if (!schema.own) {
    for (const table of placed.tables)
      notes.push(...typeNotes(table, typeReason), ...typeNotes(table, collationReason));
  }
  const tables = placed.tables.flatMap((table) => tableStatements(table, { schema, placed, notes }));
  const keys = order.before.map((link) => `${foreignKey(link, placed)};`);
  const later = order.after.map(({ table, key }) =>
    commentLine(`${table.schema.name}: the foreign key ${key.name} is added by load.sql, when all rows are there.`),
  );
  const head = scriptHead({
    does: `Makes the tables of this package in PostgreSQL; from ${schema.source}.`,
    run: ['psql -X -d DATABASE -f ddl.sql', 'psql -X -d DATABASE -f load.sql'],
    notes,
  });
  const lines = [
    ...head,
    ...sessionLines,
    'BEGIN;',
    ...makeSchemas(schema, placed),
    ...schema.types.flatMap(({ statement }) => (statement === null ? [] : [`${statement};`])),
    ...tables,
    ...keys,
    ...later,
    'COMMIT;',
    ...viewLines(schema),
  ];
  return { text: `${lines.join('\n')}\n`, notes, placed, order };
}

/** Whatever the person's own settings are. */
export const sessionLines: readonly string[] = [
  '\\set ON_ERROR_STOP on',
  "SET client_encoding = 'UTF8';",
  'SET standard_conforming_strings = on;',
  'SET client_min_messages = warning;',
];

function makeSchemas({ types }: DatabaseSchema, { tables }: Placed): readonly string[] {
  const names = new Set([...types.map(({ namespace }) => namespace), ...tables.map((table) => table.namespace)]);
  return [...names]
    .filter((name) => name !== null && name !== USUAL_SCHEMA)
    .map((name) => `CREATE SCHEMA IF NOT EXISTS ${quoteName(name ?? '')};`);
}

interface Writing {
  readonly schema: DatabaseSchema;
  readonly placed: Placed;
  readonly notes: SchemaNote[];
}

function tableStatements(table: PlacedTable, writing: Writing): readonly string[] {
  const { placed, schema } = writing;
  const pool = placed.poolOf(table.namespace);
  const { primaryKey, comment } = table.schema;
  const parts = table.columns.map((column) => columnLine(column, { table, own: schema.own, notes: writing.notes }));
  if (primaryKey.length > 0) {
    const columns = quoteList(placed.columnsAs(table, primaryKey));
    parts.push(`CONSTRAINT ${quoteName(pool.claim(`${table.as}_pkey`))} PRIMARY KEY (${columns})`);
  }
  // Their names are the table's own.
  for (const { name, clause } of table.schema.checks)
    parts.push(name === null ? clause : `CONSTRAINT ${quoteName(name)} ${clause}`);
  return [
    '',
    `CREATE TABLE ${quoteTable(table)} (\n  ${parts.join(',\n  ')}\n);`,
    ...(comment === null ? [] : [`COMMENT ON TABLE ${quoteTable(table)} IS ${literal(comment)};`]),
    ...table.columns.flatMap((column) => commentOn(table, column)),
    ...indexStatements(table, writing),
  ];
}

function commentOn(table: PlacedTable, { as, definition }: PlacedColumn): readonly string[] {
  if (definition.comment === undefined) return [];
  return [`COMMENT ON COLUMN ${quoteTable(table)}.${quoteName(as)} IS ${literal(definition.comment)};`];
}

function indexStatements(table: PlacedTable, { placed, schema, notes }: Writing): readonly string[] {
  const pool = placed.poolOf(table.namespace);
  return table.schema.indexes.flatMap((index) => {
    const refuse = (why: string): readonly string[] => {
      const what = index.unique ? 'unique index' : 'index';
      notes.push({ table: table.schema.name, text: `The ${what} ${index.name} is left out: ${why}.` });
      return [];
    };
    if (index.columns.some(({ prefix }) => prefix !== undefined)) return refuse('it is over beginnings of values');
    const isJson = index.columns.some(({ name }) =>
      table.columns.some((each) => each.name === name && each.type.kind === 'json'),
    );
    if (isJson && !schema.own) return refuse('values of JSON have no order');
    const isOrdinary = index.method === 'btree' || (index.method === 'hash' && !index.unique);
    if (!isOrdinary && !(schema.own && METHODS.has(index.method))) return refuse(`its method is ${index.method}`);
    const columns = index.columns.flatMap(({ name, descending }) =>
      placed.columnsAs(table, [name]).map((as) => `${quoteName(as)}${descending ? ' DESC' : ''}`),
    );
    const head = `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX ${quoteName(pool.claim(index.name))}`;
    return [`${head} ON ${quoteTable(table)} USING ${index.method} (${columns.join(', ')});`];
  });
}

/** Adds a foreign key; without an end. */
export function foreignKey({ table, key, other }: LinkedKey, placed: Placed): string {
  const name = quoteName(placed.poolOf(table.namespace).claim(key.name));
  const rules = [
    ...(key.onDelete === undefined ? [] : [` ON DELETE ${key.onDelete.toUpperCase()}`]),
    ...(key.onUpdate === undefined ? [] : [` ON UPDATE ${key.onUpdate.toUpperCase()}`]),
  ];
  const from = quoteList(placed.columnsAs(table, key.columns));
  const to = `${quoteTable(other)} (${quoteList(placed.columnsAs(other, key.references.columns))})`;
  const head = `ALTER TABLE ${quoteTable(table)} ADD CONSTRAINT ${name}`;
  return `${head} FOREIGN KEY (${from}) REFERENCES ${to}${rules.join('')}`;
}

function viewLines({ views }: DatabaseSchema): readonly string[] {
  return views.flatMap(({ namespace, name, text }) => [
    '',
    commentLine(`The view ${namespace}.${name} of the source is not made here. It was:`),
    ...commentLines(text),
  ]);
}
