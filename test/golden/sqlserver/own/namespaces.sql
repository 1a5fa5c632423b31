select s.name from sys.schemas s where s.name not in (N'sys', N'INFORMATION_SCHEMA', N'guest') and s.schema_id < 16384
