select [id], convert(nvarchar(40), [na]]me])
from [shop].[or]]ders]
