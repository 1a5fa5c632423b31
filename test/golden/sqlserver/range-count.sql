select count_big(*)
from [shop].[or]]ders]
where (
note <>  @p1  -- all of it
)
and [id] >= convert(bigint, '-9223372036854775808') and ([id] > convert(bigint, '-9223372036854775808') or ([id] = convert(bigint, '-9223372036854775808') and ([at] > convert(datetime2(7), '0001-01-01 00:00:00.0000001', 121) or ([at] = convert(datetime2(7), '0001-01-01 00:00:00.0000001', 121) and ([no] > convert(decimal(19,4), '-0.5000') or ([no] = convert(decimal(19,4), '-0.5000') and ([day] > convert(date, '0001-01-01', 23)))))))) and [id] <= convert(bigint, '9223372036854775807') and ([id] < convert(bigint, '9223372036854775807') or ([id] = convert(bigint, '9223372036854775807') and ([at] < convert(datetime2(7), '9999-12-31 23:59:59.9999999', 121) or ([at] = convert(datetime2(7), '9999-12-31 23:59:59.9999999', 121) and ([no] < convert(decimal(19,4), '900719925474099.0001') or ([no] = convert(decimal(19,4), '900719925474099.0001') and ([day] <= convert(date, '9999-12-31', 23))))))))
-- @p1 = "x"
