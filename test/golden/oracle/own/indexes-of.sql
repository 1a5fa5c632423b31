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
  and i.table_owner in (select username from all_users where oracle_maintained = 'N') and i.table_owner = :p1
order by i.table_owner, i.table_name, i.index_name, c.column_position
