/** How tables are made: statements over information_schema, one for all tables each. */
import { within } from './catalog.sql.ts';

export const columnDefinitionsSql = (namespace: string | null): string => `
select table_schema, table_name, column_name, column_default, extra, generation_expression, column_comment,
  character_set_name, collation_name, data_type
from information_schema.columns where ${within('table_schema', namespace)}`;

export const tableCommentsSql = (namespace: string | null): string => `
select table_schema, table_name, table_comment
from information_schema.tables
where table_comment <> '' and table_type <> 'VIEW' and ${within('table_schema', namespace)}`;

/** The catalog shows a character beyond U+FFFF as a question mark. */
export const wordsSql = (namespace: string | null): string => `
select table_schema, table_name,
  concat('words of ', column_name, ' with characters beyond U+FFFF, if it has any: the server shows a question mark for each, and a row with such a word stops the load')
from information_schema.columns
where data_type in ('enum', 'set') and column_type like '%?%' and ${within('table_schema', namespace)}
order by table_schema, table_name, ordinal_position`;

/** Column by column; an expression has no column. */
export const indexesSql = (namespace: string | null): string => `
select table_schema, table_name, index_name, non_unique, column_name, sub_part, index_type, collation
from information_schema.statistics
where index_name <> 'PRIMARY' and ${within('table_schema', namespace)}
order by table_schema, table_name, index_name, seq_in_index`;

export const keyRulesSql = (namespace: string | null): string => `
select constraint_schema, table_name, constraint_name, delete_rule, update_rule
from information_schema.referential_constraints where ${within('constraint_schema', namespace)}`;

export const triggersSql = (namespace: string | null): string => `
select event_object_schema, event_object_table, concat('trigger ', trigger_name)
from information_schema.triggers where ${within('event_object_schema', namespace)}
order by event_object_schema, event_object_table, trigger_name`;

export const partitionsSql = (namespace: string | null): string => `
select distinct table_schema, table_name,
  concat('partitioned by ', partition_method, ' (', coalesce(partition_expression, ''), ')')
from information_schema.partitions where partition_method is not null and ${within('table_schema', namespace)}`;

export const versionedSql = (namespace: string | null): string => `
select table_schema, table_name, 'system versioning, and the history of its rows'
from information_schema.tables where table_type = 'SYSTEM VERSIONED' and ${within('table_schema', namespace)}`;

/** Old servers have no checks, and one product names the table beside each. */
export const CHECK_COLUMNS_SQL = `
select lower(column_name) from information_schema.columns
where table_schema = 'information_schema' and lower(table_name) = 'check_constraints'`;

export const checksSql = (namespace: string | null, namesTable: boolean): string =>
  namesTable
    ? `
select constraint_schema, table_name, constraint_name, check_clause, level
from information_schema.check_constraints where ${within('constraint_schema', namespace)}`
    : `
select t.table_schema, t.table_name, c.constraint_name, c.check_clause, null
from information_schema.check_constraints c
join information_schema.table_constraints t
  on t.constraint_schema = c.constraint_schema and t.constraint_name = c.constraint_name and t.constraint_type = 'CHECK'
where ${within('t.table_schema', namespace)}`;

export const viewsSql = (namespace: string | null): string => `
select table_schema, table_name, view_definition
from information_schema.views where ${within('table_schema', namespace)}
order by table_schema, table_name`;
