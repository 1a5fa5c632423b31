select c.object_id, c.name, coalesce(b.name, u.name), c.max_length, c.precision, c.scale,
  case when u.is_user_defined = 1 then y.name + N'.' + u.name end,
  case when u.is_assembly_type = 1 and u.is_user_defined = 1 then 1 else 0 end, c.is_nullable,
  case when c.is_identity = 1 or c.is_computed = 1 or c.generated_always_type <> 0 then 1 else 0 end,
  case when c.encryption_type is null then 0 else 1 end,
  case when c.is_masked = 1 and coalesce(has_perms_by_name(quotename(s.name) + N'.' + quotename(o.name), N'OBJECT', N'UNMASK'),
    has_perms_by_name(quotename(db_name()), N'DATABASE', N'UNMASK'), 0) = 0 then 1 else 0 end
from sys.columns c
join sys.objects o on o.object_id = c.object_id
join sys.schemas s on s.schema_id = o.schema_id
join sys.types u on u.user_type_id = c.user_type_id
join sys.schemas y on y.schema_id = u.schema_id
left join sys.types b on b.user_type_id = c.system_type_id
where o.type in ('U', 'V') and o.is_ms_shipped = 0 and (c.graph_type is null or c.is_hidden = 0) and s.name not in (N'sys', N'INFORMATION_SCHEMA', N'guest') and s.schema_id < 16384 and s.name = N'name space'
order by c.object_id, c.column_id
