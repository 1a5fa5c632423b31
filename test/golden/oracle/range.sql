select to_char("ID", 'TM9', 'nls_numeric_characters = ''.,'''), "näme"
from "SHOP"."Or'ders" as of scn 4711
where (
note <>  :p1  -- all of it
)
and "DAY" >= to_date('2024-02-29T00:00:00', 'YYYY-MM-DD"T"HH24:MI:SS') and ("DAY" > to_date('2024-02-29T00:00:00', 'YYYY-MM-DD"T"HH24:MI:SS') or ("DAY" = to_date('2024-02-29T00:00:00', 'YYYY-MM-DD"T"HH24:MI:SS') and ("AT" > timestamp '2024-02-29 23:59:59.123456' or ("AT" = timestamp '2024-02-29 23:59:59.123456' and ("no" > -0.5))))) and "DAY" <= to_date('9999-12-31T23:59:59', 'YYYY-MM-DD"T"HH24:MI:SS') and ("DAY" < to_date('9999-12-31T23:59:59', 'YYYY-MM-DD"T"HH24:MI:SS') or ("DAY" = to_date('9999-12-31T23:59:59', 'YYYY-MM-DD"T"HH24:MI:SS') and ("AT" < timestamp '0001-01-01 00:00:00.000000' or ("AT" = timestamp '0001-01-01 00:00:00.000000' and ("no" <= 9007199254740993.0001)))))
-- :p1 = "x"
