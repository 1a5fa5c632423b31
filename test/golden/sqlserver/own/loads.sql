select s.session_id, r.total_elapsed_time, r.wait_type, r.wait_time, r.blocking_session_id
from sys.dm_exec_sessions me
join sys.dm_exec_sessions s on s.login_name = me.login_name and s.program_name = me.program_name
  and coalesce(s.host_process_id, 0) = coalesce(me.host_process_id, 0)
left join sys.dm_exec_requests r on r.session_id = s.session_id
where me.session_id = @@spid and N',' + @p1 + N',' like N'%,' + convert(nvarchar(11), s.session_id) + N',%'
