select @@spid
