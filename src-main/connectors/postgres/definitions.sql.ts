/** How tables are made: statements over pg_catalog, run with `search_path = pg_catalog`, one for all tables each. */

const OWN = `n.nspname <> 'information_schema' and n.nspname !~ '^pg_' and ($1::text is null or n.nspname = $1)`;
const TABLES = `pg_class c join pg_namespace n on n.oid = c.relnamespace`;
const IS_TABLE = `c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition and ${OWN}`;

/**
 * What is beyond type and name of a column. An expression is this database's own where it depends on a function, an
 * operator or a type that did not come with the server: only those have a line in pg_depend.
 */
export const COLUMN_DEFINITIONS_SQL = `
select n.nspname, c.relname, a.attname, pg_get_expr(d.adbin, d.adrelid), to_jsonb(a) ->> 'attgenerated', a.attidentity,
  not exists (select from pg_depend p where p.classid = 'pg_attrdef'::regclass and p.objid = d.oid
    and p.refclassid in ('pg_proc'::regclass, 'pg_operator'::regclass, 'pg_type'::regclass, 'pg_collation'::regclass)),
  exists (select from pg_depend p join pg_class s on s.oid = p.objid and s.relkind = 'S'
    where p.classid = 'pg_class'::regclass and p.refclassid = 'pg_class'::regclass and p.refobjid = c.oid
      and p.refobjsubid = a.attnum and p.deptype = 'a'),
  r.description, ln.nspname, l.collname
from ${TABLES}
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_type t on t.oid = a.atttypid
left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
left join pg_description r on r.classoid = 'pg_class'::regclass and r.objoid = c.oid and r.objsubid = a.attnum
left join pg_collation l on l.oid = a.attcollation and a.attcollation <> t.typcollation
left join pg_namespace ln on ln.oid = l.collnamespace
where ${IS_TABLE}
  and (d.oid is not null or a.attidentity <> '' or r.description is not null or l.oid is not null)`;

export const TABLE_COMMENTS_SQL = `
select n.nspname, c.relname, r.description
from ${TABLES}
join pg_description r on r.classoid = 'pg_class'::regclass and r.objoid = c.oid and r.objsubid = 0
where ${IS_TABLE}`;

/** Every index but those of primary keys and of constraints that say it all; \`simple\`: its columns and its method say it all. */
export const INDEXES_SQL = `
select n.nspname, c.relname, ic.relname, i.indisunique, m.amname,
  i.indpred is null and i.indexprs is null and i.indnkeyatts = i.indnatts
    and coalesce(to_jsonb(i) ->> 'indnullsnotdistinct', 'false') = 'false'
    and not exists (select from unnest(i.indclass::oid[]) u (oid) join pg_opclass o on o.oid = u.oid where not o.opcdefault)
    and not exists (select from unnest(i.indoption::int2[]) u (way) where u.way not in (0, 3))
    and not exists (select from unnest(i.indcollation::oid[], i.indkey::int2[]) u (rule, number)
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = u.number where u.rule not in (0, a.attcollation)),
  (select json_agg(json_build_array(a.attname, i.indoption[u.place::int - 1] = 3) order by u.place)
   from unnest(i.indkey::int2[]) with ordinality as u (number, place)
   join pg_attribute a on a.attrelid = i.indrelid and a.attnum = u.number),
  pg_get_indexdef(i.indexrelid)
from ${TABLES}
join pg_index i on i.indrelid = c.oid and not i.indisprimary and i.indisvalid
join pg_class ic on ic.oid = i.indexrelid
join pg_am m on m.oid = ic.relam
where ${IS_TABLE} and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype = 'x')
order by n.nspname, c.relname, ic.relname`;

export const KEY_RULES_SQL = `
select n.nspname, c.relname, k.conname, k.confdeltype, k.confupdtype
from ${TABLES}
join pg_constraint k on k.conrelid = c.oid and k.contype = 'f'
where ${IS_TABLE}`;

