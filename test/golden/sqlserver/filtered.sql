select top (10) [id], convert(nvarchar(40), [na]]me])
from [shop].[or]]ders]
where (
at >=  @p1  and note <> ':since' -- since
)
order by [at] desc, [id] asc
-- @p1 = "2024-01-01' or"
