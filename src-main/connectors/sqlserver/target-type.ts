import type { LogicalType } from '../../../src-shared/model/logical-type.ts';
import type { PlacedColumn } from '../kit/migrate/place-tables.ts';
import { isSpecialText } from '../kit/migrate/type-notes.ts';

const MAX_PRECISION = 38;
/** Of a number without a precision of its own. */
export const FREE_SCALE = 20;
/** Longest nvarchar and varbinary that have a length. */
const MAX_UNITS = 4000;
const MAX_BYTES = 8000;
/** What an index takes of a row; the one that a table is sorted by takes less. */
export const INDEX_BYTES = 1700;
export const CLUSTERED_BYTES = 900;
/** Most digits of a second. */
const MAX_DIGITS = 7;

export interface TypeContext {
  readonly own: boolean;
  /** Most bytes that the value may have where it is part of a key; null: it is not. */
  readonly keyBytes: number | null;
}

type Typed = Pick<PlacedColumn, 'type' | 'native'>;

/** The type that holds every value of the column; where the source is of this product, its very own. */
export function targetType(column: Typed, context: TypeContext): string {
  if (context.own && column.native !== null) return ownType(column.native);
  return isUuid(column) ? 'uniqueidentifier' : typeFor(column.type, context);
}

/** Alias types are made as what they stand for; a rowversion takes no value, and a variant goes out as text. */
function ownType(native: string): string {
  const base = native.replace(/ as .*$/s, '');
  if (base === 'timestamp') return 'binary(8)';
  return base === 'sql_variant' ? 'nvarchar(max)' : base;
}

export const isUuid = ({ type, native }: Typed): boolean => type.kind === 'text' && native === 'uuid';

const INT_NAMES = { 16: 'smallint', 32: 'int', 64: 'bigint' } as const;

function intType(bits: number, signed: boolean): string {
  if (bits === 8 && !signed) return 'tinyint';
  const room = signed ? bits : bits + 1;
  if (room <= 16) return INT_NAMES[16];
  if (room <= 32) return INT_NAMES[32];
  return room <= 64 ? INT_NAMES[64] : 'decimal(20,0)';
}

function typeFor(type: LogicalType, context: TypeContext): string {
  switch (type.kind) {
    case 'boolean':
      return 'bit';
    case 'int':
      return intType(type.bits, type.signed);
    case 'decimal':
      return decimalType(type.precision, type.scale);
    case 'float':
      return type.bits === 32 ? 'real' : 'float';
    case 'timestamp':
      return `${type.zone === 'none' ? 'datetime2' : 'datetimeoffset'}(${Math.min(type.digits, MAX_DIGITS)})`;
    case 'date':
      return 'date';
    case 'time':
      return isTimeOfDay(type) ? `time(${Math.min(type.digits, MAX_DIGITS)})` : 'nvarchar(40)';
    case 'interval':
      return 'nvarchar(100)';
    case 'bytes':
      return bytesType(type.maxBytes, context);
    case 'json':
    case 'array':
      return 'nvarchar(max)';
    case 'text':
      return textType(type.maxCharacters, context);
  }
}

const isTimeOfDay = (type: LogicalType): boolean =>
  type.kind === 'time' && type.zone === 'none' && type.duration !== true;

function decimalType(precision: number | null, scale: number | null): string {
  if (precision === null) return `decimal(${MAX_PRECISION},${FREE_SCALE})`;
  const digits = scale ?? 0;
  // A negative scale rounds to tens, and one beyond the precision begins with zeros.
  const room = Math.max(digits < 0 ? precision - digits : precision, digits);
  if (room <= MAX_PRECISION) return `decimal(${room},${Math.max(digits, 0)})`;
  // Sign, point, and a zero before it.
  return room + 3 <= MAX_UNITS ? `nvarchar(${room + 3})` : 'nvarchar(max)';
}

function bytesType(maxBytes: number | null, { keyBytes }: TypeContext): string {
  if (keyBytes !== null) return `varbinary(${Math.min(maxBytes || keyBytes, keyBytes)})`;
  return maxBytes !== null && maxBytes > 0 && maxBytes <= MAX_BYTES ? `varbinary(${maxBytes})` : 'varbinary(max)';
}

/** The length counts code units of UTF-16: a character beyond U+FFFF has two. */
function textType(maxCharacters: number | null, { keyBytes }: TypeContext): string {
  const units = 2 * (maxCharacters ?? 0);
  if (keyBytes !== null) {
    const room = Math.floor(keyBytes / 2);
    return `nvarchar(${Math.min(units || room, room)})`;
  }
  return units > 0 && units <= MAX_UNITS ? `nvarchar(${units})` : 'nvarchar(max)';
}

/** What a reader of the table must know of a column's type; null: nothing. */
export function typeReason(column: PlacedColumn): string | null {
  const { type } = column;
  if (isUuid(column)) return 'kept as uniqueidentifier, which shows its digits in upper case and sorts in its own way';
  switch (type.kind) {
    case 'decimal':
      return decimalReason(type.precision, type.scale);
    case 'timestamp':
      if (type.digits > MAX_DIGITS) return 'more than seven digits of a second stop the load';
      return type.zone === 'utc' ? 'kept as datetimeoffset with the offset +00:00' : null;
    case 'time':
      return isTimeOfDay(type) ? null : 'times with a zone, or beyond 24 hours, are text';
    case 'interval':
      return 'intervals are text in the form of ISO 8601';
    case 'array':
      return 'arrays are text, as the source writes them';
    case 'json':
      return 'kept as text, character by character';
    case 'text':
      return isSpecialText(column) ? 'the type has no counterpart, its values are text' : null;
    case 'boolean':
    case 'int':
    case 'float':
    case 'date':
    case 'bytes':
      return null;
  }
}

function decimalReason(precision: number | null, scale: number | null): string | null {
  if (precision === null) {
    const before = MAX_PRECISION - FREE_SCALE;
    return `kept with ${before} digits before the point and ${FREE_SCALE} behind it; a value that needs more, NaN or Infinity stops the load`;
  }
  const isText = decimalType(precision, scale).startsWith('nvarchar');
  return isText ? 'too long for decimal, its digits are text' : null;
}

/** What a column of the source's own becomes another one for; null: it does not. */
export function ownTypeReason({ native }: PlacedColumn): string | null {
  if (native === null) return null;
  if (native === 'timestamp') return 'a rowversion takes no value: kept as binary(8), which does not count on';
  if (native === 'sql_variant') return 'kept as text: base type, colon, value';
  return / as /.test(native) ? 'made as the type that the alias stands for' : null;
}
