select s.name, o.name, c.name, case when c.default_object_id <> 0 then coalesce(d.definition, N'not shown to this login') end, c.is_identity,
  case when c.is_computed = 1 then coalesce(m.definition, N'not shown to this login') end, coalesce(m.is_persisted, 0),
  case when m.definition is null then c.is_computed else case when exists (select 1 from sys.sql_expression_dependencies e
    where e.referencing_id = c.object_id and e.referencing_minor_id = c.column_id and e.referenced_id is not null and e.referenced_id <> c.object_id) then 1 else 0 end end,
  c.collation_name, c.is_rowguidcol, convert(nvarchar(4000), p.value)
from sys.columns c
join sys.objects o on o.object_id = c.object_id
join sys.schemas s on s.schema_id = o.schema_id
left join sys.default_constraints d on d.object_id = c.default_object_id
left join sys.computed_columns m on m.object_id = c.object_id and m.column_id = c.column_id
left join sys.extended_properties p on p.class = 1 and p.major_id = c.object_id and p.minor_id = c.column_id and p.name = N'MS_Description'
where o.type in ('U', 'V') and o.is_ms_shipped = 0 and s.name not in (N'sys', N'INFORMATION_SCHEMA', N'guest') and s.schema_id < 16384 and s.name = N'name space'
