select s.name, o.name, i.name, i.is_unique, i.type, i.type_desc,
  case when i.has_filter = 1 then coalesce(i.filter_definition, N'not shown to this login') end, c.name, k.is_descending_key,
  k.is_included_column, i.is_disabled
from sys.indexes i
join sys.objects o on o.object_id = i.object_id
join sys.schemas s on s.schema_id = o.schema_id
join sys.index_columns k on k.object_id = i.object_id and k.index_id = i.index_id
join sys.columns c on c.object_id = k.object_id and c.column_id = k.column_id
where o.type = 'U' and o.is_ms_shipped = 0 and i.is_primary_key = 0 and i.is_hypothetical = 0 and i.type > 0
  and (k.key_ordinal > 0 or k.is_included_column = 1 or i.type not in (1, 2)) and s.name not in (N'sys', N'INFORMATION_SCHEMA', N'guest') and s.schema_id < 16384 and s.name = N'name space'
order by s.name, o.name, i.index_id, k.is_included_column, k.key_ordinal
