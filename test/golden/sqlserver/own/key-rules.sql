select s.name, o.name, f.name, f.delete_referential_action, f.update_referential_action,
  case when f.is_disabled = 1 or f.is_not_trusted = 1 then 1 else 0 end
from sys.foreign_keys f
join sys.objects o on o.object_id = f.parent_object_id
join sys.schemas s on s.schema_id = o.schema_id
where s.name not in (N'sys', N'INFORMATION_SCHEMA', N'guest') and s.schema_id < 16384
