import type { SchemaNote } from '../../../src-shared/model/table-schema.ts';
import { isCommonDefault } from '../kit/migrate/kept-default.ts';
import type { PlacedColumn, PlacedTable } from '../kit/migrate/place-tables.ts';
import { quoteName } from './dialect.ts';
import { lineLiteral } from './script-text.ts';
import { targetType, type TypeContext } from './target-type.ts';

interface Context {
  readonly table: PlacedTable;
  readonly types: TypeContext;
  readonly notes: SchemaNote[];
}

/** Tells texts apart by their code units, as most products do; blanks at the end still count for nothing. */
export const EXACT_COLLATION = 'Latin1_General_100_BIN2';
const TEXT_TYPE = /^(?:n?(?:var)?char\(|n?text$)/;

/** A column inside CREATE TABLE; what of it cannot be said goes to the notes. */
export function columnLine(column: PlacedColumn, { table, types, notes }: Context): string {
  const { definition } = column;
  const { own } = types;
  const note = (text: string): void => void notes.push({ table: table.schema.name, text });
  if (isComputed(column, own)) {
    const kept = definition.generated?.stored === true ? ' PERSISTED' : '';
    return `${quoteName(column.as)} AS ${definition.generated?.expression ?? ''}${kept}`;
  }
  const type = targetType(column, types);
  const words = [quoteName(column.as), type];
  if (TEXT_TYPE.test(type)) words.push(own && column.native !== null ? (definition.collation ?? '') : collate());
  if (types.keyBytes !== null && /^(?:nvarchar|varbinary)\(\d/.test(type) && limitOf(column) > lengthOf(type)) {
    note(`${column.as} is part of a key and holds at most ${lengthOf(type)}: a longer value stops the load.`);
  }
  if (definition.own !== undefined) {
    if (own) words.push(definition.own);
    else note(`${column.as}: ${definition.own} is left out.`);
  }
  const isKey = table.schema.primaryKey.includes(column.name);
  words.push(...valueWords(column, { table, types, note }), column.nullable && !isKey ? 'NULL' : 'NOT NULL');
  return words.filter((word) => word !== '').join(' ');
}

const collate = (): string => `COLLATE ${EXACT_COLLATION}`;

const lengthOf = (type: string): number => Number(/\((\d+)\)$/.exec(type)?.[1] ?? 0);

function limitOf({ type }: PlacedColumn): number {
  if (type.kind === 'text') return 2 * (type.maxCharacters ?? Infinity);
  return type.kind === 'bytes' ? (type.maxBytes ?? Infinity) : 0;
}

interface ValueContext {
  readonly table: PlacedTable;
  readonly types: TypeContext;
  readonly note: (text: string) => void;
}

function valueWords(column: PlacedColumn, { table, types, note }: ValueContext): readonly string[] {
  const { as, type, definition } = column;
  const { default: value, identity, generated } = definition;
  if (generated !== undefined)
    note(`${as} is an ordinary column, not a generated one. It was: ${generated.expression}`);
  if (identity !== undefined) {
    if (isNumbered(column, table)) return ['IDENTITY(1,1)'];
    note(`${as} no longer numbers its rows: a table numbers one column, of whole numbers and without NULL.`);
    return [];
  }
  if (value === undefined) return [];
  if (!types.own && !isCommonDefault(value, type)) {
    note(`The default of ${as} is left out${value.kind === 'literal' ? `: ${value.text}` : ''}.`);
    return [];
  }
  switch (value.kind) {
    case 'now':
      return [`DEFAULT ${type.kind === 'timestamp' && type.zone !== 'none' ? 'SYSDATETIMEOFFSET()' : 'SYSDATETIME()'}`];
    case 'today':
      return ['DEFAULT CONVERT(date, SYSDATETIME())'];
    case 'uuid':
      return [`DEFAULT ${targetType(column, types) === 'uniqueidentifier' ? 'NEWID()' : 'LOWER(NEWID())'}`];
    case 'literal':
      return [`DEFAULT ${constantOf(value.text, type)}`];
    case 'other':
      return [];
  }
}

function constantOf(text: string, type: PlacedColumn['type']): string {
  if (type.kind === 'boolean') return /^(?:t|true|1)$/.test(text) ? '1' : '0';
  const isNumber = type.kind === 'int' || type.kind === 'decimal' || type.kind === 'float';
  if (isNumber && /^-?\d+(?:\.\d+)?$/.test(text)) return text;
  // In this form a day is read alike in every language.
  const day = type.kind === 'timestamp' ? text.replace(' ', 'T') : text;
  return `(${lineLiteral(day)})`;
}

/** Whether the server computes the column by itself, so that nobody can give it a value. */
export const isComputed = ({ definition }: PlacedColumn, own: boolean): boolean =>
  own && definition.generated !== undefined;

/** Whether the server numbers the column: the first one that asks for it. */
export function isNumbered({ name, type, nullable }: PlacedColumn, { columns }: PlacedTable): boolean {
  const first = columns.find(({ definition }) => definition.identity !== undefined);
  const isWhole =
    type.kind === 'int' || (type.kind === 'decimal' && type.precision !== null && (type.scale ?? 0) === 0);
  return first?.name === name && isWhole && !nullable;
}
