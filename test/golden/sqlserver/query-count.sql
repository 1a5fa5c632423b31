select count_big(*)
from (
select a, b from t where c =  @p1  or d =  @p2  -- end
) as [waybill query]
-- @p1 = null
-- @p2 = "d"
