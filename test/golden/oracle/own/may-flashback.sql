select case
  when exists (select 1 from all_policies where object_owner = :p1 and object_name = :p2 and sel = 'YES' and enable = 'YES') then 0
  when :p1 = user then 1
  when exists (select 1 from session_privs where privilege = 'FLASHBACK ANY TABLE') then 1
  when exists (select 1 from all_tab_privs where table_schema = :p1 and table_name = :p2 and privilege = 'FLASHBACK'
    and (grantee in (user, 'PUBLIC') or grantee in (select role from session_roles))) then 1
  else 0 end
from dual
