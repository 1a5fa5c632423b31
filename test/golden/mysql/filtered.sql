select `id`, `padded` + 0
from `shop`.`or``ders`
where (
at >=  '2024-01-01'' or \\'  and note <> ':since' -- since
)
order by `at` desc, `id` asc
limit 10
