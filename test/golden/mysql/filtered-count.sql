select count(*) from (
select 1
from `shop`.`or``ders`
where (
at >=  '2024-01-01'' or \\'  and note <> ':since' -- since
)
limit 10
) as `counted`
