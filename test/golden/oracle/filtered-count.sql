select count(*)
from (
select 1 as "one"
from "SHOP"."Or'ders"
where (
at >=  :p1  and note <> ':since' -- since
)
fetch first 10 rows only
) "counted"
-- :p1 = "2024-01-01' or"
