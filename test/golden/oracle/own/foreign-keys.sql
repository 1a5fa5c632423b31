select k.owner, k.table_name, k.constraint_name, c.column_name, r.owner, r.table_name, r.column_name
from all_constraints k
join all_cons_columns c on c.owner = k.owner and c.constraint_name = k.constraint_name and c.table_name = k.table_name
join all_cons_columns r on r.owner = k.r_owner and r.constraint_name = k.r_constraint_name and r.position = c.position
where k.constraint_type = 'R' and k.owner in (select username from all_users where oracle_maintained = 'N')
order by k.owner, k.table_name, k.constraint_name, c.position
