import type { LogicalType } from '../../src-shared/model/logical-type.ts';
import type { BatchColumn, BatchSchema } from '../../src-shared/model/row-batch.ts';

/** Short names of logical types, for tests. */
export const TYPES = {
  boolean: { kind: 'boolean' },
  int16: { kind: 'int', bits: 16, signed: true },
  int32: { kind: 'int', bits: 32, signed: true },
  int64: { kind: 'int', bits: 64, signed: true },
  uint64: { kind: 'int', bits: 64, signed: false },
  decimal: { kind: 'decimal', precision: null, scale: null },
  money: { kind: 'decimal', precision: 12, scale: 2 },
  float32: { kind: 'float', bits: 32 },
  float64: { kind: 'float', bits: 64 },
  timestamp: { kind: 'timestamp', digits: 6, zone: 'none' },
  timestamputc: { kind: 'timestamp', digits: 6, zone: 'utc' },
  timestampoffset: { kind: 'timestamp', digits: 6, zone: 'offset' },
  date: { kind: 'date' },
  time: { kind: 'time', digits: 6, zone: 'none' },
  interval: { kind: 'interval' },
  bytes: { kind: 'bytes', maxBytes: null },
  rawbytes: { kind: 'bytes', maxBytes: null },
  json: { kind: 'json' },
  array: { kind: 'array', of: { kind: 'text', maxCharacters: null } },
  text: { kind: 'text', maxCharacters: null },
} as const satisfies Record<string, LogicalType>;

export type TypeName = keyof typeof TYPES;

/**
 * A schema from pairs of column name and short type: `batchSchema([['id', 'int64'], ['name', 'text']])`. Columns are
 * nullable; `bytes` has form hex, `rawbytes` form raw, text-like kinds utf8, everything else ascii.
 */
export function batchSchema(
  columns: readonly (readonly [name: string, type: TypeName])[],
  escape: BatchSchema['escape'] = 'backslash',
): BatchSchema {
  return { escape, columns: columns.map(([name, type]) => column(name, type)) };
}

function column(name: string, type: TypeName): BatchColumn {
  return { name, type: TYPES[type], nativeType: type, nullable: true, form: formOf(type) };
}

function formOf(type: TypeName): BatchColumn['form'] {
  if (type === 'bytes') return 'hex';
  if (type === 'rawbytes') return 'raw';
  return type === 'text' || type === 'json' || type === 'array' ? 'utf8' : 'ascii';
}
