/** PostgreSQL's types as logical types: by OID for the built-in ones, by kind for what a database adds. */
import type { CellForm, LogicalType } from '../../../src-shared/model/logical-type.ts';

/** A row of pg_type, as far as it decides what a column means. */
export interface TypeRow {
  readonly oid: number;
  readonly name: string;
  /** pg_type.typtype: b base, d domain, e enum, r range, m multirange, c composite. */
  readonly kind: string;
  /** pg_type.typcategory: `A` are arrays. */
  readonly category: string;
  readonly element: number;
  readonly base: number;
  readonly baseModifier: number;
}

export type TypeTable = ReadonlyMap<number, TypeRow>;

const TEXT: LogicalType = { kind: 'text', maxCharacters: null };
const text = (maxCharacters: number | null): LogicalType => ({ kind: 'text', maxCharacters });
const int = (bits: 16 | 32 | 64, signed = true): LogicalType => ({ kind: 'int', bits, signed });
const digits = (modifier: number): number => (modifier < 0 ? 6 : modifier);
/** Character types count their length word in the modifier. */
const characters = (modifier: number): LogicalType => text(modifier < 4 ? null : modifier - 4);
const bits = (modifier: number): LogicalType => text(modifier < 0 ? null : modifier);

/** Built-in types whose meaning is more than their text; OIDs never change. */
const BY_OID: Readonly<Record<number, (modifier: number) => LogicalType>> = {
  16: () => ({ kind: 'boolean' }),
  17: () => ({ kind: 'bytes', maxBytes: null }),
  18: () => text(1),
  19: () => text(63),
  20: () => int(64),
  21: () => int(16),
  23: () => int(32),
  26: () => int(32, false),
  28: () => int(32, false),
  29: () => int(32, false),
  114: () => ({ kind: 'json' }),
  700: () => ({ kind: 'float', bits: 32 }),
  701: () => ({ kind: 'float', bits: 64 }),
  1042: characters,
  1043: characters,
  1082: () => ({ kind: 'date' }),
  1083: (modifier) => ({ kind: 'time', digits: digits(modifier), zone: 'none' }),
  1114: (modifier) => ({ kind: 'timestamp', digits: digits(modifier), zone: 'none' }),
  1184: (modifier) => ({ kind: 'timestamp', digits: digits(modifier), zone: 'utc' }),
  1186: () => ({ kind: 'interval' }),
  1266: (modifier) => ({ kind: 'time', digits: digits(modifier), zone: 'offset' }),
  1560: bits,
  1562: bits,
  1700: decimal,
  2950: () => text(36),
  3802: () => ({ kind: 'json' }),
  5069: () => int(64, false),
};

/** Types carried as the exact text the server writes: text, xml, money, geometric, network, search, system types. */
const AS_TEXT = new Set([
  ...[25, 22, 24, 27, 30, 142, 600, 601, 602, 603, 604, 628, 650, 718, 774, 790, 829, 869, 1033, 1790, 2202, 2203],
  ...[2204, 2205, 2206, 2970, 3220, 3614, 3615, 3734, 3769, 4072, 4089, 4096, 4191, 5038],
]);

/** Enums, ranges, multiranges and composites: the server's text of each reads back to the same value. */
const TEXT_KINDS = new Set(['e', 'r', 'm', 'c']);

/** Types of widespread extensions whose text form reads back to the same value. */
const EXTENSIONS = new Set(['citext', 'hstore', 'ltree', 'lquery', 'ltxtquery', 'geometry', 'geography', 'vector']);

/** numeric's modifier: precision in the upper half, a signed 11-bit scale in the lower, plus 4. */
function decimal(modifier: number): LogicalType {
  if (modifier < 4) return { kind: 'decimal', precision: null, scale: null };
  const packed = modifier - 4;
  return { kind: 'decimal', precision: (packed >> 16) & 0xffff, scale: ((packed & 0x7ff) ^ 0x400) - 0x400 };
}

/** What a column of this type means; null: not known how to carry it exactly. */
export function logicalType(oid: number, modifier: number, types: TypeTable): LogicalType | null {
  const builtIn = BY_OID[oid];
  if (builtIn !== undefined) return builtIn(modifier);
  if (AS_TEXT.has(oid)) return TEXT;
  const row = types.get(oid);
  if (row === undefined) return null;
  if (row.category === 'A' && row.element !== 0) {
    const of = logicalType(row.element, modifier, types);
    return of === null ? null : { kind: 'array', of };
  }
  if (row.kind === 'd') return logicalType(row.base, row.baseModifier, types);
  if (TEXT_KINDS.has(row.kind)) return TEXT;
  return row.kind === 'b' && EXTENSIONS.has(row.name) ? TEXT : null;
}

/** The form in which the splitter leaves cells of this type. */
export function formOf(type: LogicalType): CellForm {
  switch (type.kind) {
    case 'bytes':
      return 'hex';
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
