select owner, table_name, comments from all_tab_comments where comments is not null and owner in (select username from all_users where oracle_maintained = 'N') and owner = :p1
