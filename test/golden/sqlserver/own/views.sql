select s.name, o.name, m.definition
from sys.objects o
join sys.schemas s on s.schema_id = o.schema_id
left join sys.sql_modules m on m.object_id = o.object_id
where o.type = 'V' and o.is_ms_shipped = 0 and s.name not in (N'sys', N'INFORMATION_SCHEMA', N'guest') and s.schema_id < 16384
order by s.name, o.name
