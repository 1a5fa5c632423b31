select count_big(*)
from (
select top (10) 1 as [one]
from [shop].[or]]ders]
where (
at >=  @p1  and note <> ':since' -- since
)
) as [counted]
-- @p1 = "2024-01-01' or"
