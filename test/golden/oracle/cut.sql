select to_char("ID", 'TM9', 'nls_numeric_characters = ''.,''')
from "SHOP"."Or'ders"
where "ID" > 41
order by "ID"
offset 0 rows fetch next 1 rows only
