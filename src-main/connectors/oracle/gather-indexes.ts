import type { IndexDefinition } from '../../../src-shared/model/catalog-definition.ts';
import type { TextRow } from './text-row.ts';

export interface TableIndexes {
  readonly simple: readonly IndexDefinition[];
  /** Those that only this product has, in words. */
  readonly others: readonly string[];
}

type Found = { readonly simple: IndexDefinition } | { readonly other: string };

/** The indexes of each table, of rows with one column of an index each; a table is the JSON of its two names. */
export function gatherIndexes(rows: readonly TextRow[]): ReadonlyMap<string, TableIndexes> {
  const tables = Map.groupBy(rows, ([owner, table]) => JSON.stringify([owner, table]));
  return new Map(
    [...tables].map(([place, own]) => {
      const found = [...Map.groupBy(own, ([, , name]) => name ?? '')].map(([name, columns]) => indexOf(name, columns));
      return [
        place,
        {
          simple: found.flatMap((each) => ('simple' in each ? [each.simple] : [])),
          others: found.flatMap((each) => ('other' in each ? [each.other] : [])),
        },
      ];
    }),
  );
}

function indexOf(name: string, rows: readonly TextRow[]): Found {
  const [, , , unique, type] = rows[0] ?? [];
  const parts = rows.map(([, , , , , column, , expression]) => columnOf(column ?? null, expression ?? null));
  const isOrdinary = /^(?:FUNCTION-BASED )?NORMAL(?:\/REV)?$/.test(type ?? '');
  const columns = parts.flatMap((part, at) =>
    part.column === null ? [] : [{ name: part.column, descending: rows[at]?.[6] === 'DESC' }],
  );
  if (isOrdinary && columns.length === parts.length) {
    return { simple: { name, columns, unique: unique === '1', method: 'btree' } };
  }
  const kind = isOrdinary ? '' : `${(type ?? '').toLowerCase()} `;
  const what = `${unique === '1' ? 'unique ' : ''}${kind}index`;
  return { other: `${what} ${name} (${parts.map(({ text }) => text).join(', ')})` };
}

/** A descending column is an expression that is no more than its name. */
function columnOf(
  column: string | null,
  expression: string | null,
): { readonly column: string | null; readonly text: string } {
  if (expression === null) return { column, text: column ?? '' };
  const plain = /^"([^"]*)"$/.exec(expression.trim())?.[1];
  return { column: plain ?? null, text: plain ?? expression };
}