/**
 * Whether a check holds for every row and can be said elsewhere: it names columns, and depends on nothing that the database
 * has made itself but the types of those.
 */
const IS_CHECK_CARRIED = `(k.convalidated and not 0 = any(coalesce(k.conkey, '{}')) and not exists (select from pg_depend p
  where p.classid = 'pg_constraint'::regclass and p.objid = k.oid
    and (p.refclassid in ('pg_proc'::regclass, 'pg_operator'::regclass, 'pg_collation'::regclass)
      or p.refclassid = 'pg_type'::regclass and p.refobjid not in
        (select a.atttypid from pg_attribute a where a.attrelid = k.conrelid and a.attnum = any(k.conkey)))))`;

export const CHECKS_SQL = `
select n.nspname, c.relname, k.conname, pg_get_constraintdef(k.oid),
  (select json_agg(a.attname order by a.attnum) from pg_attribute a where a.attrelid = c.oid and a.attnum = any(k.conkey))
from ${TABLES} join pg_constraint k on k.conrelid = c.oid and k.contype = 'c'
where ${IS_CHECK_CARRIED} and ${IS_TABLE}
order by n.nspname, c.relname, k.conname`;

/** What only this product can say of a table, in its own words. */
export const OTHERS_SQL = `
select n.nspname, c.relname, 'check ' || quote_ident(k.conname) || ': ' || pg_get_constraintdef(k.oid)
from ${TABLES} join pg_constraint k on k.conrelid = c.oid and k.contype = 'c'
where not ${IS_CHECK_CARRIED} and ${IS_TABLE}
union all
select n.nspname, c.relname, 'trigger ' || quote_ident(t.tgname)
from ${TABLES} join pg_trigger t on t.tgrelid = c.oid and not t.tgisinternal where ${IS_TABLE}
union all
select n.nspname, c.relname, 'partitioned by ' || pg_get_partkeydef(c.oid)
from ${TABLES} where c.relkind = 'p' and ${IS_TABLE}
union all
select n.nspname, c.relname, 'row level security' from ${TABLES} where c.relrowsecurity and ${IS_TABLE}
union all
select n.nspname, c.relname, 'deferrable constraint ' || quote_ident(k.conname) || ', which is checked at once here'
from ${TABLES} join pg_constraint k on k.conrelid = c.oid and k.condeferrable where ${IS_TABLE}
union all
select n.nspname, c.relname, 'match full of ' || quote_ident(k.conname)
from ${TABLES} join pg_constraint k on k.conrelid = c.oid and k.contype = 'f' and k.confmatchtype = 'f' where ${IS_TABLE}
union all
select n.nspname, c.relname, 'inherits from ' || i.inhparent::regclass
from ${TABLES} join pg_inherits i on i.inhrelid = c.oid where ${IS_TABLE}
union all
select n.nspname, c.relname, 'numbers of ' || quote_ident(a.attname) || ' from ' || q.seqmin || ' to ' || q.seqmax
  || ', in steps of ' || q.seqincrement || ', from ' || q.seqstart || ' on' || case when q.seqcycle then ', in a circle' else '' end
from ${TABLES} join pg_depend p on p.refobjid = c.oid and p.refclassid = 'pg_class'::regclass and p.refobjsubid > 0
join pg_attribute a on a.attrelid = c.oid and a.attnum = p.refobjsubid
join pg_sequence q on q.seqrelid = p.objid
where (q.seqincrement <> 1 or q.seqmin <> 1 or q.seqcycle
    or q.seqmax <> case q.seqtypid when 'int2'::regtype then 32767 when 'int4'::regtype then 2147483647 else 9223372036854775807 end)
  and ${IS_TABLE}
union all
select n.nspname, c.relname, 'NOT VALID of ' || quote_ident(k.conname) || ', which holds for all rows here'
from ${TABLES} join pg_constraint k on k.conrelid = c.oid and k.contype = 'f' and not k.convalidated where ${IS_TABLE}
union all
select n.nspname, c.relname, 'the columns that ON DELETE of ' || quote_ident(k.conname) || ' sets: ('
  || (select string_agg(quote_ident(a.attname), ', ' order by u.place)
      from jsonb_array_elements_text(to_jsonb(k) -> 'confdelsetcols') with ordinality as u (number, place)
      join pg_attribute a on a.attrelid = c.oid and a.attnum = u.number::int2) || '), not all of the key'
from ${TABLES} join pg_constraint k on k.conrelid = c.oid and k.contype = 'f'
where jsonb_typeof(to_jsonb(k) -> 'confdelsetcols') = 'array' and ${IS_TABLE}
union all
select n.nspname, c.relname, 'constraint ' || quote_ident(k.conname) || ': ' || pg_get_constraintdef(k.oid)
from ${TABLES} join pg_constraint k on k.conrelid = c.oid and k.contype = 'x' where ${IS_TABLE}
union all
select n.nspname, c.relname, 'rule ' || quote_ident(w.rulename)
from ${TABLES} join pg_rewrite w on w.ev_class = c.oid and w.rulename <> '_RETURN' where ${IS_TABLE}
union all
select n.nspname, c.relname, 'statistics ' || quote_ident(e.stxname)
from ${TABLES} join pg_statistic_ext e on e.stxrelid = c.oid where ${IS_TABLE}
union all
select n.nspname, c.relname, 'the comment of the constraint ' || quote_ident(k.conname) || ': ' || r.description
from ${TABLES} join pg_constraint k on k.conrelid = c.oid
join pg_description r on r.classoid = 'pg_constraint'::regclass and r.objoid = k.oid where ${IS_TABLE}
union all
select n.nspname, c.relname, 'the comment of the index ' || quote_ident(ic.relname) || ': ' || r.description
from ${TABLES} join pg_index i on i.indrelid = c.oid join pg_class ic on ic.oid = i.indexrelid
join pg_description r on r.classoid = 'pg_class'::regclass and r.objoid = ic.oid and r.objsubid = 0 where ${IS_TABLE}
union all
select n.nspname, c.relname, 'its being of the type ' || format_type(c.reloftype, null)
from ${TABLES} where c.reloftype <> 0 and ${IS_TABLE}
order by 1, 2, 3`;

