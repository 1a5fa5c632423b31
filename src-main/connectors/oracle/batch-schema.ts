import type { BatchSchema } from '../../../src-shared/model/row-batch.ts';
import type { ReadColumn } from '../../../src-shared/model/table-read.ts';
import { formOf } from './types.ts';

export function batchSchema(columns: readonly ReadColumn[]): BatchSchema {
  return {
    escape: 'none',
    columns: columns.map(({ name, type, nativeType, nullable }) => ({
      ...{ name, type, nativeType, nullable, form: formOf(type) },
    })),
  };
}
