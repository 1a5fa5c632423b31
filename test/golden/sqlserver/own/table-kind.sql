select o.object_id, rtrim(o.type), coalesce(t.is_external, 0), coalesce(t.is_memory_optimized, 0), case when exists (select 1 from sys.security_predicates f join sys.security_policies y on y.object_id = f.object_id
    where f.target_object_id = o.object_id and f.predicate_type = 0 and y.is_enabled = 1) then 1 else 0 end
from sys.objects o
join sys.schemas s on s.schema_id = o.schema_id
left join sys.tables t on t.object_id = o.object_id
where s.name = N'name space' and o.name = N'name' and o.type in ('U', 'V')
