import type { SchemaNote } from '../../../src-shared/model/table-schema.ts';
import { isCommonDefault } from '../kit/migrate/kept-default.ts';
import type { PlacedColumn, PlacedTable } from '../kit/migrate/place-tables.ts';
import { literal, quoteName } from './dialect.ts';
import { targetType } from './target-type.ts';

interface Context {
  readonly table: PlacedTable;
  readonly own: boolean;
  readonly notes: SchemaNote[];
}

/** A column inside CREATE TABLE; what of it cannot be said goes to the notes. */
export function columnLine(column: PlacedColumn, { table, own, notes }: Context): string {
  const { definition } = column;
  const note = (text: string): void => void notes.push({ table: table.schema.name, text });
  const words = [quoteName(column.as), targetType(column, own)];
  if (own && definition.collation !== undefined) {
    if (definition.collation.startsWith('COLLATE "pg_catalog"')) words.push(definition.collation);
    else note(`${column.as} is compared as the database does: ${definition.collation} is not made here.`);
  }
  if (!own && definition.own !== undefined) note(`${column.as}: ${definition.own} is left out.`);
  words.push(...valueWords(column, { own, note }));
  if (!column.nullable) words.push('NOT NULL');
  return words.join(' ');
}

function valueWords(
  { as, type, definition }: PlacedColumn,
  { own, note }: { readonly own: boolean; readonly note: (text: string) => void },
): readonly string[] {
  const { default: value, identity, generated } = definition;
  if (generated !== undefined) {
    if (own) return [`GENERATED ALWAYS AS (${generated.expression}) ${generated.stored ? 'STORED' : 'VIRTUAL'}`];
    note(`${as} is an ordinary column, not a generated one. It was: ${generated.expression}`);
    return [];
  }
  if (identity !== undefined) {
    // No sequence counts beyond 64 bits.
    const counts = type.kind === 'int' && (type.signed || type.bits < 64);
    if (counts) return [`GENERATED ${identity.always ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY`];
    note(`${as} no longer numbers its rows: no sequence counts so far.`);
    return [];
  }
  if (value === undefined) return [];
  if (!own && !isCommonDefault(value, type)) {
    note(`The default of ${as} is left out${value.kind === 'literal' ? `: ${value.text}` : ''}.`);
    return [];
  }
  switch (value.kind) {
    case 'now':
      return ['DEFAULT CURRENT_TIMESTAMP'];
    case 'today':
      return ['DEFAULT CURRENT_DATE'];
    case 'uuid':
      return ['DEFAULT gen_random_uuid()'];
    case 'literal':
      return [`DEFAULT ${literal(value.text)}`];
    case 'other':
      return [];
  }
}

/** Whether the server computes the column by itself, so that nobody can give it a value. */
export const isComputed = ({ definition }: PlacedColumn, own: boolean): boolean =>
  own && definition.generated !== undefined;

/** Whether the server numbers the column. */
export const isNumbered = ({ definition, type }: PlacedColumn): boolean =>
  definition.generated === undefined &&
  definition.identity !== undefined &&
  type.kind === 'int' &&
  (type.signed || type.bits < 64);
