import type { IndexDefinition } from '../../../src-shared/model/catalog-definition.ts';
import { INDEXES_SQL } from './definitions.sql.ts';
import type { OpenDatabase } from './open-database.ts';

export interface TableIndexes {
  readonly simple: readonly IndexDefinition[];
  /** Partial ones, those over expressions, and what of the others is not said elsewhere, in words. */
  readonly others: readonly string[];
}

interface IndexColumn {
  readonly index: string;
  readonly unique: boolean;
  readonly origin: string;
  readonly partial: boolean;
  /** null: an expression. */
  readonly name: string | null;
  readonly descending: boolean;
  readonly collation: string;
}

const EXPRESSION = -2n;

/** The indexes of a table but that of its primary key. `rowid`: the name that its rowid has as a column; null: it has none. */
export function gatherIndexes(db: OpenDatabase, table: string, rowid: string | null): TableIndexes {
  const rows = db
    .ask(INDEXES_SQL, [table])
    .map(([index, unique, origin, partial, cid, name, descending, collation]): IndexColumn => ({
      ...{ index: String(index), unique: unique === 1n, origin: String(origin), partial: partial === 1n },
      ...{ descending: descending === 1n, collation: String(collation) },
      name: cid === EXPRESSION ? null : typeof name === 'string' ? name : rowid,
    }));
  const indexes = [
    ...Map.groupBy(
      rows.filter(({ origin }) => origin !== 'pk'),
      ({ index }) => index,
    ),
  ];
  return {
    simple: indexes.flatMap(([name, columns]) => (isSimple(columns) ? [indexOf(table, name, columns)] : [])),
    others: indexes.flatMap(([name, columns]) => wordsOf(name, columns)),
  };
}

const isSimple = (columns: readonly IndexColumn[]): boolean =>
  columns.every(({ name, partial }) => name !== null && !partial);

/** A key that the statement of the table asks for has no name of its own. */
function indexOf(table: string, name: string, columns: readonly IndexColumn[]): IndexDefinition {
  const names = columns.map((column) => column.name ?? '');
  return {
    name: columns[0]?.origin === 'u' ? `${table}_${names.join('_')}_key` : name,
    columns: columns.map((column) => ({ name: column.name ?? '', descending: column.descending })),
    unique: columns[0]?.unique === true,
    method: 'btree',
  };
}

function wordsOf(name: string, columns: readonly IndexColumn[]): readonly string[] {
  const what = `${columns[0]?.unique === true ? 'unique ' : ''}index ${name}`;
  if (columns.some((column) => column.partial)) return [`partial ${what}`];
  if (columns.some((column) => column.name === null)) return [`${what} over an expression`];
  const collations = new Set(
    columns.map(({ collation }) => collation).filter((each) => each.toUpperCase() !== 'BINARY'),
  );
  return [...collations].map((each) => `the comparison ${each} of the ${what}`);
}
