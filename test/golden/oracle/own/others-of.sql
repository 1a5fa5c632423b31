select table_owner, table_name, 'trigger ' || trigger_name from all_triggers
where base_object_type = 'TABLE' and table_owner in (select username from all_users where oracle_maintained = 'N') and table_owner = :p1
union all
select p.owner, p.table_name, 'partitioned by ' || p.partitioning_type ||
  (select ' (' || listagg(k.column_name, ', ') within group (order by k.column_position) || ')'
   from all_part_key_columns k where k.owner = p.owner and k.name = p.table_name and k.object_type = 'TABLE')
from all_part_tables p where p.owner in (select username from all_users where oracle_maintained = 'N') and p.owner = :p1
union all
select object_owner, object_name, 'policy ' || policy_name from all_policies where object_owner in (select username from all_users where oracle_maintained = 'N') and object_owner = :p1
