import type { LogicalType } from '../../../src-shared/model/logical-type.ts';
import type { PlacedColumn } from '../kit/migrate/place-tables.ts';
import { isSpecialText } from '../kit/migrate/type-notes.ts';

const MAX_PRECISION = 65;
const MAX_SCALE = 30;
const BYTES_PER_CHARACTER = 4;
/** Of all columns of a row but texts and bytes that are kept apart from it. */
const ROW_BYTES = 60_000;
/** Of all columns of an index. */
export const INDEX_BYTES = 3072;

export interface TypeContext {
  readonly own: boolean;
  /** Most bytes that the value may have where it is part of a key; null: it is not. */
  readonly keyBytes: number | null;
  /** Texts and bytes stand in the row itself, while there is room for them. */
  readonly inRow: boolean;
}

/** The type that holds every value of the column; where the source is of this product, its very own. */
export function targetType({ type, native }: Pick<PlacedColumn, 'type' | 'native'>, context: TypeContext): string {
  return context.own && native !== null ? native : typeFor(type, context);
}

function typeFor(type: LogicalType, context: TypeContext): string {
  switch (type.kind) {
    case 'boolean':
      return 'TINYINT(1)';
    case 'int':
      return `${INT_NAMES[type.bits]}${type.signed ? '' : ' UNSIGNED'}`;
    case 'decimal':
      return decimalType(type.precision, type.scale);
    case 'float':
      return type.bits === 32 ? 'FLOAT' : 'DOUBLE';
    case 'timestamp':
      return `DATETIME(${Math.min(type.digits, 6)})`;
    case 'date':
      return 'DATE';
    case 'time':
      return type.zone === 'none' ? `TIME(${Math.min(type.digits, 6)})` : 'VARCHAR(40)';
    case 'interval':
      return 'VARCHAR(100)';
    case 'bytes':
      return bytesType(type.maxBytes, context);
    case 'json':
    case 'array':
      return 'LONGTEXT';
    case 'text':
      return textType(type.maxCharacters, context);
  }
}

const INT_NAMES = { 8: 'TINYINT', 16: 'SMALLINT', 24: 'MEDIUMINT', 32: 'INT', 64: 'BIGINT' } as const;

function decimalType(precision: number | null, scale: number | null): string {
  if (precision === null) return `DECIMAL(${MAX_PRECISION},${MAX_SCALE})`;
  const digits = scale ?? 0;
  // A negative scale rounds to tens, and one beyond the precision begins with zeros.
  const room = Math.max(digits < 0 ? precision - digits : precision, digits);
  return room <= MAX_PRECISION && digits <= MAX_SCALE ? `DECIMAL(${room},${Math.max(digits, 0)})` : 'LONGTEXT';
}

function bytesType(maxBytes: number | null, { keyBytes, inRow }: TypeContext): string {
  if (keyBytes !== null) return `VARBINARY(${Math.min(maxBytes ?? keyBytes, keyBytes)})`;
  return maxBytes !== null && maxBytes > 0 && maxBytes <= ROW_BYTES && inRow ? `VARBINARY(${maxBytes})` : 'LONGBLOB';
}

function textType(maxCharacters: number | null, { keyBytes, inRow }: TypeContext): string {
  if (keyBytes !== null) {
    const room = Math.floor(keyBytes / BYTES_PER_CHARACTER);
    return `VARCHAR(${Math.min(maxCharacters ?? room, room)})`;
  }
  const fits = maxCharacters !== null && maxCharacters > 0 && maxCharacters * BYTES_PER_CHARACTER <= ROW_BYTES;
  return fits && inRow ? `VARCHAR(${maxCharacters})` : 'LONGTEXT';
}

/** What foreign keys can be between: texts and bytes of any length, and each other type by itself. */
export function familyOf({ type }: PlacedColumn, keyBytes: number | null): string {
  return typeFor(type, { own: false, keyBytes, inRow: false }).replace(/^(VARCHAR|VARBINARY)\(.*/, '$1');
}

/** Bytes that a column asks of its row. */
function rowBytes({ type }: PlacedColumn): number {
  if (type.kind === 'text') return (type.maxCharacters ?? 0) * BYTES_PER_CHARACTER;
  if (type.kind === 'bytes') return type.maxBytes ?? 0;
  return type.kind === 'interval' || type.kind === 'time' ? 400 : 40;
}

/** Whether texts of limited length can all stand in the row. */
export function fitsInRow(columns: readonly PlacedColumn[]): boolean {
  return columns.reduce((sum, column) => sum + Math.min(rowBytes(column), ROW_BYTES + 1), 0) <= ROW_BYTES;
}

/** What a reader of the table must know of a column's type; null: nothing. */
export function typeReason(column: PlacedColumn): string | null {
  const { type } = column;
  switch (type.kind) {
    case 'decimal':
      if (type.precision === null) {
        return 'kept with 35 digits before the point and 30 behind it; a value that needs more, NaN or Infinity stops the load';
      }
      return decimalType(type.precision, type.scale) === 'LONGTEXT'
        ? 'too long for DECIMAL, its digits are text'
        : null;
    case 'timestamp':
      if (type.zone === 'utc') return 'kept as DATETIME in UTC';
      return type.zone === 'offset' ? 'kept as DATETIME, and a value with an offset stops the load' : null;
    case 'time':
      return type.zone === 'none' ? null : 'times with a zone are text';
    case 'interval':
      return 'intervals are text in the form of ISO 8601';
    case 'array':
      return 'arrays are text, as the source writes them';
    case 'json':
      return 'kept as text, character by character: the type JSON would write it anew';
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
