select (select count(*) from all_tables where owner in (select username from all_users where oracle_maintained = 'N'))
  + (select count(*) from all_views where owner in (select username from all_users where oracle_maintained = 'N'))
from dual
