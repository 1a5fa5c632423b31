select o.object_id, s.name, o.name, rtrim(o.type), coalesce(t.temporal_type, 0), coalesce(t.is_external, 0),
  coalesce(t.is_memory_optimized, 0),
  case when exists (select 1 from sys.indexes i join sys.partition_schemes p on p.data_space_id = i.data_space_id
    where i.object_id = o.object_id and i.index_id < 2) then 1 else 0 end,
  case when exists (select 1 from sys.security_predicates f join sys.security_policies y on y.object_id = f.object_id
    where f.target_object_id = o.object_id and f.predicate_type = 0 and y.is_enabled = 1) then 1 else 0 end,
  coalesce(has_perms_by_name(quotename(s.name) + N'.' + quotename(o.name), N'OBJECT', N'SELECT'), 0)
from sys.objects o
join sys.schemas s on s.schema_id = o.schema_id
left join sys.tables t on t.object_id = o.object_id
where o.type in ('U', 'V') and o.is_ms_shipped = 0 and s.name not in (N'sys', N'INFORMATION_SCHEMA', N'guest') and s.schema_id < 16384
