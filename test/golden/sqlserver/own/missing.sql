select count(*), coalesce(sum(case when has_perms_by_name(quotename(s.name) + N'.' + quotename(o.name), N'OBJECT', N'SELECT') = 1
  then 0 else 1 end), 0),
  case when has_perms_by_name(null, null, N'VIEW SERVER STATE') = 1
    or has_perms_by_name(null, null, N'VIEW SERVER PERFORMANCE STATE') = 1
    or (serverproperty('EngineEdition') = 5 and has_perms_by_name(quotename(db_name()), N'DATABASE', N'VIEW DATABASE STATE') = 1)
    then 1 else 0 end
from sys.objects o join sys.schemas s on s.schema_id = o.schema_id
where o.type in ('U', 'V') and o.is_ms_shipped = 0
