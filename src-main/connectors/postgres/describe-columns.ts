import { appError, type AppError } from '../../../src-shared/errors/app-error.ts';
import type { ReadColumn, TableRead } from '../../../src-shared/model/table-read.ts';
import { arrayLiteral } from './array-literal.ts';
import { FORMAT_TYPES_SQL } from './catalog.sql.ts';
import { bindUserSql } from './dialect.ts';
import type { Link } from './link.ts';
import { readTypes } from './read-types.ts';
import { inTransaction } from './transaction.ts';
import { logicalType } from './types.ts';

/** A query's output columns. Whether an expression can be NULL nobody knows: all are nullable. */
export async function describeColumns(
  link: Link,
  { sql, params }: { readonly sql: string; readonly params: TableRead['params'] },
  signal: AbortSignal,
): Promise<readonly ReadColumn[]> {
  const text = `select * from (\n${bindUserSql(sql, 'query', params)}\n) as "query"`;
  const fields = await inTransaction(link, { signal }, () => link.describe(text, signal));
  const names = new Set(fields.map((field) => field.name));
  if (fields.length === 0) throw invalid('The query has no output column.');
  if (names.size < fields.length) throw invalid('Two output columns of the query have the same name.');
  return inTransaction(link, { signal, systemOnly: true }, async () => {
    const types = await readTypes(link, signal);
    const oids = arrayLiteral(fields.map((field) => field.dataTypeID));
    const modifiers = arrayLiteral(fields.map((field) => field.dataTypeModifier));
    const native = await link.query(FORMAT_TYPES_SQL, [oids, modifiers], signal);
    return fields.map(({ name, dataTypeID, dataTypeModifier }, i) => {
      const nativeType = native[i]?.[0] ?? '';
      const type = logicalType(dataTypeID, dataTypeModifier, types);
      if (type === null) throw unmapped(name, nativeType);
      return { name, nativeType, nullable: true, type };
    });
  });
}

function invalid(message: string): AppError {
  return appError('SOURCE/QUERY_INVALID', { message, remedy: 'Give each output column a name of its own with AS.' });
}

function unmapped(column: string, nativeType: string): AppError {
  return appError('SOURCE/TYPE_UNMAPPED', {
    message: `The column ${column} is of the type ${nativeType}, which Waybill cannot carry exactly.`,
    remedy: 'Cast the column to text in the query, or leave it out.',
    context: { column, nativeType },
  });
}
