select owner, table_name, constraint_name, delete_rule,
  case when status = 'ENABLED' and validated = 'VALIDATED' then 1 else 0 end, deferrable
from all_constraints where constraint_type = 'R' and owner in (select username from all_users where oracle_maintained = 'N') and owner = :p1
