COPY (
select "id", "a""b"
from "pub""lic"."it; --"
where (
created >=  E'20''24\\'  -- from then on
 and note <> ':since' and owner =  NULL 
)
order by "pub""lic"."it; --"."id" asc, "pub""lic"."it; --"."a""b" desc
limit 10
) TO STDOUT (FORMAT binary)
