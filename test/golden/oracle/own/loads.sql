select s.sid || ':' || s.audsid,
  case when s.status = 'ACTIVE'
    then coalesce((sysdate - s.sql_exec_start) * 86400000, s.last_call_et * 1000) end,
  case when s.state = 'WAITING' then s.wait_class end,
  case when s.state = 'WAITING' then s.event end,
  case when s.state = 'WAITING' then s.wait_time_micro / 1000 end,
  case when s.state = 'WAITING' and s.blocking_session_status = 'VALID' then s.blocking_session end
from sys.v_$session s
where instr(:p1, ',' || s.sid || ':' || s.audsid || ',') > 0
