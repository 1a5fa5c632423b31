import { logicalType } from '../../../../src-main/connectors/sqlserver/types.ts';
import type { ReadColumn } from '../../../../src-shared/model/table-read.ts';

export function column(name: string, nativeType: string): ReadColumn {
  const type = logicalType(nativeType);
  if (type === null) throw new Error(nativeType);
  return { name, nativeType, nullable: true, type };
}

/** A column of every type that can be carried. */
export const EVERY_TYPE: readonly ReadColumn[] = [
  ...['bit', 'tinyint', 'smallint', 'int', 'bigint', 'decimal(38,10)', 'numeric(5,0)', 'money', 'smallmoney'],
  ...['real', 'float', 'date', 'time(7)', 'smalldatetime', 'datetime', 'datetime2(7)', 'datetimeoffset(7)'],
  ...['char(10)', 'varchar(40)', 'varchar(8000)', 'varchar(max)', 'text', 'nchar(10)', 'nvarchar(40)'],
  ...['nvarchar(max)', 'ntext', 'xml', 'json', 'uniqueidentifier', 'binary(8)', 'varbinary(40)', 'varbinary(max)'],
  ...['image', 'timestamp', 'hierarchyid', 'geometry', 'geography', 'sql_variant', 'varchar(20) as dbo.phone'],
].map((type) => column(type.replace(/\W+/g, '_').replace(/_$/, ''), type));
