/** Types of Oracle as logical types. Native types are spelt as a declaration spells them: `NUMBER(10,2)`, `VARCHAR2(40 CHAR)`. */
import type { CellForm, LogicalType } from '../../../src-shared/model/logical-type.ts';

/** A native type taken apart. */
export interface NativeType {
  /** Without parentheses: `TIMESTAMP WITH TIME ZONE`. */
  readonly name: string;
  /** What stood in the first, and in the second parentheses or behind a comma; null: nothing. */
  readonly size: number | null;
  readonly scale: number | null;
}

const NUMBERS = /\((\*|\d+)(?: (?:BYTE|CHAR))?(?:,(-?\d+))?\)/g;

export function parseNativeType(text: string): NativeType | null {
  if (!/^[A-Z][A-Z0-9_ ]*/.test(text)) return null;
  const found = [...text.matchAll(NUMBERS)];
  const [, first, second] = found[0] ?? [];
  const later = found[1]?.[1];
  const name = text.replace(NUMBERS, '');
  if (/[^A-Z0-9_ ]/.test(name)) return null;
  return {
    name,
    size: first === undefined || first === '*' ? null : Number(first),
    scale: second !== undefined ? Number(second) : later !== undefined ? Number(later) : null,
  };
}

/** Types that no parentheses change. */
const FIXED: Readonly<Record<string, LogicalType>> = {
  FLOAT: { kind: 'decimal', precision: null, scale: null },
  BINARY_FLOAT: { kind: 'float', bits: 32 },
  BINARY_DOUBLE: { kind: 'float', bits: 64 },
  DATE: { kind: 'timestamp', digits: 0, zone: 'none' },
  'INTERVAL YEAR TO MONTH': { kind: 'interval' },
  'INTERVAL DAY TO SECOND': { kind: 'interval' },
  CLOB: { kind: 'text', maxCharacters: null },
  NCLOB: { kind: 'text', maxCharacters: null },
  LONG: { kind: 'text', maxCharacters: null },
  XMLTYPE: { kind: 'text', maxCharacters: null },
  VECTOR: { kind: 'text', maxCharacters: null },
  ROWID: { kind: 'text', maxCharacters: 18 },
  UROWID: { kind: 'text', maxCharacters: 5267 },
  BLOB: { kind: 'bytes', maxBytes: null },
  'LONG RAW': { kind: 'bytes', maxBytes: null },
  JSON: { kind: 'json' },
  BOOLEAN: { kind: 'boolean' },
};
const TEXTS = new Set(['CHAR', 'NCHAR', 'VARCHAR2', 'NVARCHAR2', 'VARCHAR']);
const ZONES: Readonly<Record<string, 'none' | 'utc' | 'offset'>> = {
  TIMESTAMP: 'none',
  'TIMESTAMP WITH TIME ZONE': 'offset',
  'TIMESTAMP WITH LOCAL TIME ZONE': 'utc',
};

/** What a column of this type means; null: not known how to carry it exactly. */
export function logicalType(native: string): LogicalType | null {
  const type = parseNativeType(native);
  if (type === null) return null;
  const { name, size } = type;
  if (Object.hasOwn(FIXED, name)) return FIXED[name] ?? null;
  if (TEXTS.has(name)) return { kind: 'text', maxCharacters: size ?? 1 };
  if (name === 'RAW') return { kind: 'bytes', maxBytes: size };
  const zone = Object.hasOwn(ZONES, name) ? ZONES[name] : undefined;
  if (zone !== undefined) return { kind: 'timestamp', digits: size ?? 6, zone };
  return name === 'NUMBER' ? numberType(native, type) : null;
}

/** Whole numbers that fit a machine's integers are integers; all others keep up to 38 digits and more. */
function numberType(native: string, { size, scale }: NativeType): LogicalType {
  // `NUMBER` alone has no precision; `NUMBER(*,0)`, which INTEGER stands for, has all digits.
  if (size === null && scale === null) return { kind: 'decimal', precision: null, scale: null };
  const precision = size ?? 38;
  const digits = scale ?? 0;
  if (digits === 0 && precision <= 18 && native !== 'NUMBER(*,0)') {
    return { kind: 'int', bits: precision <= 4 ? 16 : precision <= 9 ? 32 : 64, signed: true };
  }
  // NUMBER(3,5) and NUMBER(3,-2) have no like in precision and scale as others count them.
  if (digits < 0 || digits > precision) return { kind: 'decimal', precision: null, scale: null };
  return { kind: 'decimal', precision, scale: digits };
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
