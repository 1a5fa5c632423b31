/* all */ with x (a, b) as (select a, b from t where c =  @p1 )

, [waybill query] as (
select a, b from x where a >  @p2 
)
select count_big(*)
from (
select top (5) 1 as [one]
from [waybill query]
) as [counted]
-- @p1 = null
-- @p2 = "d"
