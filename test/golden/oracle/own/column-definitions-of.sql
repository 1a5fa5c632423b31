select c.owner, c.table_name, c.column_name, c.data_default, c.virtual_column, i.generation_type, c.collation, m.comments
from all_tab_cols c
left join all_tab_identity_cols i on i.owner = c.owner and i.table_name = c.table_name and i.column_name = c.column_name
left join all_col_comments m on m.owner = c.owner and m.table_name = c.table_name and m.column_name = c.column_name
where c.hidden_column = 'NO' and c.owner in (select username from all_users where oracle_maintained = 'N') and c.owner = :p1
