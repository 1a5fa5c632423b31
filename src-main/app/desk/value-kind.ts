import type { TableColumnFacts } from '../../../src-shared/contract/connections.ts';
import type { LogicalType } from '../../../src-shared/model/logical-type.ts';

/** How a grid aligns and draws values of a type. */
export function valueKind({ kind }: LogicalType): TableColumnFacts['kind'] {
  switch (kind) {
    case 'int':
    case 'decimal':
    case 'float':
      return 'number';
    case 'timestamp':
    case 'date':
    case 'time':
    case 'interval':
      return 'time';
    case 'bytes':
      return 'binary';
    case 'text':
      return 'text';
    case 'boolean':
    case 'json':
    case 'array':
      return 'other';
  }
}
