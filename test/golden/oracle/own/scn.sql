select to_char(dbms_flashback.get_system_change_number, 'TM9') from dual
