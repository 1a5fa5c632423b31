/** Types of SQL Server as logical types. Native types are spelt as the server spells them: `decimal(10,2)`, `nvarchar(max)`. */
import type { CellForm, LogicalType } from '../../../src-shared/model/logical-type.ts';

/** A native type taken apart; what follows the parentheses (the alias type it was declared as) does not count. */
export interface NativeType {
  readonly name: string;
  /** Length, precision or digits; `max`; null: none. */
  readonly size: number | 'max' | null;
  readonly scale: number | null;
}

const FORM = /^([a-z][a-z0-9_]*)(?:\((max|\d+)(?:,(\d+))?\))?(?: as .+)?$/s;

export function parseNativeType(text: string): NativeType | null {
  const [, name, size, scale] = FORM.exec(text) ?? [];
  if (name === undefined) return null;
  return {
    name,
    size: size === undefined ? null : size === 'max' ? 'max' : Number(size),
    scale: scale === undefined ? null : Number(scale),
  };
}

/** Types without parentheses. */
const FIXED: Readonly<Record<string, LogicalType>> = {
  bit: { kind: 'boolean' },
  tinyint: { kind: 'int', bits: 8, signed: false },
  smallint: { kind: 'int', bits: 16, signed: true },
  int: { kind: 'int', bits: 32, signed: true },
  bigint: { kind: 'int', bits: 64, signed: true },
  money: { kind: 'decimal', precision: 19, scale: 4 },
  smallmoney: { kind: 'decimal', precision: 10, scale: 4 },
  real: { kind: 'float', bits: 32 },
  float: { kind: 'float', bits: 64 },
  date: { kind: 'date' },
  smalldatetime: { kind: 'timestamp', digits: 0, zone: 'none' },
  datetime: { kind: 'timestamp', digits: 3, zone: 'none' },
  uniqueidentifier: { kind: 'text', maxCharacters: 36 },
  text: { kind: 'text', maxCharacters: null },
  ntext: { kind: 'text', maxCharacters: null },
  xml: { kind: 'text', maxCharacters: null },
  hierarchyid: { kind: 'text', maxCharacters: null },
  sql_variant: { kind: 'text', maxCharacters: null },
  json: { kind: 'json' },
  image: { kind: 'bytes', maxBytes: null },
  timestamp: { kind: 'bytes', maxBytes: 8 },
  geometry: { kind: 'bytes', maxBytes: null },
  geography: { kind: 'bytes', maxBytes: null },
};

/** What a column of this type means; null: not known how to carry it exactly. */
export function logicalType(native: string): LogicalType | null {
  const type = parseNativeType(native);
  if (type === null) return null;
  const fixed = Object.hasOwn(FIXED, type.name) ? FIXED[type.name] : undefined;
  if (fixed !== undefined) return fixed;
  const length = type.size === 'max' ? null : (type.size ?? 1);
  switch (type.name) {
    case 'decimal':
    case 'numeric':
      return { kind: 'decimal', precision: length ?? 38, scale: type.scale ?? 0 };
    case 'char':
    case 'varchar':
    case 'nchar':
    case 'nvarchar':
      return { kind: 'text', maxCharacters: length };
    case 'binary':
    case 'varbinary':
      return { kind: 'bytes', maxBytes: length };
    case 'time':
      return { kind: 'time', digits: digitsOf(type), zone: 'none' };
    case 'datetime2':
      return { kind: 'timestamp', digits: digitsOf(type), zone: 'none' };
    case 'datetimeoffset':
      return { kind: 'timestamp', digits: digitsOf(type), zone: 'offset' };
    default:
      return null;
  }
}

/** Without parentheses these types have all seven digits. */
function digitsOf({ size }: NativeType): number {
  return typeof size === 'number' ? size : 7;
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
