select f.parent_object_id, f.name, c.name, r.name, t.name, d.name
from sys.foreign_keys f
join sys.foreign_key_columns k on k.constraint_object_id = f.object_id
join sys.columns c on c.object_id = k.parent_object_id and c.column_id = k.parent_column_id
join sys.objects t on t.object_id = k.referenced_object_id
join sys.schemas r on r.schema_id = t.schema_id
join sys.columns d on d.object_id = k.referenced_object_id and d.column_id = k.referenced_column_id
join sys.schemas s on s.schema_id = f.schema_id
where s.name not in (N'sys', N'INFORMATION_SCHEMA', N'guest') and s.schema_id < 16384
order by f.parent_object_id, f.name, k.constraint_column_id
