select owner, view_name, text from all_views where owner in (select username from all_users where oracle_maintained = 'N') and owner = :p1 order by owner, view_name
