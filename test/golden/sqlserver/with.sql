/* all */ with x (a, b) as (select a, b from t where c =  @p1 )

, [waybill query] as (
select a, b from x where a >  @p2 
)
select top (5) convert(varchar(41), [a]), [b]
from [waybill query]
-- @p1 = null
-- @p2 = "d"
