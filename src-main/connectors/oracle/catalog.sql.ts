/**
 * Statements over the views of the data dictionary. What a login may not see, these views leave out.
 * https://docs.oracle.com/en/database/oracle/oracle-database/23/refrn/static-data-dictionary-views.html
 */

/** A statement for all schemas that are not the product's own, and for one of them, whose name is `:p1`. */
export interface Scoped {
  readonly all: string;
  readonly one: string;
}

export function scoped(statement: (within: (owner: string) => string) => string): Scoped {
  const own = (owner: string): string => `${owner} in (select username from all_users where oracle_maintained = 'N')`;
  return {
    all: statement(own),
    one: statement((owner) => `${own(owner)} and ${owner} = :p1`),
  };
}

export const FACTS_SQL = `
select sys_context('USERENV', 'SESSION_USER'), sys_context('USERENV', 'DB_NAME'), sys_context('USERENV', 'CON_NAME'),
  sys_context('USERENV', 'DATABASE_ROLE'), sys_context('USERENV', 'NETWORK_PROTOCOL')
from dual`;

/** Schemas with something to read, and the login's own. */
export const NAMESPACES = scoped(
  (within) => `
select username from all_users
where (username = user or username in (select owner from all_tables) or username in (select owner from all_views))
  and ${within('username')}`,
);

/**
 * Tables, views and materialised views, each once: partitions are parts of their table. Neither nested tables nor the
 * segments behind an index-organised table can be read by their names.
 */
export const TABLES = scoped(
  (within) => `
select t.owner, t.table_name,
  case when m.mview_name is not null then 'materialized view' when x.table_name is not null then 'foreign table'
    when t.partitioned = 'YES' then 'partitioned table' else 'table' end,
  t.num_rows, t.num_rows * t.avg_row_len, case when t.temporary = 'Y' then 1 else 0 end, ${policies('t.owner', 't.table_name')}
from all_tables t
left join all_mviews m on m.owner = t.owner and m.mview_name = t.table_name
left join all_external_tables x on x.owner = t.owner and x.table_name = t.table_name
where t.nested = 'NO' and t.secondary = 'N' and t.dropped = 'NO' and (t.iot_type is null or t.iot_type = 'IOT')
  and ${within('t.owner')}
union all
select v.owner, v.view_name, 'view', null, null, 0, ${policies('v.owner', 'v.view_name')}
from all_views v
where ${within('v.owner')}`,
);

function policies(owner: string, name: string): string {
  return `(select count(*) from all_policies y
    where y.object_owner = ${owner} and y.object_name = ${name} and y.sel = 'YES' and y.enable = 'YES')`;
}

const COLUMN = `c.column_name, c.data_type, c.data_type_owner, c.data_length, c.data_precision, c.data_scale, c.char_length,
  c.char_used, case when c.nullable = 'Y' then 1 else 0 end,
  case when c.virtual_column = 'YES' or c.identity_column = 'YES' then 1 else 0 end`;

/** Without hidden and invisible columns, which `select *` leaves out too. */
export const COLUMNS = scoped(
  (within) => `
select c.owner, c.table_name, ${COLUMN}
from all_tab_cols c
where c.hidden_column = 'NO' and ${within('c.owner')}
order by c.owner, c.table_name, c.column_id`,
);

/** The columns of the one table `:p1`.`:p2` as they are now. */
export const TABLE_COLUMNS_SQL = `
select c.owner, c.table_name, ${COLUMN}
from all_tab_cols c
where c.hidden_column = 'NO' and c.owner = :p1 and c.table_name = :p2
order by c.column_id`;

export const PRIMARY_KEYS = scoped(
  (within) => `
select k.owner, k.table_name, c.column_name
from all_constraints k
join all_cons_columns c on c.owner = k.owner and c.constraint_name = k.constraint_name and c.table_name = k.table_name
where k.constraint_type = 'P' and ${within('k.owner')}
order by k.owner, k.table_name, c.position`,
);

export const FOREIGN_KEYS = scoped(
  (within) => `
select k.owner, k.table_name, k.constraint_name, c.column_name, r.owner, r.table_name, r.column_name
from all_constraints k
join all_cons_columns c on c.owner = k.owner and c.constraint_name = k.constraint_name and c.table_name = k.table_name
join all_cons_columns r on r.owner = k.r_owner and r.constraint_name = k.r_constraint_name and r.position = c.position
where k.constraint_type = 'R' and ${within('k.owner')}
order by k.owner, k.table_name, k.constraint_name, c.position`,
);

