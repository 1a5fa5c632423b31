select convert(nvarchar(128), serverproperty('ProductVersion')), convert(int, serverproperty('EngineEdition')),
  original_login(), db_name()
