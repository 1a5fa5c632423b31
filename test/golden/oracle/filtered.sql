select to_char("ID", 'TM9', 'nls_numeric_characters = ''.,'''), "näme"
from "SHOP"."Or'ders"
where (
at >=  :p1  and note <> ':since' -- since
)
order by "AT" desc, "ID" asc
fetch first 10 rows only
-- :p1 = "2024-01-01' or"
