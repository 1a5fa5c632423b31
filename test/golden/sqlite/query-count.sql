select count(*)
from (
select * from t where a =  ?  and b = ':name' or [c:d] =  ? 
) as "query"
where (
name =  ?  and "when" >  ?  -- the end
)
-- [null,"O'Neil","O'Neil",null]
