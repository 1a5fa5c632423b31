/** Statements over information_schema. https://dev.mysql.com/doc/refman/8.4/en/information-schema.html */
import type { TableName } from '../../../src-shared/model/catalog.ts';
import { literal } from './dialect.ts';

const SYSTEM = `('information_schema', 'mysql', 'performance_schema', 'sys', 'ndbinfo')`;

export function within(column: string, namespace: string | null): string {
  const own = `lower(${column}) not in ${SYSTEM}`;
  return namespace === null ? own : `${own} and ${column} = ${literal(namespace)}`;
}

export const namespacesSql = (namespace: string | null): string => `
select schema_name from information_schema.schemata where ${within('schema_name', namespace)}`;

export const tablesSql = (namespace: string | null): string => `
select table_schema, table_name, table_type, engine, table_rows, data_length, create_options
from information_schema.tables where ${within('table_schema', namespace)}`;

export const columnsSql = (namespace: string | null): string => `
select table_schema, table_name, column_name, data_type, column_type, is_nullable, extra, privileges,
  character_maximum_length, numeric_precision, numeric_scale, datetime_precision, generation_expression
from information_schema.columns where ${within('table_schema', namespace)}
order by table_schema, table_name, ordinal_position`;

/** Whether a generation expression is of the column that says until when a row of a versioned table held. */
export const isRowEnd = (expression: string | null | undefined): boolean => /^row end$/i.test(expression ?? '');

/** Primary and foreign keys, column by column in key order. */
export const keysSql = (namespace: string | null): string => `
select table_schema, table_name, constraint_name, column_name,
  referenced_table_schema, referenced_table_name, referenced_column_name
from information_schema.key_column_usage
where (constraint_name = 'PRIMARY' or referenced_table_name is not null) and ${within('table_schema', namespace)}
order by table_schema, table_name, constraint_name, ordinal_position`;

export const tableColumnsSql = ({ namespace, name }: TableName): string => `
select column_name, column_type, is_nullable
from information_schema.columns where table_schema = ${literal(namespace)} and table_name = ${literal(name)}`;

export const tableEngineSql = ({ namespace, name }: TableName): string => `
select table_type, engine
from information_schema.tables where table_schema = ${literal(namespace)} and table_name = ${literal(name)}`;

/** What a statement may reach that is not simply an InnoDB table, with the text it is made of where it is a view or function. */
export const REACHABLE_SQL = `
select t.table_schema, t.table_name, t.engine, v.view_definition
from information_schema.tables t
left join information_schema.views v on v.table_schema = t.table_schema and v.table_name = t.table_name
where lower(t.table_schema) not in ('information_schema', 'performance_schema', 'sys')
  and (t.engine is null or t.engine <> 'InnoDB')
union all
select r.routine_schema, r.routine_name, null, r.routine_definition
from information_schema.routines r
where r.routine_type = 'FUNCTION' and lower(r.routine_schema) not in ('mysql', 'sys')`;

export const VERSION_SQL = 'select version(), current_user(), database()';
