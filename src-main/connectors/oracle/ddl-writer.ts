import type { DatabaseSchema, SchemaNote } from '../../../src-shared/model/table-schema.ts';
import { keyRoom, type KeyRoom } from '../kit/migrate/key-room.ts';
import { cutName, utf8Length } from '../kit/migrate/name-pool.ts';
import { orderTables, type LoadOrder } from '../kit/migrate/order-tables.ts';
import type { Placed, PlacedTable } from '../kit/migrate/place-tables.ts';
import { commentLine, commentLines, scriptHead } from '../kit/migrate/script-comments.ts';
import { collationReason, typeNotes } from '../kit/migrate/type-notes.ts';
import { columnLine } from './column-line.ts';
import { quoteName } from './dialect.ts';
import { emptyNotes } from './empty-notes.ts';
import { fittedOrder, foreignKey } from './foreign-key.ts';
import { indexBytesOf, tableIndexes, type IndexContext } from './index-lines.ts';
import { placeAtUser, quoteList } from './migrate-names.ts';
import { closedComment, sessionLines, statement } from './script-text.ts';
import { INDEX_BYTES, ownTypeReason, typeReason } from './target-type.ts';

/** Before version 23. */
const MAX_COLUMNS = 1000;
const COMMENT_BYTES = 4000;

export interface WrittenDdl {
  readonly text: string;
  readonly notes: readonly SchemaNote[];
  readonly placed: Placed;
  readonly order: LoadOrder;
  readonly room: KeyRoom;
}

/** The script that makes the tables, for the user who is logged in. Every statement stands for itself: DDL is no transaction here. */
export function writeDdl(schema: DatabaseSchema): WrittenDdl {
  const placed = placeAtUser(schema);
  const room = keyRoom(placed, INDEX_BYTES);
  const { own } = schema;
  const notes: SchemaNote[] = [...schema.notes, ...placed.notes];
  const order = fittedOrder(orderTables(placed), { own, notes, room });
  for (const table of placed.tables) {
    notes.push(...tableNotes(table, own));
    if (!own) notes.push(...emptyNotes(table, ({ name }) => ({ own, keyBytes: room(table, name) })));
  }
  const tables = placed.tables.flatMap((table) => tableStatements(table, { own, placed, notes, room }));
  const keys = order.before.map((link) => foreignKey(link, placed));
  const later = order.after.map(({ table, key }) =>
    commentLine(`${table.schema.name}: the foreign key ${key.name} is added by load.sql, when all rows are there.`),
  );
  const head = scriptHead({
    does: `Makes the tables of this package in Oracle; from ${schema.source}.`,
    run: ['NLS_LANG=.AL32UTF8 sqlplus USER@//HOST/SERVICE @ddl.sql', 'ORACLE_LOGIN=USER@//HOST/SERVICE sh load.sh'],
    notes,
  });
  const views = schema.views.flatMap(({ namespace, name, text }) => [
    '',
    commentLine(`The view ${namespace}.${name} of the source is not made here. It was:`),
    ...commentLines(text),
  ]);
  const lines = [
    ...head.map(closedComment),
    ...sessionLines,
    ...tables,
    ...keys,
    ...[...later, ...views].map(closedComment),
    'EXIT',
  ];
  return { text: `${lines.join('\n')}\n`, notes, placed, order, room };
}

function tableNotes(table: PlacedTable, own: boolean): readonly SchemaNote[] {
  const { name } = table.schema;
  const wide = table.columns.length > MAX_COLUMNS ? [{ table: name, text: WIDE }] : [];
  if (own) return [...wide, ...typeNotes(table, ownTypeReason)];
  return [...wide, ...typeNotes(table, typeReason), ...typeNotes(table, collationReason)];
}

const WIDE = 'It has more than the 1,000 columns that a table takes before version 23: ddl.sql ends there.';

function tableStatements(table: PlacedTable, context: IndexContext): readonly string[] {
  const { own, notes, placed, room } = context;
  const { primaryKey, checks } = table.schema;
  const pool = placed.poolOf(null);
  const lines = table.columns.map((column) =>
    columnLine(column, { table, notes, types: { own, keyBytes: room(table, column.name) } }),
  );
  const isIndexed = table.columns.every(
    (column) => own || !primaryKey.includes(column.name) || indexBytesOf(column, room(table, column.name)) !== null,
  );
  if (primaryKey.length > 0 && isIndexed) {
    const name = quoteName(pool.claim(`PK_${table.as}`));
    lines.push(`CONSTRAINT ${name} PRIMARY KEY (${quoteList(placed.columnsAs(table, primaryKey))})`);
  } else if (primaryKey.length > 0) {
    const text = `The primary key (${primaryKey.join(', ')}) is left out: no index takes its type.`;
    notes.push({ table: table.schema.name, text });
  }
  const indexes = tableIndexes(table, context);
  lines.push(...indexes.constraints);
  for (const { name, clause } of checks)
    lines.push(name === null ? clause : `CONSTRAINT ${quoteName(pool.claim(name))} ${clause}`);
  const made = lines.map((line, at) => `  ${line}${at < lines.length - 1 ? ',' : ''}`);
  return [
    '',
    statement([`CREATE TABLE ${quoteName(table.as)} (`, ...made, ')']),
    ...comments(table, notes),
    ...indexes.statements,
  ];
}

/** A comment is a literal, not an expression. */
function comments(table: PlacedTable, notes: SchemaNote[]): readonly string[] {
  const write = (place: string, text: string): string => {
    const kept = cutName(text, (part) => utf8Length(part) <= COMMENT_BYTES);
    if (kept !== text) notes.push({ table: table.schema.name, text: `The comment on ${place} is cut at 4,000 bytes.` });
    return statement([`COMMENT ON ${place} IS '${kept.replaceAll("'", "''")}'`]);
  };
  const own = quoteName(table.as);
  return [
    ...(table.schema.comment === null ? [] : [write(`TABLE ${own}`, table.schema.comment)]),
    ...table.columns.flatMap(({ as, definition: { comment } }) =>
      comment === undefined ? [] : [write(`COLUMN ${own}.${quoteName(as)}`, comment)],
    ),
  ];
}
