select snapshot_isolation_state, is_read_only from sys.databases where database_id = db_id()
