import type { SchemaNote } from '../../../src-shared/model/table-schema.ts';
import { isCommonDefault } from '../kit/migrate/kept-default.ts';
import type { PlacedColumn, PlacedTable } from '../kit/migrate/place-tables.ts';
import { literal, quoteName } from './dialect.ts';
import { targetType, type TypeContext } from './target-type.ts';

interface Context {
  readonly table: PlacedTable;
  readonly types: TypeContext;
  readonly notes: SchemaNote[];
}

/** A column inside CREATE TABLE; what of it cannot be said goes to the notes. */
export function columnLine(column: PlacedColumn, { table, types, notes }: Context): string {
  const { definition } = column;
  const { own } = types;
  const note = (text: string): void => void notes.push({ table: table.schema.name, text });
  const type = targetType(column, types);
  const words = [quoteName(column.as), type];
  if (own && column.native !== null && definition.collation !== undefined) words.push(definition.collation);
  const isShort = types.keyBytes !== null && type.startsWith('VAR') && limitOf(column) > lengthOf(type);
  if (isShort)
    note(`${column.as} is part of a key and holds at most ${lengthOf(type)}: a longer value stops the load.`);
  if (definition.generated !== undefined && isComputed(column, own)) {
    words.push(`GENERATED ALWAYS AS (${definition.generated.expression})`);
    words.push(definition.generated.stored ? 'STORED' : 'VIRTUAL');
  } else {
    words.push(column.nullable ? 'NULL' : 'NOT NULL', ...valueWords(column, { own, note }));
  }
  words.push(...ownWords(column, { own, note, words }));
  if (definition.comment !== undefined)
    words.splice(commentPlace(words, definition.own), 0, `COMMENT ${literal(definition.comment)}`);
  return words.join(' ');
}

/** What a column says that `SELECT *` leaves out. */
export const HIDDEN = 'INVISIBLE';

/** What only this product says of a column. A hidden one has to have a value where nobody gives it one. */
function ownWords(
  { as, definition, nullable }: PlacedColumn,
  {
    own,
    note,
    words,
  }: { readonly own: boolean; readonly note: (text: string) => void; readonly words: readonly string[] },
): readonly string[] {
  if (definition.own === undefined) return [];
  if (!own || definition.generated !== undefined) {
    note(`${as}: ${definition.own} is left out.`);
    return [];
  }
  const hasValue = nullable || words.some((word) => /^(?:DEFAULT|AUTO_INCREMENT)\b/.test(word));
  const all = definition.own.split(/(?<=^INVISIBLE) /);
  if (hasValue || all[0] !== HIDDEN) return all;
  note(`${as} is no longer hidden: it has no value of its own here.`);
  return all.slice(1);
}

/** A check comes behind everything else. */
const commentPlace = (words: readonly string[], own: string | undefined): number =>
  own !== undefined && /^CHECK\b/.test(words.at(-1) ?? '') ? words.length - 1 : words.length;

const lengthOf = (type: string): number => Number(/\((\d+)\)$/.exec(type)?.[1] ?? 0);

function limitOf({ type }: PlacedColumn): number {
  if (type.kind === 'text') return type.maxCharacters ?? Infinity;
  return type.kind === 'bytes' ? (type.maxBytes ?? Infinity) : 0;
}

function valueWords(
  { as, type, definition }: PlacedColumn,
  { own, note }: { readonly own: boolean; readonly note: (text: string) => void },
): readonly string[] {
  const { default: value, identity, generated } = definition;
  if (generated !== undefined)
    note(`${as} is an ordinary column, not a generated one. It was: ${generated.expression}`);
  if (identity !== undefined) return ['AUTO_INCREMENT'];
  if (value === undefined) return [];
  const fits = own ? !isLongText(type) : isCommonDefault(value, type) && !isLongText(type);
  if (!fits) {
    note(`The default of ${as} is left out${value.kind === 'literal' ? `: ${value.text}` : ''}.`);
    return [];
  }
  const digits = type.kind === 'timestamp' ? `(${Math.min(type.digits, 6)})` : '';
  switch (value.kind) {
    case 'now':
      return [`DEFAULT CURRENT_TIMESTAMP${digits}`];
    case 'today':
      return ['DEFAULT (CURRENT_DATE)'];
    case 'uuid':
      return ['DEFAULT (UUID())'];
    case 'literal':
      return [`DEFAULT ${type.kind === 'boolean' ? booleanText(value.text) : literal(value.text)}`];
    case 'other':
      return [];
  }
}

/** Some servers give such columns no default. */
const isLongText = (type: PlacedColumn['type']): boolean => type.kind === 'text' && type.maxCharacters === null;

const booleanText = (text: string): string => (/^(?:t|true|1)$/.test(text) ? '1' : '0');

/** Whether the server computes the column by itself, so that nobody can give it a value. */
export const isComputed = ({ definition }: PlacedColumn, own: boolean): boolean =>
  own && definition.generated !== undefined && !OF_VERSIONS.test(definition.generated.expression);

/** Columns of a versioned table, which this one is not any more. */
const OF_VERSIONS = /^row (?:start|end)$/i;
