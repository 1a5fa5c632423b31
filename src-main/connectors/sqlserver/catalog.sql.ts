/**
 * Statements over the system views. Names are asked for as nvarchar, so that no code page comes in between. What a login may
 * not see, these views leave out.
 * https://learn.microsoft.com/sql/relational-databases/system-catalog-views/catalog-views-transact-sql
 */
import type { TableName } from '../../../src-shared/model/catalog.ts';
import { literal } from './dialect.ts';

/** The server's own schemas, and those of its fixed roles. */
const OWN_SCHEMA = `s.name not in (N'sys', N'INFORMATION_SCHEMA', N'guest') and s.schema_id < 16384`;

export function within(namespace: string | null): string {
  return namespace === null ? OWN_SCHEMA : `${OWN_SCHEMA} and s.name = ${literal(namespace)}`;
}

export const FACTS_SQL = `
select convert(nvarchar(128), serverproperty('ProductVersion')), convert(int, serverproperty('EngineEdition')),
  original_login(), db_name()`;

export const namespacesSql = (namespace: string | null): string => `
select s.name from sys.schemas s where ${within(namespace)}`;

const IS_FILTERED = `case when exists (select 1 from sys.security_predicates f join sys.security_policies y on y.object_id = f.object_id
    where f.target_object_id = o.object_id and f.predicate_type = 0 and y.is_enabled = 1) then 1 else 0 end`;

/** Tables and views, with what there is to know before they are read. */
export const tablesSql = (namespace: string | null): string => `
select o.object_id, s.name, o.name, rtrim(o.type), coalesce(t.temporal_type, 0), coalesce(t.is_external, 0),
  coalesce(t.is_memory_optimized, 0),
  case when exists (select 1 from sys.indexes i join sys.partition_schemes p on p.data_space_id = i.data_space_id
    where i.object_id = o.object_id and i.index_id < 2) then 1 else 0 end,
  ${IS_FILTERED},
  coalesce(has_perms_by_name(quotename(s.name) + N'.' + quotename(o.name), N'OBJECT', N'SELECT'), 0)
from sys.objects o
join sys.schemas s on s.schema_id = o.schema_id
left join sys.tables t on t.object_id = o.object_id
where o.type in ('U', 'V') and o.is_ms_shipped = 0 and ${within(namespace)}`;

const COLUMN_TYPE = `coalesce(b.name, u.name), c.max_length, c.precision, c.scale,
  case when u.is_user_defined = 1 then y.name + N'.' + u.name end,
  case when u.is_assembly_type = 1 and u.is_user_defined = 1 then 1 else 0 end`;

/** Alias types lead to the type they stand for; types of an assembly stand for themselves. */
const COLUMN_JOINS = `join sys.types u on u.user_type_id = c.user_type_id
join sys.schemas y on y.schema_id = u.schema_id
left join sys.types b on b.user_type_id = c.system_type_id`;

/** Without the hidden columns of graph tables, which cannot be selected by their names. */
export const columnsSql = (namespace: string | null): string => `
select c.object_id, c.name, ${COLUMN_TYPE}, c.is_nullable,
  case when c.is_identity = 1 or c.is_computed = 1 or c.generated_always_type <> 0 then 1 else 0 end,
  case when c.encryption_type is null then 0 else 1 end,
  case when c.is_masked = 1 and ${mayUnmask()} = 0 then 1 else 0 end
from sys.columns c
join sys.objects o on o.object_id = c.object_id
join sys.schemas s on s.schema_id = o.schema_id
${COLUMN_JOINS}
where o.type in ('U', 'V') and o.is_ms_shipped = 0 and (c.graph_type is null or c.is_hidden = 0) and ${within(namespace)}
order by c.object_id, c.column_id`;

/** The right to see what masked columns hold; older servers grant it for a whole database only. */
function mayUnmask(): string {
  return `coalesce(has_perms_by_name(quotename(s.name) + N'.' + quotename(o.name), N'OBJECT', N'UNMASK'),
    has_perms_by_name(quotename(db_name()), N'DATABASE', N'UNMASK'), 0)`;
}

