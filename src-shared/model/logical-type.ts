/**
 * What a column means, independent of any product. Formats and masks read this, never a native type name.
 * The canonical text of each kind is specified in docs/spec/row-batch.md §4.
 */
export type LogicalType =
  | { readonly kind: 'boolean' }
  | { readonly kind: 'int'; readonly bits: 8 | 16 | 24 | 32 | 64; readonly signed: boolean }
  | { readonly kind: 'decimal'; readonly precision: number | null; readonly scale: number | null }
  | { readonly kind: 'float'; readonly bits: 32 | 64 }
  | { readonly kind: 'timestamp'; readonly digits: number; readonly zone: 'none' | 'utc' | 'offset' }
  | { readonly kind: 'date' }
  /** `duration`: more than a time of day; it has a sign and may pass 24 hours. */
  | { readonly kind: 'time'; readonly digits: number; readonly zone: 'none' | 'offset'; readonly duration?: true }
  | { readonly kind: 'interval' }
  | { readonly kind: 'bytes'; readonly maxBytes: number | null }
  | { readonly kind: 'json' }
  | { readonly kind: 'array'; readonly of: LogicalType }
  | { readonly kind: 'text'; readonly maxCharacters: number | null };

export type LogicalKind = LogicalType['kind'];

/**
 * The encoding of a cell's bytes. `utf8` and `ascii`: the canonical text itself. `hex`: lower-case hex digits of a
 * bytes value, no prefix. `raw`: the bytes themselves (only for kind `bytes`).
 */
export type CellForm = 'utf8' | 'ascii' | 'hex' | 'raw';

/** A type in words, for people: `decimal(12,2)`, `timestamp(6) utc`. */
export function describeType(type: LogicalType): string {
  switch (type.kind) {
    case 'int':
      return `${type.signed ? '' : 'unsigned '}int${type.bits}`;
    case 'decimal':
      return type.precision === null ? 'decimal' : `decimal(${type.precision},${type.scale ?? 0})`;
    case 'float':
      return `float${type.bits}`;
    case 'timestamp':
      return `timestamp(${type.digits})${type.zone === 'none' ? '' : ` ${type.zone}`}`;
    case 'time':
      return `time(${type.digits})${type.zone === 'none' ? '' : ` ${type.zone}`}`;
    case 'text':
      return type.maxCharacters === null ? 'text' : `text(${type.maxCharacters})`;
    case 'array':
      return `array<${describeType(type.of)}>`;
    case 'boolean':
    case 'date':
    case 'interval':
    case 'bytes':
    case 'json':
      return type.kind;
  }
}
