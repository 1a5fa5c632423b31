select case when has_perms_by_name(quotename(db_name()), N'DATABASE', N'VIEW DATABASE STATE') = 1
  or has_perms_by_name(quotename(db_name()), N'DATABASE', N'VIEW DATABASE PERFORMANCE STATE') = 1 then 1 else 0 end