export const primaryKeysSql = (namespace: string | null): string => `
select k.parent_object_id, c.name
from sys.key_constraints k
join sys.index_columns i on i.object_id = k.parent_object_id and i.index_id = k.unique_index_id
join sys.columns c on c.object_id = i.object_id and c.column_id = i.column_id
join sys.schemas s on s.schema_id = k.schema_id
where k.type = 'PK' and i.key_ordinal > 0 and ${within(namespace)}
order by k.parent_object_id, i.key_ordinal`;

export const foreignKeysSql = (namespace: string | null): string => `
select f.parent_object_id, f.name, c.name, r.name, t.name, d.name
from sys.foreign_keys f
join sys.foreign_key_columns k on k.constraint_object_id = f.object_id
join sys.columns c on c.object_id = k.parent_object_id and c.column_id = k.parent_column_id
join sys.objects t on t.object_id = k.referenced_object_id
join sys.schemas r on r.schema_id = t.schema_id
join sys.columns d on d.object_id = k.referenced_object_id and d.column_id = k.referenced_column_id
join sys.schemas s on s.schema_id = f.schema_id
where ${within(namespace)}
order by f.parent_object_id, f.name, k.constraint_column_id`;

/** Rows and bytes of heaps and clustered indexes, all partitions together. */
export const ESTIMATES_SQL = `
select object_id, sum(row_count), sum(used_page_count) * 8192
from sys.dm_db_partition_stats where index_id < 2 group by object_id`;

/** What every login may see: rows alone. */
export const ESTIMATES_FOR_ALL_SQL = `
select object_id, sum(rows), null
from sys.partitions where index_id < 2 group by object_id`;

export const MAY_SEE_STATE_SQL = `
select case when has_perms_by_name(quotename(db_name()), N'DATABASE', N'VIEW DATABASE STATE') = 1
  or has_perms_by_name(quotename(db_name()), N'DATABASE', N'VIEW DATABASE PERFORMANCE STATE') = 1 then 1 else 0 end`;

/** One table's columns as they are now, and what its rows are held by. */
export const tableColumnsSql = ({ namespace, name }: TableName): string => `
select c.name, ${COLUMN_TYPE}, c.is_nullable, case when c.is_masked = 1 and ${mayUnmask()} = 0 then 1 else 0 end
from sys.columns c
join sys.objects o on o.object_id = c.object_id
join sys.schemas s on s.schema_id = o.schema_id
${COLUMN_JOINS}
where s.name = ${literal(namespace)} and o.name = ${literal(name)} and o.type in ('U', 'V')
order by c.column_id`;

export const tableKindSql = ({ namespace, name }: TableName): string => `
select o.object_id, rtrim(o.type), coalesce(t.is_external, 0), coalesce(t.is_memory_optimized, 0), ${IS_FILTERED}
from sys.objects o
join sys.schemas s on s.schema_id = o.schema_id
left join sys.tables t on t.object_id = o.object_id
where s.name = ${literal(namespace)} and o.name = ${literal(name)} and o.type in ('U', 'V')`;

/** Whether this database gives snapshots, and whether anybody can write to it. */
export const SNAPSHOT_STATE_SQL = `
select snapshot_isolation_state, is_read_only from sys.databases where database_id = db_id()`;

/** The moment, and the number of the transaction: outside of one, every statement gets a number of its own. */
export const TRANSACTION_SQL = `
select current_transaction_id(), convert(varchar(33), sysutcdatetime(), 126)`;

/** Locks on tables that this session holds. Seeing them is a right of its own. */
export const HELD_SQL = `
select distinct resource_associated_entity_id
from sys.dm_tran_locks
where request_session_id = @@spid and resource_type = N'OBJECT' and request_status = N'GRANT'
  and resource_database_id = db_id() and request_mode in (N'IS', N'S', N'IX', N'SIX', N'X')`;

