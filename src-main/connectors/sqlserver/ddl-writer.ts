import type { DatabaseSchema, SchemaNote } from '../../../src-shared/model/table-schema.ts';
import { keyRoom, type KeyRoom } from '../kit/migrate/key-room.ts';
import { orderTables, type LoadOrder } from '../kit/migrate/order-tables.ts';
import type { Placed, PlacedTable } from '../kit/migrate/place-tables.ts';
import { commentLine, commentLines, scriptHead } from '../kit/migrate/script-comments.ts';
import { collationReason, typeNotes } from '../kit/migrate/type-notes.ts';
import { columnLine } from './column-line.ts';
import { commentStatements } from './comment-statements.ts';
import { quoteName } from './dialect.ts';
import { fittedOrder, foreignKey } from './foreign-keys.ts';
import { indexBytes, indexStatements, type IndexContext } from './index-statements.ts';
import { placeInSchemas, quoteList, quoteTable, USUAL_SCHEMA } from './migrate-names.ts';
import { lineLiteral, runWith, sessionLines, statement } from './script-text.ts';
import { CLUSTERED_BYTES, INDEX_BYTES, ownTypeReason, typeReason } from './target-type.ts';

/** Of an ordinary table. */
const MAX_COLUMNS = 1024;

export interface WrittenDdl {
  readonly text: string;
  readonly notes: readonly SchemaNote[];
  readonly placed: Placed;
  readonly order: LoadOrder;
  readonly room: KeyRoom;
}

/** The script that makes the tables: one transaction, run by sqlcmd. */
export function writeDdl(schema: DatabaseSchema): WrittenDdl {
  const placed = placeInSchemas(schema);
  const room = keyRoom(placed, INDEX_BYTES);
  const { own } = schema;
  const notes: SchemaNote[] = [...schema.notes, ...placed.notes];
  const order = fittedOrder(orderTables(placed), { own, notes, room });
  for (const table of placed.tables) notes.push(...tableNotes(table, own));
  const referenced = new Set(
    [...order.before, ...order.after].map(({ other, key }) => keyOf(other, key.references.columns)),
  );
  const isReferenced = (table: PlacedTable, names: readonly string[]): boolean => referenced.has(keyOf(table, names));
  const context = { own, notes, room, isReferenced };
  const tables = placed.tables.flatMap((table) => tableStatements(table, { placed, context }));
  const keys = order.before.map((link) => foreignKey(link, placed));
  const later = order.after.map(({ table, key }) =>
    commentLine(`${table.schema.name}: the foreign key ${key.name} is added by load.sql, when all rows are there.`),
  );
  const head = scriptHead({
    does: `Makes the tables of this package in SQL Server; from ${schema.source}.`,
    run: [...runWith('ddl.sql'), 'load.cmd (Windows) or sh load.sh (Linux, macOS) loads the rows'],
    notes,
  });
  const lines = [
    ...[...head, ...sessionLines, 'BEGIN TRANSACTION;', ...makeSchemas(placed)],
    ...[...tables, ...keys, ...later, 'COMMIT TRANSACTION;'],
    ...schema.views.flatMap(({ namespace, name, text }) => [
      '',
      commentLine(`The view ${namespace}.${name} of the source is not made here. It was:`),
      ...commentLines(text),
    ]),
  ];
  return { text: `${lines.join('\n')}\n`, notes, placed, order, room };
}

const keyOf = ({ schema }: PlacedTable, names: readonly string[]): string =>
  JSON.stringify([...schema.table, ...[...names].sort()]);

function tableNotes(table: PlacedTable, own: boolean): readonly SchemaNote[] {
  const { name } = table.schema;
  const wide = table.columns.length > MAX_COLUMNS ? [{ table: name, text: WIDE }] : [];
  if (own) return [...wide, ...typeNotes(table, ownTypeReason)];
  return [...wide, ...typeNotes(table, typeReason), ...typeNotes(table, collationReason)];
}

const WIDE = 'It has more than the 1,024 columns that a table takes: ddl.sql ends there. Leave columns out.';

/** A statement that makes a schema stands alone in its batch. */
function makeSchemas({ tables }: Placed): readonly string[] {
  return [...new Set(tables.map(({ namespace }) => namespace ?? USUAL_SCHEMA))]
    .filter((name) => name !== USUAL_SCHEMA)
    .flatMap((name) => [
      `SET @schema = ${lineLiteral(name)};`,
      `SET @run = ${lineLiteral(`CREATE SCHEMA ${quoteName(name)}`)};`,
      'IF SCHEMA_ID(@schema) IS NULL EXEC (@run);',
    ]);
}

const keyLeftOut = (names: readonly string[]): string =>
  `The primary key (${names.join(', ')}) is left out: no index takes its type.`;

interface Writing {
  readonly placed: Placed;
  readonly context: IndexContext;
}

function tableStatements(table: PlacedTable, { placed, context }: Writing): readonly string[] {
  const { own, notes, room } = context;
  const { primaryKey, checks } = table.schema;
  const pool = placed.poolOf(table.namespace);
  const lines = table.columns.map((column) =>
    columnLine(column, { table, notes, types: { own, keyBytes: room(table, column.name) } }),
  );
  const keys = table.columns.filter(({ name }) => primaryKey.includes(name));
  const keyBytes = indexBytes(table, keys, { own, room });
  if (primaryKey.length > 0 && (keyBytes !== null || own)) {
    const name = quoteName(pool.claim(`PK_${table.as}`));
    const columns = quoteList(placed.columnsAs(table, primaryKey));
    const isWide = (keyBytes ?? 0) > CLUSTERED_BYTES;
    lines.push(`CONSTRAINT ${name} PRIMARY KEY${isWide ? ' NONCLUSTERED' : ''} (${columns})`);
  } else if (primaryKey.length > 0) {
    notes.push({ table: table.schema.name, text: keyLeftOut(primaryKey) });
  }
  for (const { name, clause } of checks) {
    lines.push(name === null ? clause : `CONSTRAINT ${quoteName(pool.claim(name))} ${clause}`);
  }
  const made = lines.map((line, at) => `  ${line}${at < lines.length - 1 ? ',' : ''}`);
  return [
    ...['', statement([`CREATE TABLE ${quoteTable(table)} (`, ...made, ');'])],
    ...commentStatements(table, notes),
    ...indexStatements(table, context),
  ];
}
