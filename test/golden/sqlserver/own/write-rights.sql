select count(*) from (
  select 1 as [one] from sys.fn_my_permissions(null, N'SERVER')
  where permission_name in (N'CONTROL SERVER', N'ALTER ANY DATABASE', N'CREATE ANY DATABASE', N'ADMINISTER BULK OPERATIONS')
  union all
  select 1 from sys.fn_my_permissions(null, N'DATABASE')
  where permission_name in (N'INSERT', N'UPDATE', N'DELETE', N'EXECUTE', N'ALTER', N'CONTROL', N'TAKE OWNERSHIP')
    or permission_name like N'CREATE %' or permission_name like N'ALTER ANY %'
  union all
  select 1 from sys.objects o join sys.schemas s on s.schema_id = o.schema_id
  where o.type in ('U', 'V') and o.is_ms_shipped = 0 and 1 in (
    has_perms_by_name(quotename(s.name) + N'.' + quotename(o.name), N'OBJECT', N'INSERT'),
    has_perms_by_name(quotename(s.name) + N'.' + quotename(o.name), N'OBJECT', N'UPDATE'),
    has_perms_by_name(quotename(s.name) + N'.' + quotename(o.name), N'OBJECT', N'DELETE'))
) as [rights]
