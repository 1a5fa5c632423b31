select s.name, o.name, k.name, coalesce(k.definition, N'not shown to this login'), c.name,
  case when k.is_disabled = 1 or k.is_not_trusted = 1 then 1 else 0 end,
  case when k.definition is null then 1 else case when exists (select 1 from sys.sql_expression_dependencies e
    where e.referencing_id = k.object_id and e.referenced_id is not null and e.referenced_id <> k.parent_object_id) then 1 else 0 end end
from sys.check_constraints k
join sys.objects o on o.object_id = k.parent_object_id
join sys.schemas s on s.schema_id = o.schema_id
left join sys.columns c on c.object_id = k.parent_object_id and c.column_id = k.parent_column_id
where s.name not in (N'sys', N'INFORMATION_SCHEMA', N'guest') and s.schema_id < 16384 and s.name = N'name space'
order by s.name, o.name, k.name