/** What kind of table `:p1`.`:p2` is, as far as it can be held: a row for each that fits. */
export const TABLE_KIND_SQL = `
select 'view' from all_views where owner = :p1 and view_name = :p2
union all
select 'external' from all_external_tables where owner = :p1 and table_name = :p2`;

/** The moment that is now; it needs the right to run the package, which not every login has. */
export const SCN_SQL = `
select to_char(dbms_flashback.get_system_change_number, 'TM9') from dual`;

/** The same for who may see the instance. */
export const SCN_FOR_ADMINS_SQL = `
select to_char(current_scn, 'TM9') from v$database`;

/**
 * Whether this login may read the table `:p1`.`:p2` as it was at another moment. What a policy lets it see depends on other
 * tables, of which no moment is told.
 */
export const MAY_FLASHBACK_SQL = `
select case
  when exists (select 1 from all_policies where object_owner = :p1 and object_name = :p2 and sel = 'YES' and enable = 'YES') then 0
  when :p1 = user then 1
  when exists (select 1 from session_privs where privilege = 'FLASHBACK ANY TABLE') then 1
  when exists (select 1 from all_tab_privs where table_schema = :p1 and table_name = :p2 and privilege = 'FLASHBACK'
    and (grantee in (user, 'PUBLIC') or grantee in (select role from session_roles))) then 1
  else 0 end
from dual`;

export const MOMENT_SQL = `
select to_char(sys_extract_utc(systimestamp), 'YYYY-MM-DD"T"HH24:MI:SS.FF6') from dual`;

/**
 * Rights by which this session could write: of the login as a whole, then table by table, then by code that runs with the
 * rights of its owner. What belongs to the product itself is not counted, for every login has it.
 */
export const WRITE_RIGHTS_SQL = `
select count(*) from (
  select 1 as "one" from session_privs where privilege not in (${[
    ...['CREATE SESSION', 'ALTER SESSION', 'RESTRICTED SESSION', 'SET CONTAINER', 'SELECT ANY TABLE', 'READ ANY TABLE'],
    ...[
      'SELECT ANY DICTIONARY',
      'SELECT ANY SEQUENCE',
      'SELECT ANY TRANSACTION',
      'FLASHBACK ANY TABLE',
      'LOCK ANY TABLE',
    ],
    ...[
      'EXEMPT ACCESS POLICY',
      'EXEMPT REDACTION POLICY',
      'UNLIMITED TABLESPACE',
      'QUERY REWRITE',
      'GLOBAL QUERY REWRITE',
    ],
  ]
    .map((right) => `'${right}'`)
    .join(', ')})
  union all
  select 1 from user_objects where object_type in ('TABLE', 'VIEW', 'PROCEDURE', 'FUNCTION', 'PACKAGE', 'TYPE')
  union all
  select 1 from all_tab_privs p
  where p.privilege in ('INSERT', 'UPDATE', 'DELETE', 'ALTER', 'INDEX', 'EXECUTE', 'DEBUG', 'ON COMMIT REFRESH')
    and (p.grantee in (user, 'PUBLIC') or p.grantee in (select role from session_roles))
    and p.table_schema in (select username from all_users where oracle_maintained = 'N')
)`;

/** How many tables and views of others and its own the login can see, which is to say read. */
export const READABLE_SQL = `
select (select count(*) from all_tables where owner in (select username from all_users where oracle_maintained = 'N'))
  + (select count(*) from all_views where owner in (select username from all_users where oracle_maintained = 'N'))
from dual`;

/** Its number, and the one under which it is audited: the first may be another's later, the two together may not. */
export const OWN_NUMBER_SQL = `
select sys_context('USERENV', 'SID') || ':' || sys_context('USERENV', 'SESSIONID') from dual`;

/** How sessions with the numbers in a list are doing. Between two fetches a session is not active. */
export const LOADS_SQL = `
select s.sid || ':' || s.audsid,
  case when s.status = 'ACTIVE'
    then coalesce((sysdate - s.sql_exec_start) * 86400000, s.last_call_et * 1000) end,
  case when s.state = 'WAITING' then s.wait_class end,
  case when s.state = 'WAITING' then s.event end,
  case when s.state = 'WAITING' then s.wait_time_micro / 1000 end,
  case when s.state = 'WAITING' and s.blocking_session_status = 'VALID' then s.blocking_session end
from sys.v_$session s
where instr(:p1, ',' || s.sid || ':' || s.audsid || ',') > 0`;