export const VIEWS_SQL = `
select n.nspname, c.relname, pg_get_viewdef(c.oid)
from ${TABLES} where c.relkind in ('v', 'm') and ${OWN}
order by 1, 2`;

/** ` COLLATE …` where it is not the type's own and came with the server; else nothing. */
const collates = (collation: string, type: string): string => `coalesce((
    select ' COLLATE ' || quote_ident(ln.nspname) || '.' || quote_ident(l.collname)
    from pg_collation l join pg_namespace ln on ln.oid = l.collnamespace and ln.nspname = 'pg_catalog'
    join pg_type b on b.oid = ${type} and b.typcollation <> l.oid where l.oid = ${collation}), '')`;

/** The same, in words, where it is the database's own. */
const ownOrder = (what: string, collation: string): string => `(
    select ${what} || ' is compared by ' || quote_ident(ln.nspname) || '.' || quote_ident(l.collname)
    from pg_collation l join pg_namespace ln on ln.oid = l.collnamespace and ln.nspname <> 'pg_catalog' where l.oid = ${collation})`;

/** Of functions that the database has made itself, none can be carried. */
const dependsOnOwn = (catalog: string, object: string): string => `exists (select from pg_depend p
    where p.classid = '${catalog}'::regclass and p.objid = ${object} and p.deptype = 'n'
      and p.refclassid in ('pg_proc'::regclass, 'pg_operator'::regclass, 'pg_class'::regclass))`;

const OWN_CHECK = dependsOnOwn('pg_constraint', 'k.oid');
const OWN_DEFAULT = dependsOnOwn('pg_type', 't.oid');
const ATTRIBUTES = 'pg_attribute a where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped';

