select [id]
from [shop].[or]]ders]
where [id] > convert(bigint, '41')
order by [id]
offset 0 rows fetch next 1 rows only
