select to_char(current_scn, 'TM9') from v$database
