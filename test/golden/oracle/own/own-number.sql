select sys_context('USERENV', 'SID') || ':' || sys_context('USERENV', 'SESSIONID') from dual
