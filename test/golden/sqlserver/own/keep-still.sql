select top (convert(int, @p1)) 1 as [one] from [name space].[name] with (tablock, holdlock)
