select s.name, o.name, convert(nvarchar(4000), p.value)
from sys.objects o
join sys.schemas s on s.schema_id = o.schema_id
left join sys.extended_properties p on p.class = 1 and p.major_id = o.object_id and p.minor_id = 0 and p.name = N'MS_Description'
where o.type in ('U', 'V') and o.is_ms_shipped = 0 and p.value is not null and s.name not in (N'sys', N'INFORMATION_SCHEMA', N'guest') and s.schema_id < 16384
