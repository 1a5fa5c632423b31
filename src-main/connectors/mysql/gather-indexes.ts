import type { IndexDefinition } from '../../../src-shared/model/catalog-definition.ts';
import type { TextRow } from './text-rows.ts';

export interface TableIndexes {
  readonly simple: readonly IndexDefinition[];
  /** Those over expressions, in words. */
  readonly others: readonly string[];
}

/** The indexes of each table, of rows of information_schema.statistics; a table is the JSON of its two names. */
export function gatherIndexes(rows: readonly TextRow[]): ReadonlyMap<string, TableIndexes> {
  const tables = Map.groupBy(rows, (row) => JSON.stringify([row[0], row[1]]));
  return new Map([...tables].map(([place, own]) => [place, indexesOf(own)]));
}

function indexesOf(rows: readonly TextRow[]): TableIndexes {
  const indexes = [...Map.groupBy(rows, (row) => row[2] ?? '')];
  const simple = indexes.flatMap(([name, columns]) => (columns.every(hasColumn) ? [indexOf(name, columns)] : []));
  const others = indexes.flatMap(([name, columns]) =>
    columns.every(hasColumn) ? [] : [`index ${name} over an expression`],
  );
  return { simple, others };
}

const hasColumn = (row: TextRow): boolean => typeof row[4] === 'string';

function indexOf(name: string, rows: readonly TextRow[]): IndexDefinition {
  const [first] = rows;
  const method = (first?.[6] ?? '').toLowerCase();
  return {
    name,
    columns: rows.map(([, , , , column, prefix, , collation]) => ({
      name: column ?? '',
      descending: collation === 'D',
      // Of a shape the server counts bytes of its key, which nobody chooses.
      ...(typeof prefix === 'string' && method !== 'spatial' ? { prefix: Number(prefix) } : {}),
    })),
    unique: first?.[3] === '0',
    method,
  };
}
