select case when has_perms_by_name(null, null, N'VIEW SERVER STATE') = 1
    or has_perms_by_name(null, null, N'VIEW SERVER PERFORMANCE STATE') = 1
    or (serverproperty('EngineEdition') = 5 and has_perms_by_name(quotename(db_name()), N'DATABASE', N'VIEW DATABASE STATE') = 1)
    then 1 else 0 end
