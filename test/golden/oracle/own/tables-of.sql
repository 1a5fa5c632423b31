select t.owner, t.table_name,
  case when m.mview_name is not null then 'materialized view' when x.table_name is not null then 'foreign table'
    when t.partitioned = 'YES' then 'partitioned table' else 'table' end,
  t.num_rows, t.num_rows * t.avg_row_len, case when t.temporary = 'Y' then 1 else 0 end, (select count(*) from all_policies y
    where y.object_owner = t.owner and y.object_name = t.table_name and y.sel = 'YES' and y.enable = 'YES')
from all_tables t
left join all_mviews m on m.owner = t.owner and m.mview_name = t.table_name
left join all_external_tables x on x.owner = t.owner and x.table_name = t.table_name
where t.nested = 'NO' and t.secondary = 'N' and t.dropped = 'NO' and (t.iot_type is null or t.iot_type = 'IOT')
  and t.owner in (select username from all_users where oracle_maintained = 'N') and t.owner = :p1
union all
select v.owner, v.view_name, 'view', null, null, 0, (select count(*) from all_policies y
    where y.object_owner = v.owner and y.object_name = v.view_name and y.sel = 'YES' and y.enable = 'YES')
from all_views v
where v.owner in (select username from all_users where oracle_maintained = 'N') and v.owner = :p1