/** What none of the statements can say of a type, as JSON. */
const LEFT_OF_TYPE = `(select json_agg(w.words order by w.words) from (
    select 'check ' || quote_ident(k.conname) || ': ' || pg_get_constraintdef(k.oid) as words
    from pg_constraint k where k.contypid = t.oid and k.contype = 'c' and ${OWN_CHECK}
    union all select 'default ' || t.typdefault where t.typtype = 'd' and t.typdefault is not null and ${OWN_DEFAULT}
    union all select ${ownOrder("'it'", 't.typcollation')} where t.typtype = 'd'
    union all select ${ownOrder('quote_ident(a.attname)', 'a.attcollation')} from ${ATTRIBUTES}
    union all select ${ownOrder("'it'", 'g.rngcollation')} from pg_range g where g.rngtypid = t.oid
    union all select 'the canonical form of its values: ' || g.rngcanonical from pg_range g where g.rngtypid = t.oid and g.rngcanonical <> 0
    union all select 'the difference of its values: ' || g.rngsubdiff from pg_range g join pg_proc f on f.oid = g.rngsubdiff
      join pg_namespace fn on fn.oid = f.pronamespace and fn.nspname <> 'pg_catalog' where g.rngtypid = t.oid
    union all select 'the order of its values: ' || quote_ident(o.opcname) from pg_range g
      join pg_opclass o on o.oid = g.rngsubopc and not o.opcdefault where g.rngtypid = t.oid
  ) w where w.words is not null)`;

/** Types the database has made itself or has from an extension. A domain over an array is of the category of arrays, and is none. */
export const OWN_TYPES_SQL = `
select t.oid, format_type(t.oid, null), n.nspname, t.typname, t.typtype, e.extname,
  (select json_agg(v.enumlabel order by v.enumsortorder) from pg_enum v where v.enumtypid = t.oid),
  (select json_agg(json_build_array(quote_ident(a.attname),
     format_type(a.atttypid, a.atttypmod) || ${collates('a.attcollation', 'a.atttypid')}, a.atttypid)
     order by a.attnum) from ${ATTRIBUTES}),
  format_type(t.typbasetype, t.typtypmod) || ${collates('t.typcollation', 't.typbasetype')}
    || case when t.typtype = 'd' and t.typdefault is not null and not ${OWN_DEFAULT} then ' DEFAULT ' || t.typdefault else '' end,
  t.typbasetype, t.typnotnull,
  (select json_agg('CONSTRAINT ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid) order by k.conname)
   from pg_constraint k where k.contypid = t.oid and k.contype = 'c' and not ${OWN_CHECK}),
  (select json_build_array(format_type(g.rngsubtype, null), g.rngsubtype,
     format_type((to_jsonb(g) ->> 'rngmultitypid')::oid, null),
     nullif(replace(${collates('g.rngcollation', 'g.rngsubtype')}, ' COLLATE ', 'collation = '), ''),
     (select 'subtype_diff = ' || quote_ident(fn.nspname) || '.' || quote_ident(f.proname) from pg_proc f
      join pg_namespace fn on fn.oid = f.pronamespace and fn.nspname = 'pg_catalog' where f.oid = g.rngsubdiff))
   from pg_range g where g.rngtypid = t.oid),
  ${LEFT_OF_TYPE}
from pg_type t
join pg_namespace n on n.oid = t.typnamespace
left join pg_depend d on d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e'
left join pg_extension e on e.oid = d.refobjid
where (t.typtype in ('e', 'd', 'r') or e.oid is not null
    or t.typtype = 'c' and exists (select from pg_class c where c.oid = t.typrelid and c.relkind = 'c'))
  and (t.typcategory <> 'A' or t.typtype = 'd') and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'`;

/** Array and element types by number. */
export const ELEMENTS_SQL = `select oid, typelem from pg_type where typelem <> 0 and typcategory = 'A'`;

/** Settings on which the text of money depends. */
export const SETTINGS_SQL = `select 'lc_monetary', current_setting('lc_monetary')`;
