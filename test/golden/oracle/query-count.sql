select count(*)
from (
select a, b from t where c =  :p1  or d =  :p2  -- end
) "waybill query"
-- :p1 = null
-- :p2 = "d"
