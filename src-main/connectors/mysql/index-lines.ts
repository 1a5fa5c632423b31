import type { IndexDefinition } from '../../../src-shared/model/catalog-definition.ts';
import type { SchemaNote } from '../../../src-shared/model/table-schema.ts';
import type { KeyRoom } from '../kit/migrate/key-room.ts';
import { NamePool } from '../kit/migrate/name-pool.ts';
import type { Placed, PlacedTable } from '../kit/migrate/place-tables.ts';
import { quoteName } from './dialect.ts';
import { nameRules } from './migrate-names.ts';
import { targetType } from './target-type.ts';

/** How much of a long value an ordinary index looks at. */
const PREFIX = 191;

interface Context {
  readonly own: boolean;
  readonly placed: Placed;
  readonly notes: SchemaNote[];
  readonly room: KeyRoom;
}

/** The indexes of a table inside CREATE TABLE; those that this product has not go to the notes. */
export function indexLines(table: PlacedTable, context: Context): readonly string[] {
  const pool = new NamePool(nameRules);
  const numbered = table.columns.find(({ definition }) => definition.identity !== undefined)?.name;
  const lines = table.schema.indexes.flatMap((index) => indexLine(table, index, { ...context, pool }));
  const leads = [table.schema.primaryKey[0], ...table.schema.indexes.map(({ columns }) => columns[0]?.name)];
  // What numbers rows must lead an index of its own.
  if (numbered !== undefined && !leads.includes(numbered)) {
    const [as = ''] = context.placed.columnsAs(table, [numbered]);
    lines.push(`KEY ${quoteName(pool.claim(as))} (${quoteName(as)})`);
  }
  return lines;
}

function indexLine(
  table: PlacedTable,
  index: IndexDefinition,
  { own, notes, room, pool }: Context & { readonly pool: NamePool },
): readonly string[] {
  const method = kindOf(index.method, own);
  if (method === null) {
    const what = index.unique ? 'unique index' : 'index';
    notes.push({
      table: table.schema.name,
      text: `The ${what} ${index.name} is left out: its method is ${index.method}.`,
    });
    return [];
  }
  const columns = index.columns.flatMap(({ name, descending, prefix }) =>
    table.columns
      .filter((column) => column.name === name)
      .map((column) => {
        const type = targetType(column, { own, inRow: false, keyBytes: room(table, name) });
        const isLong = /^(?:LONGTEXT|LONGBLOB)$/.test(type) && method === 'KEY';
        const length = prefix ?? (isLong && !index.unique ? PREFIX : undefined);
        return `${quoteName(column.as)}${length === undefined ? '' : `(${length})`}${descending ? ' DESC' : ''}`;
      }),
  );
  const unique = index.unique ? 'UNIQUE ' : '';
  return [`${unique}${method} ${quoteName(pool.claim(index.name))} (${columns.join(', ')})`];
}

/** null: not of this product. */
function kindOf(method: string, own: boolean): string | null {
  if (method === 'btree' || method === 'hash') return 'KEY';
  return own && (method === 'fulltext' || method === 'spatial') ? `${method.toUpperCase()} KEY` : null;
}