/** Tables that this session keeps others from writing to. */
export const STILL_SQL = `
select distinct resource_associated_entity_id
from sys.dm_tran_locks
where request_session_id = @@spid and resource_type = N'OBJECT' and request_status = N'GRANT'
  and resource_database_id = db_id() and request_mode in (N'S', N'SIX', N'X')`;

const SEES_SESSIONS = `case when has_perms_by_name(null, null, N'VIEW SERVER STATE') = 1
    or has_perms_by_name(null, null, N'VIEW SERVER PERFORMANCE STATE') = 1
    or (serverproperty('EngineEdition') = 5 and has_perms_by_name(quotename(db_name()), N'DATABASE', N'VIEW DATABASE STATE') = 1)
    then 1 else 0 end`;

/** Rights to write in this database: of the login as a whole, then table by table. */
export const WRITE_RIGHTS_SQL = `
select count(*) from (
  select 1 as [one] from sys.fn_my_permissions(null, N'SERVER')
  where permission_name in (N'CONTROL SERVER', N'ALTER ANY DATABASE', N'CREATE ANY DATABASE', N'ADMINISTER BULK OPERATIONS')
  union all
  select 1 from sys.fn_my_permissions(null, N'DATABASE')
  where permission_name in (N'INSERT', N'UPDATE', N'DELETE', N'EXECUTE', N'ALTER', N'CONTROL', N'TAKE OWNERSHIP')
    or permission_name like N'CREATE %' or permission_name like N'ALTER ANY %'
  union all
  select 1 from sys.objects o join sys.schemas s on s.schema_id = o.schema_id
  where o.type in ('U', 'V') and o.is_ms_shipped = 0 and 1 in (
    has_perms_by_name(quotename(s.name) + N'.' + quotename(o.name), N'OBJECT', N'INSERT'),
    has_perms_by_name(quotename(s.name) + N'.' + quotename(o.name), N'OBJECT', N'UPDATE'),
    has_perms_by_name(quotename(s.name) + N'.' + quotename(o.name), N'OBJECT', N'DELETE'))
) as [rights]`;

export const UPDATEABILITY_SQL = `
select convert(nvarchar(20), databasepropertyex(db_name(), 'Updateability'))`;

/** Tables of this database that the login may see but not read, and whether it may see its own locks. */
export const MISSING_SQL = `
select count(*), coalesce(sum(case when has_perms_by_name(quotename(s.name) + N'.' + quotename(o.name), N'OBJECT', N'SELECT') = 1
  then 0 else 1 end), 0),
  ${SEES_SESSIONS}
from sys.objects o join sys.schemas s on s.schema_id = o.schema_id
where o.type in ('U', 'V') and o.is_ms_shipped = 0`;

/** Output columns of the statement `@p1` with the parameters `@p2`, which is not run. Its failure is a row, too. */
export const DESCRIBE_SQL = `
select name, system_type_name, is_nullable, user_type_schema, user_type_name, assembly_qualified_type_name, is_hidden,
  error_number, error_message
from sys.dm_exec_describe_first_result_set(@p1, @p2, 0)
order by column_ordinal`;

export const OWN_NUMBER_SQL = `
select @@spid`;

/** Whether the login may see sessions other than the one that asks. */
export const MAY_SEE_SESSIONS_SQL = `
select ${SEES_SESSIONS}`;

/** How sessions with the numbers in a list are doing. A number may be another's by now, but not of this very process. */
export const LOADS_SQL = `
select s.session_id, r.total_elapsed_time, r.wait_type, r.wait_time, r.blocking_session_id
from sys.dm_exec_sessions me
join sys.dm_exec_sessions s on s.login_name = me.login_name and s.program_name = me.program_name
  and coalesce(s.host_process_id, 0) = coalesce(me.host_process_id, 0)
left join sys.dm_exec_requests r on r.session_id = s.session_id
where me.session_id = @@spid and N',' + @p1 + N',' like N'%,' + convert(nvarchar(11), s.session_id) + N',%'`;
