with x as (select 1 as n) 
, [waybill query] as (
select n from x where n =  @p1 
)
select *
from [waybill query]
-- @p1 = "1"
