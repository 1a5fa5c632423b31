select k.owner, k.table_name, k.constraint_name, k.search_condition_vc,
  case when k.status = 'ENABLED' and k.validated = 'VALIDATED' then 1 else 0 end, c.column_name
from all_constraints k
join all_cons_columns c on c.owner = k.owner and c.constraint_name = k.constraint_name and c.table_name = k.table_name
where k.constraint_type = 'C' and k.owner in (select username from all_users where oracle_maintained = 'N') and k.owner = :p1
order by k.owner, k.table_name, k.constraint_name, c.column_name
