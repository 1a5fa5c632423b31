select 'view' from all_views where owner = :p1 and view_name = :p2
union all
select 'external' from all_external_tables where owner = :p1 and table_name = :p2
