import type { DatabaseSchema } from '../../../src-shared/model/table-schema.ts';
import type { PlacedTable } from '../kit/migrate/place-tables.ts';
import { commentLine, scriptHead } from '../kit/migrate/script-comments.ts';
import { EXACT_COLLATION, isComputed, isNumbered } from './column-line.ts';
import type { WrittenDdl } from './ddl-writer.ts';
import { foreignKey } from './foreign-keys.ts';
import { quoteList, quoteTable, STAGE_SCHEMA } from './migrate-names.ts';
import { lineLiteral, sessionLines, statement } from './script-text.ts';
import { stagedValue } from './staged-value.ts';

/** Where the rows of a table of the load order wait, all of them text. */
export const stageOf = (at: number): string => `${STAGE_SCHEMA}.t${at}`;

/** Makes the tables that bcp fills; those that an attempt before has left go first. */
export function writeStageScript({ order }: WrittenDdl): string {
  const lines = [
    ...scriptHead({
      does: 'Makes the tables that bcp fills; load.sql brings their rows on and drops them.',
      run: ['It is run by load.sh and load.cmd'],
      notes: [],
    }),
    ...sessionLines,
    `IF SCHEMA_ID(N'${STAGE_SCHEMA}') IS NULL EXEC (N'CREATE SCHEMA ${STAGE_SCHEMA}');`,
    ...order.tables.flatMap((table, at) => [
      commentLine(table.schema.name),
      `DROP TABLE IF EXISTS ${stageOf(at)};`,
      `CREATE TABLE ${stageOf(at)} (${table.columns.map((_, column) => `c${column} ${STAGED}`).join(', ')});`,
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

const STAGED = `nvarchar(max) COLLATE ${EXACT_COLLATION} NULL`;

/** Brings the rows into the tables that ddl.sql has made: one transaction, all or nothing. */
export function writeLoadScript({ own }: DatabaseSchema, ddl: WrittenDdl): string {
  const { placed, order } = ddl;
  const lines = [
    ...scriptHead({
      does: 'Brings the rows that bcp has read into the tables that ddl.sql has made: all of them or none.',
      run: ['It is run by load.sh and load.cmd'],
      notes: [],
    }),
    ...sessionLines,
    'BEGIN TRANSACTION;',
    ...order.tables.flatMap((table, at) => bringRows(table, { at, own, ddl })),
    ...(order.after.length === 0 ? [] : ['', commentLine('Foreign keys in circles, now that all rows are there.')]),
    ...order.after.map((link) => foreignKey(link, placed)),
    '',
    ...order.tables.map((_, at) => `DROP TABLE ${stageOf(at)};`),
    `DROP SCHEMA ${STAGE_SCHEMA};`,
    'COMMIT TRANSACTION;',
  ];
  return `${lines.join('\n')}\n`;
}

interface Bringing {
  readonly at: number;
  readonly own: boolean;
  readonly ddl: WrittenDdl;
}

function bringRows(table: PlacedTable, { at, own, ddl: { room } }: Bringing): readonly string[] {
  const { rows, name } = table.schema;
  const given = table.columns.flatMap((column, place) => (isComputed(column, own) ? [] : [{ column, place }]));
  const isNumbering = table.columns.some((column) => isNumbered(column, table));
  const numbering = (state: string): readonly string[] =>
    isNumbering ? [`SET IDENTITY_INSERT ${quoteTable(table)} ${state};`] : [];
  const values = given.map(({ column, place }) =>
    stagedValue(column, `c${place}`, { own, keyBytes: room(table, column.name) }),
  );
  const missing = lineLiteral(`${name}: bcp has not read all of its rows. Nothing is loaded.`.replace(/\s/g, ' '));
  return [
    ...['', commentLine(name)],
    ...(rows === undefined
      ? []
      : [`IF (SELECT COUNT_BIG(*) FROM ${stageOf(at)}) <> ${rows} BEGIN; THROW 50000, ${missing}, 1; END;`]),
    statement([
      ...numbering('ON'),
      `INSERT INTO ${quoteTable(table)} (${quoteList(given.map(({ column }) => column.as))})`,
      `  SELECT ${values.join(', ')}`,
      `  FROM ${stageOf(at)};`,
      ...numbering('OFF'),
    ]),
  ];
}
