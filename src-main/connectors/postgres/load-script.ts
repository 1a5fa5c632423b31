import type { DatabaseSchema } from '../../../src-shared/model/table-schema.ts';
import { commentLine, scriptHead } from '../kit/migrate/script-comments.ts';
import type { PlacedTable } from '../kit/migrate/place-tables.ts';
import { isComputed, isNumbered } from './column-line.ts';
import { foreignKey, sessionLines, type WrittenDdl } from './ddl-writer.ts';
import { literal, quoteName } from './dialect.ts';
import { quoteList, quoteTable } from './migrate-names.ts';
import { targetType } from './target-type.ts';

const STAGE = 'waybill_load';

/** The script that loads the rows with `\copy`: one transaction, all or nothing. */
export function writeLoadScript(schema: DatabaseSchema, { placed, order }: WrittenDdl): string {
  const lines = [
    ...scriptHead({
      does: 'Loads the rows of this package into the tables that ddl.sql has made: all of them or none.',
      run: ['psql -X -d DATABASE -f load.sql'],
      notes: [],
    }),
    ...sessionLines,
    'SET datestyle = ISO;',
    'SET intervalstyle = iso_8601;',
    "SET timezone = 'UTC';",
    'SET xmloption = content;',
    ...Object.entries(schema.settings).map(([name, value]) => `SET ${name} = ${literal(value)};`),
    'BEGIN;',
    ...order.tables.flatMap((table) => loadTable(table, schema.own)),
    ...(order.after.length === 0 ? [] : ['', commentLine('Foreign keys in circles, now that all rows are there.')]),
    ...order.after.map((link) => `${foreignKey(link, placed)};`),
    ...sequenceLines(placed.tables),
    'COMMIT;',
  ];
  return `${lines.join('\n')}\n`;
}

function loadTable(table: PlacedTable, own: boolean): readonly string[] {
  const computed = table.columns.some((column) => isComputed(column, own));
  // psql ends the command at the end of the line, whatever is quoted.
  const isOneLine = ![table.namespace ?? '', table.as, ...table.columns.map(({ as }) => as)].some((name) =>
    /[\r\n]/.test(name),
  );
  if (!computed && isOneLine) {
    return copies(`${quoteTable(table)} (${quoteList(table.columns.map(({ as }) => as))})`, table);
  }
  const stage = table.columns.map((column, at) => `c${at} ${targetType(column, own)}`);
  const given = table.columns.flatMap((column, at) => (isComputed(column, own) ? [] : [{ column, from: `c${at}` }]));
  const into = quoteList(given.map(({ column }) => column.as));
  return [
    `CREATE TEMPORARY TABLE ${STAGE} (${stage.join(', ')});`,
    ...copies(STAGE, table),
    `INSERT INTO ${quoteTable(table)} (${into})${table.columns.some(isNumbered) ? ' OVERRIDING SYSTEM VALUE' : ''}`,
    `  SELECT ${given.map(({ from }) => from).join(', ')} FROM ${STAGE};`,
    `DROP TABLE ${STAGE};`,
  ];
}

const copies = (into: string, { schema }: PlacedTable): readonly string[] =>
  schema.paths.map((path) => `\\copy ${into} FROM '${path}' WITH (FORMAT csv, HEADER true, NULL '', ENCODING 'UTF8')`);

/** Each sequence goes on behind the greatest number that was loaded. */
function sequenceLines(tables: readonly PlacedTable[]): readonly string[] {
  return tables.flatMap((table) =>
    table.columns.filter(isNumbered).flatMap(({ as }) => {
      const sequence = `pg_get_serial_sequence(${literal(quoteTable(table))}, ${literal(as)})`;
      const values = `greatest(max(${quoteName(as)}), 1), coalesce(max(${quoteName(as)}) >= 1, false)`;
      return [`SELECT setval(${sequence}, ${values}) FROM ${quoteTable(table)} \\gset waybill_`];
    }),
  );
}
