select o.object_id, rtrim(o.type), coalesce(t.is_external, 0), coalesce(t.is_memory_optimized, 0)
from sys.objects o
join sys.schemas s on s.schema_id = o.schema_id
left join sys.tables t on t.object_id = o.object_id
where s.name = N'name space' and o.name = N'name' and o.type in ('U', 'V')
