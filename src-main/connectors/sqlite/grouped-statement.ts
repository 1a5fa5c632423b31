import { randomBytes } from 'node:crypto';
import type { KeyRange, TableRead } from '../../../src-shared/model/table-read.ts';
import { keyCondition, quoteName } from './dialect.ts';
import { groupedColumn, SEPARATOR, type GroupedColumn, type Marks } from './grouped-columns.ts';
import type { OpenDatabase } from './open-database.ts';
import { COLUMNS_SQL } from './catalog.sql.ts';
import { rowidName, type RowidName } from './rowid.ts';
import { guardedColumn } from './select-column.ts';

/** The library nests one level for each value of a row, and a row is written into one text again and again as it grows. */
const COLUMNS_AT_MOST = 200;
const KEY = 'k';
const MARK_BYTES = 9;

/**
 * Statements that read a table in groups of rows in the order of its rowid. All take the rowid with which the group begins,
 * then the number of rows at most.
 */
export interface GroupedStatements {
  /** One row: number of rows, last rowid, whether a text is not exact (1), and the values as one BLOB, each with a separator behind it. */
  readonly text: string;
  /** A row of the columns that may hold REALs for each row; null: there are none. */
  readonly reals: string | null;
  /** The rows as they are read one by one, and the rowid behind the last column: what {@link LongCells} takes. */
  readonly rows: string;
  readonly columns: readonly GroupedColumn[];
  readonly marks: Marks;
}

/**
 * null: the read is no plain scan of a table with a rowid, or a column has values that are read one by one. A condition is
 * left to one statement: in each of several it may mean other rows (`random()`, the time of day), and an index may serve it.
 */
export function groupedStatements(db: OpenDatabase, read: TableRead): GroupedStatements | null {
  const { source, columns } = read;
  if (source.kind !== 'table' || read.where !== null || read.limit !== null || db.encoding !== 'UTF-8') return null;
  const key = rowidName(db, source.table.name);
  const grouped = columns.map(groupedColumn);
  if (key === null || columns.length > COLUMNS_AT_MOST || !isByRowid(read, key)) return null;
  if (computesColumns(db, source.table.name)) return null;
  const range = read.range === undefined ? null : rowidRange(read.range, key);
  if (range === undefined) return null;
  if (!grouped.every((column) => column !== null)) return null;
  const marks = drawMarks();
  const names = columns.map((_, index) => `c${index}`);
  const tail = [
    // An index would give the rows in an order of its own.
    `from ${quoteName(source.table.namespace)}.${quoteName(source.table.name)} not indexed`,
    `where ${quoteName(key.name)} >= ?${range === null ? '' : ` and ${range}`} order by ${quoteName(key.name)} limit ?`,
  ].join('\n');
  const inner = `select ${quoteName(key.name)} as ${KEY}, ${columns.map(({ name }, i) => `${quoteName(name)} as ${names[i]}`).join(', ')}\n${tail}`;
  // Not around the other: what a subquery hands out has been put together, however long it is.
  const entries = columns.map(({ name, type }) => guardedColumn(quoteName(name), type.kind));
  return {
    ...{ text: textStatement(grouped, { names, marks, inner }), columns: grouped, marks },
    reals: realsStatement(grouped, names, inner),
    rows: `select ${entries.join(', ')}, ${quoteName(key.name)}\n${tail}`,
  };
}

interface TextParts {
  readonly names: readonly string[];
  readonly marks: Marks;
  readonly inner: string;
}

function textStatement(columns: readonly GroupedColumn[], { names, marks, inner }: TextParts): string {
  const values = columns.map(({ expression }, i) => expression(names[i] ?? '', marks));
  // Leaves NULLs out, and there are none; the empty text puts a separator behind the last value. Holds NUL characters.
  const row = `concat_ws('${String.fromCodePoint(SEPARATOR)}', ${values.join(', ')}, '')`;
  const refusals = columns.flatMap(({ refuses }, i) => (refuses === null ? [] : [refuses(names[i] ?? '')]));
  // As a condition it ends at the first that is true; as a value, all of them would be computed.
  const refused = refusals.length === 0 ? '0' : `max(case when ${refusals.join(' or ')} then 1 else 0 end)`;
  return `select count(*), max(${KEY}), ${refused}, cast(group_concat(${row}, '') as blob) from (\n${inner}\n)`;
}

function realsStatement(columns: readonly GroupedColumn[], names: readonly string[], inner: string): string | null {
  const reals = names.filter((_, i) => columns[i]?.mayHoldReal === true);
  return reals.length === 0 ? null : `select ${reals.join(', ')} from (\n${inner}\n)`;
}

/** A generated column is computed when it is read. */
function computesColumns(db: OpenDatabase, table: string): boolean {
  return db.ask(COLUMNS_SQL, [table]).some(([, , , , hidden]) => hidden !== 0n);
}

/** The order of a scan, or that of the column which is the rowid. */
function isByRowid({ orderBy }: TableRead, { alias }: RowidName): boolean {
  const [first, ...more] = orderBy;
  return first === undefined || (more.length === 0 && first.column === alias && !first.descending);
}

/** The condition of a range of the rowid; null: it has no bounds; undefined: it is one of another key. */
function rowidRange(range: KeyRange, { alias }: RowidName): string | null | undefined {
  return range.key.length === 1 && range.key[0]?.name === alias ? keyCondition(range) : undefined;
}

function drawMarks(): Marks {
  const secret = randomBytes(MARK_BYTES).toString('hex');
  return { ofNull: `\u0002${secret}n`, ofReal: `\u0002${secret}r` };
}
