import type { DatabaseSchema } from '../../../src-shared/model/table-schema.ts';
import { commentLine, scriptHead } from '../kit/migrate/script-comments.ts';
import type { PlacedColumn, PlacedTable } from '../kit/migrate/place-tables.ts';
import { isComputed } from './column-line.ts';
import { foreignKey, sessionLines, type WrittenDdl } from './ddl-writer.ts';
import { literal, quoteName } from './dialect.ts';

/** Greatest value of a FLOAT: its shortest text is a little more, which is remarked on. */
const FLOAT_MAX = '3.4028234663852886e38';
const GREATEST_FLOAT = ['3.4028235e38', '3.4028235e+38'];

/** The script that loads the rows with LOAD DATA LOCAL: one transaction, all or nothing. */
export function writeLoadScript(schema: DatabaseSchema, { placed, order, constraints }: WrittenDdl): string {
  const lines = [
    ...scriptHead({
      does: 'Loads the rows of this package into the tables that ddl.sql has made: all of them or none.',
      run: ['mysql --local-infile=1 DATABASE < load.sql'],
      notes: [],
    }),
    commentLine('LOAD DATA LOCAL turns errors into warnings. After each file a warning ends the script'),
    commentLine('("Subquery returns more than 1 row"), and nothing stays loaded.'),
    ...sessionLines,
    'START TRANSACTION;',
    ...order.tables.flatMap((table) => loadTable(table, schema.own)),
    'COMMIT;',
    ...(order.after.length === 0 ? [] : ['', commentLine('Foreign keys in circles, now that all rows are there.')]),
    ...order.after.map((link) => `${foreignKey(link, placed, constraints)};`),
  ];
  return `${lines.join('\n')}\n`;
}

function loadTable(table: PlacedTable, own: boolean): readonly string[] {
  return table.schema.paths.flatMap((path) => loadFile(table, literal(path), own));
}

function loadFile(table: PlacedTable, path: string, own: boolean): readonly string[] {
  const fields = table.columns.map((column, at) => fieldOf(column, at, own));
  const set = fields.flatMap(({ set }) => (set === null ? [] : [set]));
  return [
    '',
    `LOAD DATA LOCAL INFILE ${path} INTO TABLE ${quoteName(table.as)} CHARACTER SET utf8mb4`,
    `  FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '"' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n'`,
    `  IGNORE ${headerLines(table)} LINES`,
    `  (${fields.map(({ into }) => into).join(', ')})${set.length === 0 ? ';' : ''}`,
    ...(set.length === 0 ? [] : [`  SET ${set.join(', ')};`]),
    'SHOW WARNINGS LIMIT 10;',
    `SELECT IF(@@warning_count = 0, ${path}, (SELECT 1 UNION SELECT 2)) AS loaded;`,
  ];
}

/** The loader counts lines of the file; a line break in a name makes one more. */
function headerLines({ schema }: PlacedTable): number {
  return schema.columns.reduce((sum, { name }) => sum + name.split('\n').length - 1, 1);
}

interface LoadField {
  /** The column, or a variable. */
  readonly into: string;
  /** What makes the column of the variable. */
  readonly set: string | null;
}

function fieldOf(column: PlacedColumn, at: number, own: boolean): LoadField {
  const variable = `@c${at}`;
  if (isComputed(column, own)) return { into: variable, set: null };
  const expression = expressionOf(column, variable, own);
  if (expression === null) return { into: quoteName(column.as), set: null };
  return { into: variable, set: `${quoteName(column.as)} = ${expression}` };
}

/**
 * Bytes are hex digits; a text that holds digits is no bit and no year, and not always a float. A number of rows that is 0
 * would be given anew where another column is made of a variable and it is not.
 */
function expressionOf({ type, native, definition }: PlacedColumn, variable: string, own: boolean): string | null {
  if (definition.identity !== undefined) return variable;
  if (type.kind === 'bytes') return `UNHEX(${variable})`;
  if (type.kind === 'float' && type.bits === 32) {
    const greatest = GREATEST_FLOAT.map(
      (text) => `WHEN '${text}' THEN ${FLOAT_MAX} WHEN '-${text}' THEN -${FLOAT_MAX}`,
    );
    return `CASE ${variable} ${greatest.join(' ')} ELSE ${variable} END`;
  }
  return own && /^(?:bit|year)\b/i.test(native ?? '') ? `CAST(${variable} AS UNSIGNED)` : null;
}
