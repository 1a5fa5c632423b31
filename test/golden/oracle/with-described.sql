select *
from (
with x as (select 1 as n from dual) select n from x where n =  :p1 
) "waybill query"
-- :p1 = "1"
