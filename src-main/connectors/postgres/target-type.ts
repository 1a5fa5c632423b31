import type { LogicalType } from '../../../src-shared/model/logical-type.ts';
import type { PlacedColumn } from '../kit/migrate/place-tables.ts';
import { isSpecialText } from '../kit/migrate/type-notes.ts';

const MAX_VARCHAR = 65_535;
const MAX_PRECISION = 1000;

/** The type that holds every value of the column; where the source is of this product, its very own. */
export function targetType({ type, native }: Pick<PlacedColumn, 'type' | 'native'>, own: boolean): string {
  return own && native !== null ? native : typeFor(type);
}

function typeFor(type: LogicalType): string {
  switch (type.kind) {
    case 'boolean':
      return 'boolean';
    case 'int':
      return intType(type.bits, type.signed);
    case 'decimal':
      return decimalType(type.precision, type.scale);
    case 'float':
      return type.bits === 32 ? 'real' : 'double precision';
    case 'timestamp':
      return `timestamp(${Math.min(type.digits, 6)}) ${type.zone === 'none' ? 'without' : 'with'} time zone`;
    case 'date':
      return 'date';
    case 'time':
      if (type.duration === true) return 'interval';
      return `time(${Math.min(type.digits, 6)}) ${type.zone === 'none' ? 'without' : 'with'} time zone`;
    case 'interval':
      return 'interval';
    case 'bytes':
      return 'bytea';
    case 'json':
      return 'json';
    case 'array':
      return 'text';
    case 'text':
      return type.maxCharacters === null || type.maxCharacters >= MAX_VARCHAR || type.maxCharacters === 0
        ? 'text'
        : `character varying(${type.maxCharacters})`;
  }
}

function intType(bits: number, signed: boolean): string {
  const room = signed ? bits : bits + 1;
  if (room <= 16) return 'smallint';
  if (room <= 32) return 'integer';
  return room <= 64 ? 'bigint' : 'numeric(20)';
}

function decimalType(precision: number | null, scale: number | null): string {
  if (precision === null || precision > MAX_PRECISION) return 'numeric';
  return `numeric(${precision},${scale ?? 0})`;
}

/** What foreign keys can be between: numbers of all kinds, texts of any length, and each other type by itself. */
export function familyOf(column: PlacedColumn): string {
  const type = typeFor(column.type);
  if (/^(?:smallint|integer|bigint|numeric|real|double)/.test(type)) return 'number';
  return /^(?:text|character)/.test(type) ? 'text' : type;
}

/** What a reader of the table must know of a column's type; null: nothing. */
export function typeReason(column: PlacedColumn): string | null {
  const { type } = column;
  if (type.kind === 'time' && type.duration === true) return 'times are intervals, which may pass 24 hours';
  if (type.kind === 'timestamp' && type.zone === 'offset')
    return 'the moment is kept, the zone it was written in is not';
  if (type.kind === 'timestamp' && type.digits > 6) return 'more than six digits of a second stop the load';
  if (type.kind === 'array') return 'arrays are text, as the source writes them';
  return isSpecialText(column) ? 'the type has no counterpart, its values are text' : null;
}
