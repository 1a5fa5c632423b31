COPY (
select "id", "n"
from (
select id, count(*) as n from t where at >  '2024-01-01'  group by 1 -- tail
) as "query"
order by "query"."n" desc
) TO STDOUT (FORMAT binary)
