/** Statements over pg_catalog, run with `search_path = pg_catalog`. https://www.postgresql.org/docs/current/catalogs.html */

/** Schemas that are the server's own: every name that begins with pg_ is reserved. */
const NOT_SYSTEM = `n.nspname <> 'information_schema' and n.nspname !~ '^pg_'`;

export const NAMESPACES_SQL = `
select n.nspname
from pg_namespace n
where ${NOT_SYSTEM} and ($1::text is null or n.nspname = $1)`;

/** Leaf partitions are hidden; a partitioned table has the sums of its leaves. -1 rows: never analysed. */
export const TABLES_SQL = `
with recursive leaves (root, oid) as (
  select c.oid, c.oid from pg_class c where c.relkind = 'p' and not c.relispartition
  union all
  select l.root, i.inhrelid from leaves l join pg_inherits i on i.inhparent = l.oid
), sums as (
  select l.root, sum(c.reltuples::numeric) filter (where c.reltuples >= 0) as rows,
    bool_or(c.reltuples < 0) as partial, sum(c.relpages::numeric) as pages
  from leaves l join pg_class c on c.oid = l.oid where c.relkind in ('r', 'f') group by l.root
)
select c.oid, n.nspname, c.relname, c.relkind,
  case when c.relkind in ('v', 'f') and c.reltuples <= 0 then null
    when c.relkind = 'p' then case when s.partial then null else round(s.rows) end
    when c.reltuples < 0 or (c.reltuples = 0 and c.relpages = 0) then null
    else round(c.reltuples::numeric) end,
  case when c.relkind in ('v', 'f') then null
    else coalesce(s.pages, c.relpages) * current_setting('block_size')::numeric end,
  row_security_active(c.oid),
  has_table_privilege(c.oid, 'select') or has_any_column_privilege(c.oid, 'select')
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
left join sums s on s.root = c.oid
where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
  and ${NOT_SYSTEM} and ($1::text is null or n.nspname = $1)`;

/** Tables that inherit from another one, and by way of others; parts of partitioned tables are no tables of their own. */
export const HEIRS_SQL = `
with recursive heirs (root, oid) as (
  select i.inhparent, i.inhrelid from pg_inherits i join pg_class c on c.oid = i.inhrelid where not c.relispartition
  union
  select h.root, i.inhrelid from heirs h join pg_inherits i on i.inhparent = h.oid
)
select h.root, hn.nspname, hc.relname
from heirs h
join pg_class c on c.oid = h.root
join pg_namespace n on n.oid = c.relnamespace
join pg_class hc on hc.oid = h.oid
join pg_namespace hn on hn.oid = hc.relnamespace
where c.relkind in ('r', 'f') and hc.relkind in ('r', 'f') and ${NOT_SYSTEM} and ($1::text is null or n.nspname = $1)
order by h.root, hn.nspname, hc.relname`;

export const COLUMNS_SQL = `
select a.attrelid, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
  a.attidentity <> '' or a.attgenerated <> '', a.atttypid, a.atttypmod
from pg_attribute a
join pg_class c on c.oid = a.attrelid
join pg_namespace n on n.oid = c.relnamespace
where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
  and ${NOT_SYSTEM} and ($1::text is null or n.nspname = $1)
order by a.attrelid, a.attnum`;

/** Keys with their columns by number, in key order. */
export const KEYS_SQL = `
select k.conrelid, k.contype, k.conname, array_to_string(k.conkey, ','),
  rn.nspname, r.relname,
  (select json_agg(a.attname order by u.place)
   from unnest(k.confkey) with ordinality as u (number, place)
   join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.number)
from pg_constraint k
join pg_class c on c.oid = k.conrelid
join pg_namespace n on n.oid = c.relnamespace
left join pg_class r on r.oid = k.confrelid
left join pg_namespace rn on rn.oid = r.relnamespace
where k.contype in ('p', 'f') and c.relkind in ('r', 'p', 'f') and not c.relispartition
  and ${NOT_SYSTEM} and ($1::text is null or n.nspname = $1)
order by k.conrelid, k.conname`;

/** Types a column can have, but for the rows of tables. */
export const TYPES_SQL = `
select t.oid, t.typname, t.typtype, t.typcategory, t.typelem, t.typbasetype, t.typtypmod
from pg_type t
left join pg_class c on c.oid = t.typrelid
where t.typtype <> 'p' and (t.typtype <> 'c' or c.relkind = 'c')`;

export const FORMAT_TYPES_SQL = `
select format_type(t.oid, t.modifier)
from unnest($1::oid[], $2::int4[]) with ordinality as t (oid, modifier, place)
order by t.place`;

/** Columns of named tables, for the comparison with a plan. */
export const TABLE_COLUMNS_SQL = `
select t.place, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull
from unnest($1::text[], $2::text[]) with ordinality as t (namespace, name, place)
join pg_namespace n on n.nspname = t.namespace
join pg_class c on c.relnamespace = n.oid and c.relname = t.name
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped`;

/** Kind and rights of named tables. */
export const TABLE_KINDS_SQL = `
select t.place, c.relkind, has_table_privilege(c.oid, 'select'), has_any_column_privilege(c.oid, 'select'),
  row_security_active(c.oid), exists (
    with recursive parts (oid) as (
      select i.inhrelid from pg_inherits i where i.inhparent = c.oid
      union all
      select i.inhrelid from parts p join pg_inherits i on i.inhparent = p.oid
    ) select from parts p join pg_class f on f.oid = p.oid where f.relkind = 'f')
from unnest($1::text[], $2::text[]) with ordinality as t (namespace, name, place)
join pg_namespace n on n.nspname = t.namespace
join pg_class c on c.relnamespace = n.oid and c.relname = t.name
order by t.place`;

/**
 * What this transaction has locked so far: after EXPLAIN, every relation its statement reads, through views, subqueries,
 * inlined functions and pruned partitions alike. Leaf partitions come with their parents, but those that lie elsewhere.
 */
export const LOCKED_RELATIONS_SQL = `
select distinct n.nspname, c.relname, c.relkind, has_table_privilege(c.oid, 'select'),
  has_any_column_privilege(c.oid, 'select')
from pg_locks l
join pg_class c on c.oid = l.relation
join pg_namespace n on n.oid = c.relnamespace
where l.pid = pg_backend_pid() and l.locktype = 'relation' and c.relkind in ('r', 'p', 'v', 'm', 'f')
  and (not c.relispartition or c.relkind = 'f') and ${NOT_SYSTEM}
order by n.nspname, c.relname`;

/** Functions the operator's words or the views they use may call that could read other tables. */
export const OWN_FUNCTIONS_SQL = `
select distinct p.proname
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
join pg_language l on l.oid = p.prolang
where ${NOT_SYSTEM} and l.lanname not in ('internal', 'c') and lower(p.proname) = any ($1::text[])
order by p.proname`;

export const FACTS_SQL = `
select current_setting('server_version'), current_user::text, current_database()::text, current_setting('transaction_read_only')`;

/** Tables per schema that the login may see but not read, and schemas it may not enter. */
export const MISSING_SQL = `
select n.nspname, has_schema_privilege(n.oid, 'usage'), count(c.oid)::text,
  count(c.oid) filter (where not (has_table_privilege(c.oid, 'select') or has_any_column_privilege(c.oid, 'select')))::text
from pg_namespace n
join pg_class c on c.relnamespace = n.oid and c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
where ${NOT_SYSTEM}
group by n.nspname, n.oid
order by n.nspname`;
