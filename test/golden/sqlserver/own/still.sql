select distinct resource_associated_entity_id
from sys.dm_tran_locks
where request_session_id = @@spid and resource_type = N'OBJECT' and request_status = N'GRANT'
  and resource_database_id = db_id() and request_mode in (N'S', N'SIX', N'X')
