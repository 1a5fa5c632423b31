select "id", case typeof("note") when 'text' then cast("note" as blob) when 'blob' then 'blob' else "note" end
from (
select * from t where a =  ?  and b = ':name' or [c:d] =  ? 
) as "query"
where (
name =  ?  and "when" >  ?  -- the end
)
-- [null,"O'Neil","O'Neil",null]
