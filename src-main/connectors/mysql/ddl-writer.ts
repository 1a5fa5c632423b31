import type { DatabaseSchema, SchemaNote } from '../../../src-shared/model/table-schema.ts';
import { keyRoom, type KeyRoom } from '../kit/migrate/key-room.ts';
import { NamePool } from '../kit/migrate/name-pool.ts';
import { likeKeys } from '../kit/migrate/like-keys.ts';
import { orderTables, type LinkedKey, type LoadOrder } from '../kit/migrate/order-tables.ts';
import type { Placed, PlacedTable } from '../kit/migrate/place-tables.ts';
import { commentLine, commentLines, scriptHead } from '../kit/migrate/script-comments.ts';
import { collationReason, typeNotes } from '../kit/migrate/type-notes.ts';
import { columnLine } from './column-line.ts';
import { literal, quoteName } from './dialect.ts';
import { indexLines } from './index-lines.ts';
import { nameRules, placeInDatabase, quoteList } from './migrate-names.ts';
import { familyOf, fitsInRow, INDEX_BYTES, typeReason } from './target-type.ts';

export interface WrittenDdl {
  readonly text: string;
  readonly notes: readonly SchemaNote[];
  readonly placed: Placed;
  readonly order: LoadOrder;
  /** Constraint names that are given away, for foreign keys that come later. */
  readonly constraints: NamePool;
}

/** What quotes and backslashes mean, and dates that only this product has, whatever the server's own mode is. */
export const sessionLines: readonly string[] = [
  'SET NAMES utf8mb4;',
  "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES';",
  "SET SESSION time_zone = '+00:00', foreign_key_checks = 1, unique_checks = 1;",
];

/** The script that makes the tables, in the database that the client has chosen. */
export function writeDdl(schema: DatabaseSchema): WrittenDdl {
  const placed = placeInDatabase(schema);
  const constraints = new NamePool(nameRules);
  const notes: SchemaNote[] = [...schema.notes, ...placed.notes];
  if (!schema.own) {
    for (const table of placed.tables)
      notes.push(...typeNotes(table, typeReason), ...typeNotes(table, collationReason));
  }
  const room = keyRoom(placed, INDEX_BYTES);
  const order = likeKeys(orderTables(placed), {
    ...{ own: schema.own, notes },
    familyOf: (column, table) => familyOf(column, room(table, column.name)),
  });
  const tables = placed.tables.flatMap((table) => tableStatement(table, { schema, placed, notes, room }));
  const keys = order.before.map((link) => `${foreignKey(link, placed, constraints)};`);
  const later = order.after.map(({ table, key }) =>
    commentLine(`${table.schema.name}: the foreign key ${key.name} is added by load.sql, when all rows are there.`),
  );
  const lines = [
    ...scriptHead({
      does: `Makes the tables of this package in MySQL or MariaDB; from ${schema.source}.`,
      run: ['mysql DATABASE < ddl.sql', 'mysql --local-infile=1 DATABASE < load.sql'],
      notes,
    }),
    ...sessionLines,
    ...tables,
    ...keys,
    ...later,
    ...schema.views.flatMap(({ namespace, name, text }) => [
      '',
      commentLine(`The view ${namespace}.${name} of the source is not made here. It was:`),
      ...commentLines(text),
    ]),
  ];
  return { text: `${lines.join('\n')}\n`, notes, placed, order, constraints };
}

interface Writing {
  readonly schema: DatabaseSchema;
  readonly placed: Placed;
  readonly notes: SchemaNote[];
  readonly room: KeyRoom;
}

function tableStatement(table: PlacedTable, { schema, placed, notes, room }: Writing): readonly string[] {
  const { primaryKey, comment, checks } = table.schema;
  const { own } = schema;
  const inRow = fitsInRow(table.columns);
  const lines = table.columns.map((column) => {
    const line = columnLine(column, { table, notes, types: { own, inRow, keyBytes: room(table, column.name) } });
    return [line, ...checks.filter((check) => check.column === column.name).map(({ clause }) => clause)].join(' ');
  });
  if (primaryKey.length > 0) lines.push(`PRIMARY KEY (${quoteList(placed.columnsAs(table, primaryKey))})`);
  lines.push(...indexLines(table, { own, placed, notes, room }));
  // Their names are the table's own.
  for (const { name, column, clause } of checks)
    if (column === null) lines.push(name === null ? clause : `CONSTRAINT ${quoteName(name)} ${clause}`);
  const end = `ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`;
  const words = comment === null ? '' : ` COMMENT=${literal(comment)}`;
  return ['', `CREATE TABLE ${quoteName(table.as)} (\n  ${lines.join(',\n  ')}\n) ${end}${words};`];
}

/** Adds a foreign key; without an end. */
export function foreignKey({ table, key, other }: LinkedKey, placed: Placed, constraints: NamePool): string {
  const rules = [
    ...(key.onDelete === undefined ? [] : [` ON DELETE ${key.onDelete.toUpperCase()}`]),
    ...(key.onUpdate === undefined ? [] : [` ON UPDATE ${key.onUpdate.toUpperCase()}`]),
  ];
  const from = quoteList(placed.columnsAs(table, key.columns));
  const to = `${quoteName(other.as)} (${quoteList(placed.columnsAs(other, key.references.columns))})`;
  const head = `ALTER TABLE ${quoteName(table.as)} ADD CONSTRAINT ${quoteName(constraints.claim(key.name))}`;
  return `${head} FOREIGN KEY (${from}) REFERENCES ${to}${rules.join('')}`;
}
