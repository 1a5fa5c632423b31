select count(*) from (
select 1
from "pub""lic"."it; --"
where (
created >=  E'20''24\\'  -- from then on
 and note <> ':since' and owner =  NULL 
)
limit 10
) as "counted"
