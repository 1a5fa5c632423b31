select count(*) from (
select 1
from "main"."odd ""table"
where (
name =  ?  and "when" >  ?  -- the end
)
limit 10
) as "counted"
-- ["O'Neil",null]
