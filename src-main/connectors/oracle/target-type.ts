import type { LogicalType } from '../../../src-shared/model/logical-type.ts';
import type { PlacedColumn } from '../kit/migrate/place-tables.ts';
import { isSpecialText } from '../kit/migrate/type-notes.ts';
import { parseNativeType } from './types.ts';

const MAX_PRECISION = 38;
const MAX_SCALE = 127;
/** Longest VARCHAR2 in bytes, where nobody has widened it, and how many characters surely fit. */
export const TEXT_BYTES = 4000;
const TEXT_CHARACTERS = 1000;
const RAW_BYTES = 2000;
/** Of all columns of an index, in the usual block of 8 KiB. */
export const INDEX_BYTES = 6000;
const MAX_DIGITS = 9;

export interface TypeContext {
  readonly own: boolean;
  /** Most bytes that the value may have where it is part of a key; null: it is not. */
  readonly keyBytes: number | null;
}

type Typed = Pick<PlacedColumn, 'type' | 'native'>;

/** The type that holds every value of the column but the empty text; where the source is of this product, its very own. */
export function targetType(column: Typed, context: TypeContext): string {
  if (context.own && column.native !== null) return ownType(column.native);
  return isUuid(column) ? 'VARCHAR2(36 CHAR)' : typeFor(column.type, context);
}

/** Types whose values cannot be given come as what they were read as. */
function ownType(native: string): string {
  const name = parseNativeType(native)?.name;
  if (name === 'LONG') return 'CLOB';
  if (name === 'LONG RAW') return 'BLOB';
  if (name === 'ROWID') return 'VARCHAR2(18)';
  return name === 'UROWID' ? 'VARCHAR2(4000)' : native;
}

export const isUuid = ({ type, native }: Typed): boolean => type.kind === 'text' && native === 'uuid';

const INT_DIGITS = { 8: 3, 16: 5, 24: 8, 32: 10, 64: 19 } as const;

function typeFor(type: LogicalType, context: TypeContext): string {
  switch (type.kind) {
    case 'boolean':
      return 'NUMBER(1)';
    case 'int':
      return `NUMBER(${type.bits === 64 && !type.signed ? 20 : INT_DIGITS[type.bits]})`;
    case 'decimal':
      return decimalType(type.precision, type.scale);
    case 'float':
      return type.bits === 32 ? 'BINARY_FLOAT' : 'BINARY_DOUBLE';
    case 'timestamp':
      return `TIMESTAMP(${Math.min(type.digits, MAX_DIGITS)})${type.zone === 'none' ? '' : ' WITH TIME ZONE'}`;
    case 'date':
      return 'DATE';
    case 'time':
      return 'VARCHAR2(40 CHAR)';
    case 'interval':
      return 'VARCHAR2(100 CHAR)';
    case 'bytes':
      return bytesType(type.maxBytes, context);
    case 'json':
    case 'array':
      return 'CLOB';
    case 'text':
      return textType(type.maxCharacters, context);
  }
}

function decimalType(precision: number | null, scale: number | null): string {
  if (precision === null) return 'NUMBER';
  const digits = scale ?? 0;
  if (precision <= MAX_PRECISION && digits <= MAX_SCALE && digits >= -84) return `NUMBER(${precision},${digits})`;
  // Sign, point, and the zeros before a number that begins behind the point.
  const room = Math.max(precision, digits) - Math.min(digits, 0) + 3;
  return room <= TEXT_BYTES ? `VARCHAR2(${room} CHAR)` : 'CLOB';
}

function bytesType(maxBytes: number | null, { keyBytes }: TypeContext): string {
  if (keyBytes !== null) return `RAW(${Math.min(maxBytes || RAW_BYTES, keyBytes, RAW_BYTES)})`;
  return maxBytes !== null && maxBytes > 0 && maxBytes <= RAW_BYTES ? `RAW(${maxBytes})` : 'BLOB';
}

function textType(maxCharacters: number | null, { keyBytes }: TypeContext): string {
  if (keyBytes !== null) {
    const room = Math.min(Math.floor(keyBytes / 4), TEXT_CHARACTERS);
    return `VARCHAR2(${Math.min(maxCharacters || room, room)} CHAR)`;
  }
  const fits = maxCharacters !== null && maxCharacters > 0 && maxCharacters <= TEXT_CHARACTERS;
  return fits ? `VARCHAR2(${maxCharacters} CHAR)` : 'CLOB';
}

/** Whether the type keeps an empty value apart from NULL. */
export const keepsEmpty = (type: string): boolean => /^(?:N?CLOB|BLOB)$/.test(type);

/** What a reader of the table must know of a column's type; null: nothing. */
export function typeReason(column: PlacedColumn): string | null {
  const { type } = column;
  switch (type.kind) {
    case 'boolean':
      return 'kept as NUMBER(1), 1 and 0';
    case 'decimal':
      if (type.precision === null) return 'a value of more than 38 digits, NaN or Infinity stops the load';
      return /^(?:VARCHAR2|CLOB)/.test(decimalType(type.precision, type.scale))
        ? 'too long for NUMBER, its digits are text'
        : null;
    case 'float':
      return '-0 becomes 0';
    case 'timestamp':
      return type.zone === 'utc' ? 'kept as TIMESTAMP WITH TIME ZONE with the offset +00:00' : null;
    case 'time':
      return 'times are text';
    case 'interval':
      return 'intervals are text in the form of ISO 8601';
    case 'array':
      return 'arrays are text, as the source writes them';
    case 'json':
      return 'kept as text, character by character';
    case 'text':
      return isSpecialText(column) ? 'the type has no counterpart, its values are text' : null;
    case 'int':
    case 'date':
    case 'bytes':
      return null;
  }
}

/** What a column of the source's own becomes another one for; null: it does not. */
export function ownTypeReason({ native }: PlacedColumn): string | null {
  return native === null || ownType(native) === native ? null : `kept as ${ownType(native)}`;
}
