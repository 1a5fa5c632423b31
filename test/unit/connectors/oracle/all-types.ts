import { logicalType } from '../../../../src-main/connectors/oracle/types.ts';
import type { ReadColumn } from '../../../../src-shared/model/table-read.ts';

export function column(name: string, nativeType: string): ReadColumn {
  const type = logicalType(nativeType);
  if (type === null) throw new Error(nativeType);
  return { name, nativeType, nullable: true, type };
}

/** A column of every type that can be carried. */
export const EVERY_TYPE: readonly ReadColumn[] = [
  ...['NUMBER', 'NUMBER(9)', 'NUMBER(18)', 'NUMBER(38)', 'NUMBER(10,2)', 'NUMBER(3,-2)', 'NUMBER(*,0)', 'FLOAT(126)'],
  ...['BINARY_FLOAT', 'BINARY_DOUBLE', 'DATE', 'TIMESTAMP(9)', 'TIMESTAMP(0)', 'TIMESTAMP(6) WITH TIME ZONE'],
  ...['TIMESTAMP(3) WITH LOCAL TIME ZONE', 'INTERVAL YEAR(2) TO MONTH', 'INTERVAL DAY(2) TO SECOND(6)'],
  ...['CHAR(10 BYTE)', 'VARCHAR2(40 CHAR)', 'NCHAR(10)', 'NVARCHAR2(40)', 'CLOB', 'NCLOB', 'LONG', 'RAW(16)', 'BLOB'],
  ...['LONG RAW', 'ROWID', 'UROWID(4000)', 'XMLTYPE', 'JSON', 'BOOLEAN', 'VECTOR'],
].map((type) => column(type.replace(/\W+/g, '_').replace(/_$/, ''), type));
