select current_transaction_id(), convert(varchar(33), sysutcdatetime(), 126)
