import type { LogicalType } from '../../../src-shared/model/logical-type.ts';
import type { BatchColumn } from '../../../src-shared/model/row-batch.ts';
import type { NdjsonOptions } from './ndjson-options.ts';

/** How the values of a column stand in a line. */
export type ValueMode = 'literal' | 'number' | 'string' | 'json' | 'rawHex' | 'hexBase64' | 'rawBase64';

/** Decimals of up to so many digits survive a reader that keeps numbers as binary doubles. */
const DOUBLE_DIGITS = 15;

/** Whether a reader that keeps numbers as binary doubles may change values of this type. */
export function isBigNumber(type: LogicalType): boolean {
  if (type.kind === 'decimal') return type.precision === null || type.precision > DOUBLE_DIGITS;
  return type.kind === 'int' && type.bits === 64;
}

export function valueModeOf({ type, form }: BatchColumn, options: NdjsonOptions): ValueMode {
  if (isBigNumber(type) && options.bigNumbers === 'string') return 'string';
  switch (type.kind) {
    case 'boolean':
      return 'literal';
    case 'int':
    case 'decimal':
    case 'float':
      return 'number';
    case 'json':
      return 'json';
    case 'bytes':
      if (form === 'raw') return options.bytes === 'hex' ? 'rawHex' : 'rawBase64';
      return options.bytes === 'hex' ? 'string' : 'hexBase64';
    case 'timestamp':
    case 'date':
    case 'time':
    case 'interval':
    case 'array':
    case 'text':
      return 'string';
  }
}
