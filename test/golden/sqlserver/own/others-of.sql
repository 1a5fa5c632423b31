select s.name, o.name, N'trigger ' + t.name
from sys.triggers t join sys.objects o on o.object_id = t.parent_id join sys.schemas s on s.schema_id = o.schema_id
where s.name not in (N'sys', N'INFORMATION_SCHEMA', N'guest') and s.schema_id < 16384 and s.name = N'name space'
union all
select s.name, o.name, N'partitioned by ' + p.name + N' (' + c.name + N')'
from sys.indexes i join sys.partition_schemes p on p.data_space_id = i.data_space_id
join sys.index_columns k on k.object_id = i.object_id and k.index_id = i.index_id and k.partition_ordinal > 0
join sys.columns c on c.object_id = k.object_id and c.column_id = k.column_id
join sys.objects o on o.object_id = i.object_id join sys.schemas s on s.schema_id = o.schema_id
where i.index_id < 2 and s.name not in (N'sys', N'INFORMATION_SCHEMA', N'guest') and s.schema_id < 16384 and s.name = N'name space'
union all
select s.name, o.name, N'versions of its rows in ' + y.name + N'.' + h.name
from sys.tables o join sys.schemas s on s.schema_id = o.schema_id
join sys.tables h on h.object_id = o.history_table_id join sys.schemas y on y.schema_id = h.schema_id
where s.name not in (N'sys', N'INFORMATION_SCHEMA', N'guest') and s.schema_id < 16384 and s.name = N'name space'
