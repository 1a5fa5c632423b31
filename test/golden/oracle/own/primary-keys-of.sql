select k.owner, k.table_name, c.column_name
from all_constraints k
join all_cons_columns c on c.owner = k.owner and c.constraint_name = k.constraint_name and c.table_name = k.table_name
where k.constraint_type = 'P' and k.owner in (select username from all_users where oracle_maintained = 'N') and k.owner = :p1
order by k.owner, k.table_name, c.position
