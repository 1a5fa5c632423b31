import type { IndexDefinition } from '../../../src-shared/model/catalog-definition.ts';
import type { TextRow } from './text-row.ts';

export interface TableIndexes {
  readonly simple: readonly IndexDefinition[];
  /** Those that only this product has, or parts of them, in words. */
  readonly others: readonly string[];
}

const ORDINARY = new Set(['1', '2', '7']);

/** The indexes of each table, of rows with one column of an index each; a table is the JSON of its two names. */
export function gatherIndexes(rows: readonly TextRow[]): ReadonlyMap<string, TableIndexes> {
  const tables = Map.groupBy(rows, (row) => JSON.stringify([row[0], row[1]]));
  return new Map(
    [...tables].map(([place, own]) => {
      const found = [...Map.groupBy(own, (row) => row[2] ?? '')].map(([name, columns]) => indexOf(name, columns));
      return [
        place,
        { simple: found.flatMap(({ simple }) => simple ?? []), others: found.flatMap(({ others }) => others) },
      ];
    }),
  );
}

function indexOf(
  name: string,
  rows: readonly TextRow[],
): { readonly simple: IndexDefinition | null; readonly others: readonly string[] } {
  const [, , , unique, type, kind, filter, , , , disabled] = rows[0] ?? [];
  const keys = rows.filter((row) => row[9] !== '1');
  const namesOf = (columns: readonly TextRow[]): string => columns.map((row) => row[7] ?? '').join(', ');
  const names = namesOf(keys);
  const what = unique === '1' ? 'unique index' : 'index';
  if (!ORDINARY.has(type ?? ''))
    return { simple: null, others: [`${(kind ?? '').toLowerCase()} index ${name} (${namesOf(rows)})`] };
  if (typeof filter === 'string') return { simple: null, others: [`${what} ${name} (${names}) where ${filter}`] };
  if (disabled === '1') return { simple: null, others: [`${what} ${name} (${names}), which is disabled`] };
  const included = rows.filter((row) => row[9] === '1').map((row) => row[7] ?? '');
  return {
    simple: {
      ...{ name, unique: unique === '1', method: 'btree' },
      columns: keys.map((row) => ({ name: row[7] ?? '', descending: row[8] === '1' })),
    },
    others: included.length === 0 ? [] : [`columns that the index ${name} includes: ${included.join(', ')}`],
  };
}
