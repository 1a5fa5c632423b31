alter session set
nls_language = 'AMERICAN'
nls_territory = 'AMERICA'
nls_numeric_characters = '.,'
nls_calendar = 'GREGORIAN'
nls_date_language = 'AMERICAN'
nls_date_format = 'YYYY-MM-DD HH24:MI:SS'
nls_timestamp_format = 'YYYY-MM-DD HH24:MI:SS.FF'
nls_timestamp_tz_format = 'YYYY-MM-DD HH24:MI:SS.FF TZH:TZM'
nls_sort = BINARY
nls_comp = BINARY
time_zone = '+00:00'
