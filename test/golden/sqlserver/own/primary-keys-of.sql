select k.parent_object_id, c.name
from sys.key_constraints k
join sys.index_columns i on i.object_id = k.parent_object_id and i.index_id = k.unique_index_id
join sys.columns c on c.object_id = i.object_id and c.column_id = i.column_id
join sys.schemas s on s.schema_id = k.schema_id
where k.type = 'PK' and i.key_ordinal > 0 and s.name not in (N'sys', N'INFORMATION_SCHEMA', N'guest') and s.schema_id < 16384 and s.name = N'name space'
order by k.parent_object_id, i.key_ordinal
