/** How tables are made: statements over the data dictionary, one for all tables each. The first two columns name the table. */
import { scoped } from './catalog.sql.ts';

/** A default and the expression of a virtual column come as LONG, which nothing but a select list takes. */
export const COLUMN_DEFINITIONS = scoped(
  (within) => `
select c.owner, c.table_name, c.column_name, c.data_default, c.virtual_column, i.generation_type, c.collation, m.comments
from all_tab_cols c
left join all_tab_identity_cols i on i.owner = c.owner and i.table_name = c.table_name and i.column_name = c.column_name
left join all_col_comments m on m.owner = c.owner and m.table_name = c.table_name and m.column_name = c.column_name
where c.hidden_column = 'NO' and ${within('c.owner')}`,
);

export const TABLE_COMMENTS = scoped(
  (within) => `
select owner, table_name, comments from all_tab_comments where comments is not null and ${within('owner')}`,
);

/** Column by column, without those of primary keys and of LOBs; what is not a column is an expression. */
export const INDEXES = scoped(
  (within) => `
select i.table_owner, i.table_name, i.index_name,
  case when i.uniqueness = 'UNIQUE' or exists (select 1 from all_constraints u where u.owner = i.table_owner
    and u.table_name = i.table_name and u.constraint_type = 'U' and u.index_name = i.index_name) then 1 else 0 end,
  i.index_type, c.column_name, c.descend, e.column_expression
from all_indexes i
join all_ind_columns c on c.index_owner = i.owner and c.index_name = i.index_name
left join all_ind_expressions e on e.index_owner = i.owner and e.index_name = i.index_name
  and e.column_position = c.column_position
where i.index_type not in ('LOB', 'IOT - TOP') and not exists (select 1 from all_constraints k where k.owner = i.table_owner
    and k.table_name = i.table_name and k.constraint_type = 'P' and k.index_name = i.index_name)
  and ${within('i.table_owner')}
order by i.table_owner, i.table_name, i.index_name, c.column_position`,
);

/** Foreign keys, and how far they hold. */
export const KEY_RULES = scoped(
  (within) => `
select owner, table_name, constraint_name, delete_rule,
  case when status = 'ENABLED' and validated = 'VALIDATED' then 1 else 0 end, deferrable
from all_constraints where constraint_type = 'R' and ${within('owner')}`,
);

/** With a row for each column that a check names. */
export const CHECKS = scoped(
  (within) => `
select k.owner, k.table_name, k.constraint_name, k.search_condition_vc,
  case when k.status = 'ENABLED' and k.validated = 'VALIDATED' then 1 else 0 end, c.column_name
from all_constraints k
join all_cons_columns c on c.owner = k.owner and c.constraint_name = k.constraint_name and c.table_name = k.table_name
where k.constraint_type = 'C' and ${within('k.owner')}
order by k.owner, k.table_name, k.constraint_name, c.column_name`,
);

/** What only this product has, in words. */
export const OTHERS = scoped(
  (within) => `
select table_owner, table_name, 'trigger ' || trigger_name from all_triggers
where base_object_type = 'TABLE' and ${within('table_owner')}
union all
select p.owner, p.table_name, 'partitioned by ' || p.partitioning_type ||
  (select ' (' || listagg(k.column_name, ', ') within group (order by k.column_position) || ')'
   from all_part_key_columns k where k.owner = p.owner and k.name = p.table_name and k.object_type = 'TABLE')
from all_part_tables p where ${within('p.owner')}
union all
select object_owner, object_name, 'policy ' || policy_name from all_policies where ${within('object_owner')}`,
);

export const VIEWS = scoped(
  (within) => `
select owner, view_name, text from all_views where ${within('owner')} order by owner, view_name`,
);
