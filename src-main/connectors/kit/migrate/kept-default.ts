import type { ColumnDefault } from '../../../../src-shared/model/catalog-definition.ts';
import type { LogicalType } from '../../../../src-shared/model/logical-type.ts';

/** A day that every calendar has, and the time of day behind it. */
const DAY = /^[1-9]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])/;

/** Whether a default of another product means the same for a column of this type. */
export function isCommonDefault(value: ColumnDefault, type: LogicalType): boolean {
  switch (value.kind) {
    case 'now':
      return type.kind === 'timestamp';
    case 'today':
      return type.kind === 'date';
    case 'uuid':
      return type.kind === 'text';
    case 'other':
      return false;
    case 'literal':
      return isCommonText(value.text, type);
  }
}

function isCommonText(text: string, type: LogicalType): boolean {
  switch (type.kind) {
    case 'boolean':
      return /^(?:true|false|t|f|0|1)$/.test(text);
    case 'int':
      return /^-?\d+$/.test(text);
    case 'decimal':
    case 'float':
      return /^-?\d+(?:\.\d+)?$/.test(text);
    case 'date':
      return DAY.test(text) && text.length === 10;
    case 'timestamp':
      // A zone behind the time is read differently by each product.
      return DAY.test(text) && /^[\d-]{10}(?: \d\d:\d\d:\d\d(?:\.\d{1,6})?)?$/.test(text);
    case 'text':
      return !text.includes('\0');
    case 'time':
    case 'interval':
    case 'bytes':
    case 'json':
    case 'array':
      return false;
  }
}
