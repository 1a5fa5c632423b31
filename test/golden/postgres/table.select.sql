COPY (
select "id", "a""b"
from "pub""lic"."it; --"
where (
created >=  E'20''24\\'  -- from then on
 and note <> ':since' and owner =  NULL 
)
order by "id" asc, "a""b" desc
limit 10
) TO STDOUT
