select c.owner, c.table_name, c.column_name, c.data_type, c.data_type_owner, c.data_length, c.data_precision, c.data_scale, c.char_length,
  c.char_used, case when c.nullable = 'Y' then 1 else 0 end,
  case when c.virtual_column = 'YES' or c.identity_column = 'YES' then 1 else 0 end
from all_tab_cols c
where c.hidden_column = 'NO' and c.owner in (select username from all_users where oracle_maintained = 'N') and c.owner = :p1
order by c.owner, c.table_name, c.column_id
