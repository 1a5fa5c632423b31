select "c0 ""x""", "c1 ""x""", "c2 ""x""", case typeof("c3 ""x""") when 'text' then cast("c3 ""x""" as blob) when 'blob' then 'blob' else "c3 ""x""" end, case typeof("c4 ""x""") when 'text' then cast("c4 ""x""" as blob) when 'blob' then 'blob' else "c4 ""x""" end, case typeof("c5 ""x""") when 'text' then cast("c5 ""x""" as blob) when 'blob' then 'blob' else "c5 ""x""" end, case typeof("c6 ""x""") when 'text' then cast("c6 ""x""" as blob) when 'blob' then 'blob' else "c6 ""x""" end, "c7 ""x""", case typeof("c8 ""x""") when 'text' then cast("c8 ""x""" as blob) when 'blob' then 'blob' else "c8 ""x""" end
from "main"."odd ""table"
where (
name =  ?  and "when" >  ?  -- the end
)
order by "c4 ""x""" asc, "c0 ""x""" desc
limit 10
-- ["O'Neil",null]
