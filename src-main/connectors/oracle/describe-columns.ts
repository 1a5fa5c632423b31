import type { Metadata } from 'oracledb';
import { appError } from '../../../src-shared/errors/app-error.ts';
import type { ReadColumn } from '../../../src-shared/model/table-read.ts';
import type { DescribedQuery } from '../kit/exclusive-session.ts';
import { describedStatement } from './dialect.ts';
import type { Link } from './link.ts';
import { logicalType } from './types.ts';

const BY_BYTES = new Set(['VARCHAR2', 'CHAR', 'RAW']);
const NATIONAL = new Set(['NVARCHAR2', 'NCHAR']);
/** Of a NUMBER without a scale of its own. */
const FLOATING = -127;

/** Output columns of a query as the server describes them, parameters included, without running it. */
export async function describeColumns(
  link: Link,
  { sql, params }: DescribedQuery,
  signal: AbortSignal,
): Promise<readonly ReadColumn[]> {
  const columns = await link.describe(describedStatement(sql, params), signal);
  return columns.map((column) => {
    const { name, nullable } = column;
    const nativeType = describedType(column);
    const type = logicalType(nativeType);
    if (type === null) throw unmapped(name, nativeType);
    return { name, nativeType, nullable: nullable !== false, type };
  });
}

/** The native type of a described column. Lengths are bytes there, whatever a table declared. */
export function describedType({ dbTypeName, dbTypeClass, byteSize, precision, scale }: Metadata<object>): string {
  const name = (dbTypeName ?? '').toUpperCase();
  if (dbTypeClass !== undefined && name !== 'XMLTYPE') return `object ${dbTypeName ?? ''}`;
  if (BY_BYTES.has(name)) return name === 'RAW' ? `RAW(${byteSize ?? 1})` : `${name}(${byteSize ?? 1} BYTE)`;
  if (NATIONAL.has(name)) return byteSize === undefined ? `${name}(2000)` : `${name}(${byteSize})`;
  if (name === 'NUMBER') return numberName(precision ?? 0, scale ?? FLOATING);
  const digits = /^TIMESTAMP(.*)$/.exec(name);
  if (digits !== null) return `TIMESTAMP(${precision ?? 6})${digits[1] ?? ''}`;
  return name === 'LONG NVARCHAR' ? 'LONG' : name;
}

function numberName(precision: number, scale: number): string {
  if (precision === 0) return 'NUMBER';
  if (scale === FLOATING) return `FLOAT(${precision})`;
  return scale === 0 ? `NUMBER(${precision})` : `NUMBER(${precision},${scale})`;
}

function unmapped(column: string, type: string): Error {
  return appError('SOURCE/TYPE_UNMAPPED', {
    message: `The type ${type} of the column ${column} is not one that can be carried exactly.`,
    remedy: 'Convert the column to another type in the query, or leave it out.',
    context: { column, type },
  });
}
