/** Types of MySQL and MariaDB as logical types, and how a column of each is selected and spelt. */
import type { CellForm, LogicalType } from '../../../src-shared/model/logical-type.ts';

/** A row of information_schema.columns, as far as it decides what a column means; numbers as text. */
export interface TypeRow {
  readonly dataType: string;
  /** COLUMN_TYPE, verbatim. */
  readonly columnType: string;
  readonly characters: string | null;
  readonly precision: string | null;
  readonly scale: string | null;
  readonly digits: string | null;
}

const INT_BITS: Readonly<Record<string, 8 | 16 | 24 | 32 | 64>> = {
  tinyint: 8,
  smallint: 16,
  mediumint: 24,
  int: 32,
  bigint: 64,
};

const FIXED_TEXT: Readonly<Record<string, number>> = { uuid: 36, inet4: 15, inet6: 39 };

const TEXT = new Set(['char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext', 'enum', 'set']);
const BYTES = new Set(['binary', 'varbinary', 'tinyblob', 'blob', 'mediumblob', 'longblob']);
/** Their value is the SRID, four bytes, and WKB. */
const GEOMETRY = new Set([
  ...['geometry', 'point', 'linestring', 'polygon', 'multipoint', 'multilinestring', 'multipolygon'],
  ...['geometrycollection', 'geomcollection'],
]);
/** LONGTEXT and LONGBLOB give this as their length. */
const UNLIMITED = 4_294_967_295;

/** What a column of this type means; null: not known how to carry it exactly. */
export function logicalType(row: TypeRow): LogicalType | null {
  const name = row.dataType.toLowerCase();
  const bits = INT_BITS[name];
  if (bits !== undefined) return { kind: 'int', bits, signed: !/\bunsigned\b/i.test(row.columnType) };
  const fixed = FIXED_TEXT[name];
  if (fixed !== undefined) return { kind: 'text', maxCharacters: fixed };
  if (TEXT.has(name)) return { kind: 'text', maxCharacters: length(row.characters) };
  if (BYTES.has(name)) return { kind: 'bytes', maxBytes: length(row.characters) };
  if (GEOMETRY.has(name)) return { kind: 'bytes', maxBytes: null };
  switch (name) {
    case 'decimal':
      return { kind: 'decimal', precision: Number(row.precision ?? 65), scale: Number(row.scale ?? 0) };
    case 'float':
      return { kind: 'float', bits: 32 };
    case 'double':
      return { kind: 'float', bits: 64 };
    case 'bit':
      return bitType(Number(row.precision ?? 64));
    case 'year':
      return { kind: 'int', bits: 16, signed: false };
    case 'date':
      return { kind: 'date' };
    case 'time':
      return { kind: 'time', digits: Number(row.digits ?? 0), zone: 'none', duration: true };
    case 'datetime':
      return { kind: 'timestamp', digits: Number(row.digits ?? 0), zone: 'none' };
    case 'timestamp':
      return { kind: 'timestamp', digits: Number(row.digits ?? 0), zone: 'utc' };
    case 'json':
      return { kind: 'json' };
    default:
      return null;
  }
}

/** BIT(n) as the unsigned integer it is. */
export function bitType(width: number): LogicalType {
  const bits = ([8, 16, 24, 32] as const).find((each) => width <= each) ?? 64;
  return { kind: 'int', bits, signed: false };
}

function length(text: string | null): number | null {
  const value = text === null ? UNLIMITED : Number(text);
  return value >= UNLIMITED ? null : value;
}

/** The form in which cells of this type leave the reader. */
export function formOf(type: LogicalType): CellForm {
  switch (type.kind) {
    case 'bytes':
      return 'raw';
    case 'text':
    case 'json':
    case 'array':
      return 'utf8';
    case 'boolean':
    case 'int':
    case 'decimal':
    case 'float':
    case 'timestamp':
    case 'date':
    case 'time':
    case 'interval':
      return 'ascii';
  }
}

/**
 * What stands in the SELECT list for a quoted column, so that the server's text is exact: FLOAT is printed with six
 * digits, DOUBLE(m,d) with d decimals, BIT as bytes, YEAR and ZEROFILL with leading zeros.
 */
export function selectExpression(quoted: string, nativeType: string, type: LogicalType): string {
  if (type.kind === 'float') return `${quoted} * 1e0`;
  const isNumber = type.kind === 'int' || type.kind === 'decimal';
  if (isNumber && /^(bit|year)\b|\bzerofill\b/i.test(nativeType)) return `${quoted} + 0`;
  return quoted;
}
